"""The fields of a bibliography entry: authors, year, title, DOI and arXiv id, in the styles in use."""

import re
from dataclasses import dataclass

from ingest.author_names import NameOrder, name_order, names_in
from ingest.bibliography import ENTRY_LABEL, ENTRY_NUMBER

LATEST_YEAR = 2039
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>,;]+[^\s\"<>,;.)\]])", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:arxiv[\s:./]*(?:preprint\s*)?(?:arxiv[\s:]*)?(?:org/)?(?:abs/|pdf/)?|abs/)(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d./:-])(?P<year>(?:19|20)\d\d)(?P<letter>[a-z])?(?![\d/])(?!\.\d)")
_YEAR_AFTER_AUTHORS = re.compile(
    r"^(?P<authors>[^\"“”\d]{2,600}?)[.,]?\s*[(\[]?\b(?P<year>(?:19|20)\d\d)(?P<letter>[a-z])?(?:,\s(?:[A-Z][a-z]+)(?:\s\d{1,2})?)?[)\]]?[.,:]?\s+(?=\S)"
)
_QUOTED = re.compile(r"[\"“‘'`]{1,2}(?P<title>[^\"“”]{8,400}?)[,.?!]?(?:[\"”]|['’]{1,2}(?=[\s,.]|$))")
_LNCS = re.compile(r"^(?P<authors>.{3,600}?(?:[A-Z]\.|et al\.?|\(eds?\.\)|[a-z]{2,})):\s+(?P<title>[A-Z0-9“\"].*)$")
_LABELS = re.compile(r"^(?:\[(?:\d{1,4}|[\w+\-’ ]{1,14})\]|\(?\d{1,4}[.)])\s*")
_PLACE = re.compile(
    r"^(?:in\b|in:|proceedings|proc\.|arxiv|corr\b|journal|j\.|trans|ieee|acm|advances|nature|science|international|"
    r"conference|workshop|technical|tech\.|ph\.?d|master|university|springer|cambridge|oxford|mit press|elsevier|"
    r"wiley|https?:|doi|url|available|accessed|volume|vol\.|pages|pp\.|computational|transactions|annual|\d|u\.s\.|us patent|"
    r"preprint|unpublished|submitted|to appear|lecture notes|communications|association|american|openai|machine learning|neural)",
    re.IGNORECASE,
)
_END = re.compile(r"(?P<mark>[.?!][”\"’]?)(?=\s+\S|$)")
_ABBREVIATED = re.compile(r"(?:\b(?:vs|e\.g|i\.e|cf|etc|al|no|vol|pp|st|dr|mr|mrs|ms|prof|inc|ltd|co|approx|fig|sec|u\.s|u\.k|ph\.d)|(?<![\w-])[A-Z]|(?<![\w])[A-Z]\.[A-Z])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFields:
    """What an entry says; `year_letter` is the "a" of "2016a", `label` the printed mark "[KB15]" or "[7]"."""

    label: str
    authors: tuple[str, ...]
    year: int | None
    year_letter: str
    title: str
    doi: str | None
    arxiv_id: str | None


def fields_of(entry: str) -> ReferenceFields:
    """The fields of an entry, whatever the style it is written in; empty or None where it cannot be told."""
    label = _label(entry)
    text = _LABELS.sub("", entry) if label else entry
    text = re.sub(r"\s+", " ", text).strip()
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
    )


def _label(entry: str) -> str:
    match = ENTRY_LABEL.match(entry) or ENTRY_NUMBER.match(entry)
    return match["label"] if match else ""


_Parsed = tuple[tuple[str, ...], str, int | None, str]


def _authors_title_year(text: str) -> _Parsed:
    for parse in (_year_first, _quoted, _colon, _by_periods):
        parsed = parse(text)
        if parsed is not None:
            return parsed
    return (), "", None, ""


def _year_first(text: str) -> _Parsed | None:
    """ "Rico Sennrich and Barry Haddow. 2016. Title. In ..." and "Kudo, T. (2018). Title. ..."."""
    match = _YEAR_AFTER_AUTHORS.match(text)
    if match is None or not _is_author_list(match["authors"]):
        return None
    rest = text[match.end() :]
    quoted = _QUOTED.match(rest)
    title = quoted["title"] if quoted else _until_end(rest)
    if len(title) < 3:
        return None
    return names_in(match["authors"]), _clean(title), int(match["year"]), match["letter"] or ""


def _quoted(text: str) -> _Parsed | None:
    """ "D. Kingma and J. Ba, “Title,” in ..."."""
    match = _QUOTED.search(text)
    if match is None or match.start() > 500 or (match.start() and not _is_author_list(text[: match.start()])):
        return None
    return names_in(text[: match.start()]), _clean(match["title"]), None, ""


def _colon(text: str) -> _Parsed | None:
    """ "Kudo, T., Richardson, J.: Title. In: ..."."""
    match = _LNCS.match(text)
    if match is None or not _is_author_list(match["authors"]) or not re.search(r"[,.]", match["authors"]):
        return None
    if not re.search(r"[A-Z]\.$|et al\.?$|\)$|,\s[A-Z][a-z]+$", match["authors"]):
        return None
    return names_in(match["authors"]), _clean(_until_end(match["title"])), None, ""


def _by_periods(text: str) -> _Parsed | None:
    """ "Diederik Kingma and Jimmy Ba. Title. In ..., 2015." and its forms with initials or commas."""
    end = _author_end(text)
    if end is None:
        head, _, rest = text.partition(". ")
        if 0 < len(head.split()) <= 6 and len(rest) > 10 and not _PLACE.match(head):
            return (head,), _clean(_until_end(rest)), None, ""
        return (), _clean(_until_end(text)), None, ""
    rest = text[end:].lstrip(" .,:")
    return names_in(text[:end]), _clean(_until_end(rest, comma=text[end:].startswith(","))), None, ""


_STOP = re.compile(r"(?<=[\w.)])(?P<mark>[.,:])?\s+(?=[A-Z0-9“\"‘($α-ω])")
_NO_TITLE_START = re.compile(
    r"(?:and\s|&|et al|(?:[A-Z]\.[\s-]?)+(?:,|\sand\b|[A-Z][a-z]+,)|[A-Z]\.\s|[A-Z][\w’'-]+,\s(?:and\s)?[A-Z]\.)"
)


def _author_end(text: str) -> int | None:
    """Where the author list ends: what stands before is a list of names, what follows begins a title."""
    for stop in _STOP.finditer(text[:900]):
        head = text[: stop.start()]
        if not stop["mark"] and not head.endswith("."):
            continue
        rest = text[stop.end() :]
        if _NO_TITLE_START.match(rest) or (stop["mark"] == "," and not _is_title_after_comma(rest)):
            continue
        if name_order(head) is not None:
            return stop.start()
        if stop["mark"] == "." and name_order(head + ".") not in {None, NameOrder.FORWARD}:
            return stop.start() + 1
    return None


def _is_title_after_comma(rest: str) -> bool:
    """Whether what follows a comma is a title rather than one more name."""
    first = re.split(r"[,.:]", rest, maxsplit=1)[0]
    words = first.split()
    return len(words) >= 4 and sum(1 for word in words if word[:1].islower()) >= 1 and " and " not in " ".join(words[:4])


def _is_author_list(text: str) -> bool:
    text = text.strip(" .,:;(")
    if not text:
        return False
    words = text.split()
    if len(words) <= 6 and "," not in text:
        return text[0].isupper()
    lower = [word for word in words if word.strip(".,;&")[:1].islower() and word.strip(".,;") not in _NAME_WORDS]
    return len(lower) <= 0.15 * len(words)


_NAME_WORDS = frozenset("and et al van von der den de del della di da dos du la le el bin ibn ter ten zu others eds ed editors".split())


def _until_end(rest: str, *, comma: bool = False) -> str:
    """The title that the rest of an entry begins with: up to the full stop that really ends it."""
    for match in _END.finditer(rest):
        head, tail = rest[: match.start()], rest[match.end() :].lstrip()
        if match["mark"].startswith(".") and _ABBREVIATED.search(head):
            continue
        if not tail:
            return head
        if match["mark"][0] in "?!":
            following = _END.search(tail)
            if not _PLACE.match(tail) and following and _PLACE.match(tail[following.end() :].lstrip()):
                continue
            return head + match["mark"][0]
        if tail[0].islower() and not _PLACE.match(tail):
            continue
        return _before_place(head) if comma else head
    return _before_place(rest)


_COMMA_PLACE = re.compile(r",\s(?=(?:in\s|in:|proceedings|proc\.|arxiv|corr\b|journal|ieee|acm\s|vol\.|pp\.|advances in|(?:19|20)\d\d\b|https?:))", re.IGNORECASE)


def _before_place(title: str) -> str:
    return _COMMA_PLACE.split(title, maxsplit=1)[0]


def _clean(title: str) -> str:
    title = _COMMA_PLACE.split(title, maxsplit=1)[0] if _COMMA_PLACE.search(title[20:]) else title
    title = re.sub(r"\s*[(\[](?:19|20)\d\d[a-z]?[)\]]$", "", title)
    return title.strip(" .,;:“”\"'‘’`")


def _last_year(text: str) -> tuple[int | None, str]:
    stripped = _ARXIV.sub(" ", _DOI.sub(" ", re.sub(r"https?://\S+", " ", text)))
    years = [match for match in _YEAR.finditer(stripped) if int(match["year"]) <= LATEST_YEAR]
    bracketed = [match for match in years if stripped[match.start() - 1 : match.start()] == "("]
    if not years:
        return None, ""
    chosen = (bracketed or years)[-1]
    return int(chosen["year"]), chosen["letter"] or ""
