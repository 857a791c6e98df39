"""Citation callouts: the places where running text points at the bibliography."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from records import Callout, Reference, Span

LONGEST_RANGE = 40

_NUMBERS = re.compile(r"\[\s*(?P<numbers>\d{1,4}(?:\s*[,;–—-]\s*\d{1,4})*)\s*\]")
_ROUND_NUMBER = re.compile(r"\((?P<number>\d{1,3})\)")
_LABELS = re.compile(r"\[\s*(?P<labels>[A-Za-zÀ-ž+\-]{1,12}\+?\s?’?\d{2,4}[a-z]?(?:\s*[,;]\s*[A-Za-zÀ-ž+\-]{1,12}\+?\s?’?\d{2,4}[a-z]?)*)\s*\]")
_U = "A-ZÀ-ÖØ-ÞĀ-Ž"
_NAME = rf"(?:(?:[Vv]an|[Vv]on|[Dd]er|[Dd]en|[Dd]e|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Dd]os|[Dd]u|[Ll]a|[Ll]e|[Ee]l|[Aa]l|[Tt]er|[Tt]en|[Dd][’'])[\s-])*[{_U}][\w’'-]+(?:\s(?:[{_U}][\w’'-]*[a-z][\w’'-]*)){{0,2}}"
_GROUP = rf"(?P<first>{_NAME})(?:(?P<rest>(?:,\s?{_NAME}){{0,4}},?\s(?:and|&)\s(?P<second>{_NAME}))|(?P<others>,?\s?(?:et\.?\s?al\.?|and\s(?:others|colleagues))))?(?:[’']s?)?"
_YEARS = r"(?P<years>(?:19|20)\d\d[a-z]?(?:\s?[,;/&]\s?(?:(?:19|20)\d\d[a-z]?|[a-z])(?![\w’']))*)"
_INSIDE = re.compile(rf"{_GROUP},?\s?[(\[]?{_YEARS}")
_TEXTUAL = re.compile(rf"{_GROUP},?\s?[(\[]{_YEARS}(?=[)\];,:\s])")
_BRACKETED = re.compile(r"[(\[](?P<inside>[^()\[\]]{0,600}?(?:19|20)\d\d[a-z]?[^()\[\]]{0,300}?)[)\]]")
_ONE_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)?(?P<letter>[a-z])?")
_NAMED_BEFORE = re.compile(rf"(?P<first>{_NAME})(?:\s(?:and|&)\s{_NAME}|,?\s?et\.?\s?al\.?)?\s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A bibliography entry as callouts name it; `surnames` are folded, in order."""

    reference: Reference
    label: str
    year_letter: str
    surnames: tuple[str, ...]


def callouts_in(text: str, cited: Sequence[Cited], *, within: Sequence[Span]) -> tuple[Callout, ...]:
    """The callouts in the given parts of the text that point at one entry beyond doubt, in text order.

    A paper cites in one way: of numbers, labels, and names with years, the one that reaches most entries.
    """
    labels = {entry.label: entry for entry in cited if entry.label and not entry.label.isdigit()}
    ways = (
        [callout for span in within for callout in numeric_callouts(text, span, cited)],
        [callout for span in within for callout in _labelled(text, span, labels)],
        [callout for span in within for callout in author_year_callouts(text, span, cited)],
        [callout for span in within for callout in _named_numbers(text, span, cited)],
    )
    found = max(ways, key=lambda way: len({callout.reference_id for callout in way}))
    unique = {(callout.span, callout.reference_id): callout for callout in found}
    return tuple(sorted(unique.values(), key=lambda callout: callout.span))


def numeric_callouts(text: str, within: Span, cited: Sequence[Cited]) -> Iterator[Callout]:
    """Callouts written as numbers in brackets; ranges and lists are opened over one span.

    Numbers that the bibliography does not have give none. Where the cited author's name stands right
    before the bracket, it belongs to the callout.
    """
    by_number = {entry.reference.number: entry for entry in cited if entry.reference.number is not None}
    for bracket in _NUMBERS.finditer(text, within.start, within.end):
        entries = [by_number.get(number) for number in opened(bracket["numbers"])]
        if not entries or any(entry is None for entry in entries):
            continue
        start = _name_start(text, bracket.start(), within.start, entries[0])
        for entry in entries:
            if entry is not None:
                named = entry is entries[0] and start < bracket.start()
                yield Callout(
                    span=Span(start=start if named else bracket.start(), end=bracket.end()),
                    reference_id=entry.reference.id,
                    textual=named,
                )


def _named_numbers(text: str, within: Span, cited: Sequence[Cited]) -> Iterator[Callout]:
    """Callouts in round brackets, "Chambers et al. (9)": only after the name, because formulas look the same."""
    by_number = {entry.reference.number: entry for entry in cited if entry.reference.number is not None}
    for bracket in _ROUND_NUMBER.finditer(text, within.start, within.end):
        entry = by_number.get(int(bracket["number"]))
        start = _name_start(text, bracket.start(), within.start, entry)
        if entry is not None and start < bracket.start():
            span = Span(start=start, end=bracket.end())
            yield Callout(span=span, reference_id=entry.reference.id, textual=True)


def opened(numbers: str) -> list[int]:
    """The numbers of a list with ranges: "3, 5-7" is 3, 5, 6, 7; empty where a range runs backwards."""
    result: list[int] = []
    for part in re.split(r"\s*[,;]\s*", numbers.strip()):
        ends = [int(number) for number in re.split(r"\s*[–—-]\s*", part)]
        if len(ends) > 2 or ends[-1] < ends[0] or ends[-1] - ends[0] > LONGEST_RANGE:
            return []
        result.extend(range(ends[0], ends[-1] + 1))
    return result


def _name_start(text: str, end: int, earliest: int, entry: Cited | None) -> int:
    """Where the name of the entry's first author begins that stands right before `end`, else `end`."""
    if entry is None or not entry.surnames:
        return end
    window = max(earliest, end - 90)
    before = re.search(r"[^.;:()\[\]\n]*$", text[window:end].replace("al.", "al\x00"))
    if before is None:
        return end
    for match in re.finditer(rf"[{_U}][\w’'-]+", before[0]):
        if folded(match[0]) == entry.surnames[0]:
            tail = before[0][match.end() :]
            if re.fullmatch(r"(?:\s(?:and|&)\s[\w\s’'-]{2,40}|,?\s?et\.?\s?al[\x00.]?|’s|)\s*", tail):
                return window + before.start() + match.start()
    return end


def _labelled(text: str, within: Span, labels: dict[str, Cited]) -> Iterator[Callout]:
    for bracket in _LABELS.finditer(text, within.start, within.end):
        for label in re.split(r"\s*[,;]\s*", bracket["labels"]):
            if entry := labels.get(label):
                span = Span(start=bracket.start(), end=bracket.end())
                yield Callout(span=span, reference_id=entry.reference.id, textual=False)


def author_year_callouts(text: str, within: Span, cited: Sequence[Cited]) -> Iterator[Callout]:
    """Callouts written as names and years, in brackets or as part of the sentence.

    Each item of a bracketed list has its own span, from its first name to the end of its year. A name that
    fits two entries gives none.
    """
    index: dict[tuple[str, int], list[Cited]] = defaultdict(list)
    for entry in cited:
        if entry.surnames and entry.reference.year is not None:
            index[entry.surnames[0], entry.reference.year].append(entry)
    taken: list[tuple[int, int]] = []
    for match in _TEXTUAL.finditer(text, within.start, within.end):
        found = list(_resolved(match, index, textual=True, closing=True))
        if found:
            taken.append((match.start(), match.end()))
            yield from found
    for bracket in _BRACKETED.finditer(text, within.start, within.end):
        for match in _INSIDE.finditer(text, bracket.start("inside"), bracket.end("inside")):
            if not _overlaps(match, taken):
                taken.append((match.start(), match.end()))
                yield from _resolved(match, index, textual=False, closing=False)
    for match in _INSIDE.finditer(text, within.start, within.end):
        if not _overlaps(match, taken):
            yield from _resolved(match, index, textual=True, closing=False)


def _overlaps(match: re.Match[str], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in taken)


def _resolved(
    match: re.Match[str], index: dict[tuple[str, int], list[Cited]], *, textual: bool, closing: bool
) -> Iterator[Callout]:
    year: int | None = None
    start, end = _first_name_start(match, index), match.end("years")
    if closing and match.string[end : end + 1] in ")]":
        end += 1
    for part in re.split(r"\s?[,;/&]\s?", match["years"]):
        one = _ONE_YEAR.fullmatch(part)
        if one is None:
            continue
        year = int(one["year"]) if one["year"] else year
        if year is None:
            continue
        entry = _only(match, index, year=year, letter=one["letter"] or "")
        if entry is not None:
            yield Callout(span=Span(start=start, end=end), reference_id=entry.reference.id, textual=textual)


def _first_name_start(match: re.Match[str], index: dict[tuple[str, int], list[Cited]]) -> int:
    """Where the surname begins in "Following Kudo (2018)", whose capitalised first word is no name."""
    known = {surname for surname, _ in index}
    words = list(re.finditer(r"[^\s]+", match["first"]))
    for count in range(len(words)):
        if folded(match["first"][words[count].start() :]) in known:
            return match.start("first") + words[count].start()
    return match.start("first")


def _only(
    match: re.Match[str], index: dict[tuple[str, int], list[Cited]], *, year: int, letter: str
) -> Cited | None:
    """The one entry that the names, the year and its letter fit, or None."""
    words = match["first"].split()
    entries: list[Cited] = []
    known = {surname for surname, _ in index}
    if match["rest"] and folded(match["first"]) not in known and (later := _INSIDE.match(match.string, _second_name(match))):
        return _only(later, index, year=year, letter=letter)  # "(Long Short-Term Memory, Hochreiter and ...)"
    for count in range(len(words)):
        entries = index.get((folded(" ".join(words[count:])), year), [])
        if entries:
            break
    if letter and any(entry.year_letter for entry in entries):
        entries = [entry for entry in entries if entry.year_letter == letter]
    entries = [entry for entry in entries if _fits(match, entry)]
    if len(entries) > 1:
        entries = [entry for entry in entries if _fits_by_count(match, entry)]
    return entries[0] if len(entries) == 1 else None


def _second_name(match: re.Match[str]) -> int:
    comma = match.string.find(",", match.start("rest"), match.end("rest"))
    place = comma + 1 if comma >= 0 else match.start("second")
    while match.string[place : place + 1].isspace():
        place += 1
    return place


def _fits(match: re.Match[str], entry: Cited) -> bool:
    """Whether the number of names, and the second one, agree with the entry's authors."""
    names = entry.surnames
    if match["second"]:
        last = folded(match["second"])
        return len(names) >= 2 and (names[-1] == last or names[1] == last or last.endswith(names[1]))
    if match["others"]:
        return len(names) != 1
    return True


def _fits_by_count(match: re.Match[str], entry: Cited) -> bool:
    """Whether the entry has just as many authors as the names tell: one, two, or more."""
    if match["second"]:
        return len(entry.surnames) == 2 + match["rest"].count(",") - (", and" in match["rest"])
    return len(entry.surnames) > 2 if match["others"] else len(entry.surnames) == 1


def folded(name: str) -> str:
    """The letters of a surname, without particles, accents and case, as callouts and entries share it."""
    words = name.replace("’s", "").replace("'s", "").split()
    last = words[-1] if words else ""
    decomposed = unicodedata.normalize("NFKD", last.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O"))
    return "".join(character for character in decomposed.casefold() if character.isalpha())


def surname(author: str) -> str:
    """The folded surname of an author as an entry prints it: "Kudo, T.", "T. Kudo", "Kudo T"."""
    if "," in author:
        return folded(author.split(",", maxsplit=1)[0])
    words = [word for word in author.split() if word.rstrip(".") not in {"Jr", "Sr", "II", "III", "IV"}]
    if len(words) > 1 and re.fullmatch(rf"[{_U}](?:-?[{_U}]){{0,3}}", words[-1]):
        words = words[:-1]
    return folded(words[-1]) if words else ""
