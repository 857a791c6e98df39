"""The fields of a bibliography entry: authors, year, title, DOI and arXiv id, in the styles in use."""

import re
from dataclasses import dataclass
from itertools import islice

from ingest.structure.author_names import (
    NameOrder,
    ends_with_initial,
    is_full_name,
    name_order,
    names_in,
    starts_with_author,
)
from ingest.structure.bibliography import ENTRY_LABEL, ENTRY_NUMBER
from ingest.structure.entry_titles import PLACE, cleaned_title, title_at_start
from ingest.structure.entry_venues import venue_after

LATEST_YEAR = 2039
LONGEST_ENTRY = 8000  # characters; the rest is no entry any more
MOST_STOPS = 600
LONGEST_AUTHORS = 4000  # characters; a longer list of names ends somewhere else than titles begin
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>,;]+[^\s\"<>,;.)\]])", re.IGNORECASE)
_ARXIV = re.compile(
    r"[aA](?i:(?:rxiv[\s:./]*(?:preprint\s*)?(?:arxiv[\s:]*)?(?:org/)?(?:abs/|pdf/)?|bs/)"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}))"
)  # its first letter apart, for which the search is quick
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?<![\d./:-]\d{4})(?P<letter>[a-z])?(?![\d/])(?!\.\d)")
_YEAR_AFTER_AUTHORS = re.compile(
    r"^(?P<authors>[^\"“”\d]{2,4000}?)[.,]?\s*[(\[]?\b(?P<year>(?:19|20)\d\d)(?P<letter>[a-z])?"
    r"(?:,\s(?:[A-Z][a-z]+)(?:\s\d{1,2})?)?(?:[)\]][.,:]?|[.,:])\s+(?=\S)"
)
_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"[\"“‘'`]{1,2}(?P<title>[^\"“”]{8,400}?)[,.?!]?(?:[\"”]|['’]{1,2}(?=[\s,.]|$))")
_LABELS = re.compile(r"^(?:\[(?:\d{1,4}|[\w+\-’ ]{1,14})\]|\(?\d{1,4}[.)])\s*")
_OTHERS = re.compile(r"\bet\.?\s?al\b|\band others\b|\.\s?\.\s?\.|…")
_STOP = re.compile(r"(?<=[\w.)])(?P<mark>[.,])?\s+(?=[\w“\"‘($])")
_NO_TITLE_START = re.compile(
    r"(?:and\s|&|et al|(?:[A-Z]\.[\s-]?)+(?:,|\sand\b|[A-Z][a-z]+,)|[A-Z]\.\s|"
    r"[A-Z][\w’'-]+,\s(?:and\s)?[A-Z]\.)"
)
_GOES_ON = re.compile(r"[^\W\d_a-z][\w’'-]+(?:,|\sand)\s")
_NAME_WORDS = frozenset(
    "and et al van von der den de del della di da dos du la le el bin ibn ter ten zu others ed eds".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFields:
    """What an entry says; `year_letter` is the "a" of "2016a", `label` the printed mark "[KB15]" or "[7]".

    `others` tells that authors beyond those named are only hinted at ("et al.").
    """

    label: str
    authors: tuple[str, ...]
    year: int | None
    year_letter: str
    title: str
    doi: str | None
    arxiv_id: str | None
    venue: str
    others: bool


def fields_of(entry: str) -> ReferenceFields:
    """The fields of an entry, whatever the style it is written in; empty or None where it cannot be told."""
    label = _label(entry)
    text = _LABELS.sub("", entry) if label else entry
    text = " ".join(text[:LONGEST_ENTRY].split())
    doi, arxiv_id = _DOI.search(text), _ARXIV.search(text)
    authors, title, year, letter = _authors_title_year(text)
    if year is None:
        year, letter = _last_year(text)
    return ReferenceFields(
        label=label,
        authors=authors,
        year=year,
        year_letter=letter,
        title=title,
        doi=doi[1].lower() if doi else None,
        arxiv_id=arxiv_id["id"] if arxiv_id else None,
        venue=_venue(text, title),
        others=bool(authors) and _names_others(text, title),
    )


def _venue(text: str, title: str) -> str:
    """What the entry says after its title, if it has one."""
    at = text.find(title) if title else -1
    return venue_after(text[at + len(title) :]) if at >= 0 else ""


def _names_others(text: str, title: str) -> bool:
    head = text[: max(text.find(title), 0)] if title else text
    return _OTHERS.search(head[:LONGEST_AUTHORS]) is not None


def _label(entry: str) -> str:
    match = ENTRY_LABEL.match(entry) or ENTRY_NUMBER.match(entry)
    return match["label"] if match else ""


_Parsed = tuple[tuple[str, ...], str, int | None, str]


def _authors_title_year(text: str) -> _Parsed:
    for parse in (_colon, _year_first, _quoted, _by_periods):
        parsed = parse(text)
        if parsed is not None:
            return parsed
    return (), "", None, ""


def _year_first(text: str) -> _Parsed | None:
    """Reads "Rico Sennrich and Barry Haddow. 2016. Title. In ..." and "Kudo, T. (2018). Title. ..."."""
    digit = _DIGIT.search(text)
    if digit is None or not text.startswith(("19", "20"), digit.start()):
        return None
    match = _YEAR_AFTER_AUTHORS.match(text)
    if match is None or not (name_order(match["authors"]) or _is_author_list(match["authors"])):
        return None
    rest = text[match.end() :]
    quoted = _QUOTED.match(rest)
    title = quoted["title"] if quoted else title_at_start(rest)
    if len(title) < 3:
        return None
    return names_in(match["authors"]), cleaned_title(title), int(match["year"]), match["letter"] or ""


def _quoted(text: str) -> _Parsed | None:
    """Reads "D. Kingma and J. Ba, “Title,” in ..."."""
    match = _QUOTED.search(text)
    if match is None or match.start() > LONGEST_AUTHORS:
        return None
    head = text[: match.start()]
    if (
        head.strip()
        and name_order(head) is None
        and not (head.rstrip().endswith(",") and _is_author_list(head))
    ):
        return None
    return names_in(head), cleaned_title(match["title"]), None, ""


def _colon(text: str) -> _Parsed | None:
    """Reads "Kudo, T., Richardson, J.: Title. In: ..." and "Kudo T, Richardson J: Title. Journal"."""
    for colon in re.finditer(r":\s+(?=\S)", text[:LONGEST_AUTHORS]):
        head = text[: colon.start()]
        if head.endswith(".)"):
            head = re.sub(r"\s*\(eds?\.\)$", "", head)
        if re.search(r"[?!”\"\d]|[a-z]{3}\.\s", head):
            return None
        order = name_order(head)
        if order is NameOrder.VANCOUVER or (order not in {None, NameOrder.FORWARD} and "," in head):
            return names_in(head), cleaned_title(title_at_start(text[colon.end() :])), None, ""
    return None


def _by_periods(text: str) -> _Parsed | None:
    """Reads "Diederik Kingma and Jimmy Ba. Title. In ..., 2015." and its forms with initials or commas."""
    end = _author_end(text)
    if end is None:
        head, _, rest = text.partition(". ")
        if re.match(r"https?:|\[online|accessed|url\b|available", rest, re.IGNORECASE):
            return (), cleaned_title(head), None, ""
        if (
            not ends_with_initial(head)
            and len(head.split()) <= 6
            and len(rest) > 10
            and not PLACE.match(head)
        ):
            return (head,), cleaned_title(title_at_start(rest)), None, ""
        if starts_with_author(text):
            return (), "", None, ""  # names that nobody could tell from the title
        return (), cleaned_title(title_at_start(text)), None, ""
    rest = text[end:].lstrip(" .,:")
    return (
        names_in(text[:end]),
        cleaned_title(title_at_start(rest, comma=text[end:].startswith(","))),
        None,
        "",
    )


def _author_end(text: str) -> int | None:
    """Where the author list ends: what stands before is a list of names, what follows begins a title."""
    stops = list(islice(_STOP.finditer(text[:LONGEST_AUTHORS]), MOST_STOPS))
    for comma in (False, True):  # a comma ends it only where no full stop does
        for stop in stops:
            if (stop["mark"] == ",") is comma and (end := _end_at(text, stop)) is not None:
                return end
    return None


def _end_at(text: str, stop: re.Match[str]) -> int | None:
    if not stop["mark"] and text[stop.start() - 1] != ".":
        return None
    head, rest = text[: stop.start()], text[stop.end() :]
    if _NO_TITLE_START.match(rest) or (stop["mark"] == "," and not _is_title_after_comma(rest)):
        return None
    cut_short = ends_with_initial(head)
    if cut_short and _GOES_ON.match(rest) and "," not in head:
        return None  # "Jack W" of "Jack W. Rae, Sebastian Borgeaud"
    order = name_order(head)
    if order is not None and not (cut_short and order is NameOrder.FORWARD):
        return stop.start()
    if stop["mark"] == "." and name_order(head + ".") not in {None, NameOrder.FORWARD}:
        return stop.start() + 1
    return None


def _is_title_after_comma(rest: str) -> bool:
    """Whether what follows a comma is a title rather than one more name."""
    first = re.split(r"[,.:]", rest, maxsplit=1)[0]
    words = first.split()
    if is_full_name(first):
        return False
    return (
        len(words) >= 4
        and sum(1 for word in words if word[:1].islower()) >= 1
        and " and " not in " ".join(words[:4])
    )


def _is_author_list(text: str) -> bool:
    text = text.strip(" .,:;(")
    if not text:
        return False
    words = text.split()
    if len(words) <= 6 and "," not in text:
        return text[0].isupper()
    lower = [
        word for word in words if word.strip(".,;&")[:1].islower() and word.strip(".,;") not in _NAME_WORDS
    ]
    return len(lower) <= 0.15 * len(words)


def _last_year(text: str) -> tuple[int | None, str]:
    stripped = _ARXIV.sub(" ", _DOI.sub(" ", re.sub(r"https?://\S+", " ", text)))
    years = [match for match in _YEAR.finditer(stripped) if int(match["year"]) <= LATEST_YEAR]
    bracketed = [match for match in years if stripped[match.start() - 1 : match.start()] == "("]
    if not years:
        return None, ""
    chosen = (bracketed or years)[-1]
    return int(chosen["year"]), chosen["letter"] or ""
