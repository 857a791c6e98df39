"""Callouts written as names and years: "(Kudo, 2018; Sennrich et al., 2016a)", "Kudo et al. (2018)"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.structure.cited_works import Cited, folded
from records import Callout, Span

_PARTICLE = (
    r"(?:[Vv][ao]n|[Dd]e[rn]|[Dd]el?|[Dd]ella|[Dd][ia]|[Dd]os|[Dd]u|[Ll][ae]|[EeAa]l|[Tt]e[rn]|[Dd][’'])"
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"
# Bounded, so that no text makes the search slow.
_NAME = rf"(?:{_PARTICLE}[\s-]){{0,3}}{_CAPITAL}[\w’'`´-]{{1,40}}(?:\s{_CAPITAL}[\w’'`´-]{{0,40}}){{0,2}}"
_REST = rf"(?P<rest>(?:,\s?{_NAME}){{0,4}},?\s(?:and|&)\s(?P<second>{_NAME}))"
_OTHERS = r"(?P<others>,?\s?(?:et\.?\s?al(?:[.,]{1,2})?|and\s(?:others|colleagues)))"
_GROUP = rf"(?<!\w)(?P<first>{_NAME})(?:{_REST}|{_OTHERS})?(?:[’']s?)?"
_YEARS = r"(?P<years>(?:19|20)\d\d[a-z]?(?:\s?[,;/&]\s?(?:(?:19|20)\d\d[a-z]?|[a-z])(?![\w’']))*)"
_INSIDE = re.compile(rf"{_GROUP},?\s?[(\[]?{_YEARS}")
_TEXTUAL = re.compile(rf"{_GROUP},?\s?[(\[]{_YEARS}(?=[)\];,:\s])")
_BRACKETED = re.compile(r"[(\[](?P<inside>[^()\[\]]{0,600}?(?:19|20)\d\d[a-z]?[^()\[\]]{0,300}?)[)\]]")
_SPACED = re.compile(r"\S+")
_PARTICLE_ALONE = re.compile(_PARTICLE)
_YEAR = re.compile(r"(?:19|20)\d\d")
LONGEST_NAMES = 300  # characters before a year
_ONE_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)?(?P<letter>[a-z])?")


class _Index(NamedTuple):
    """The entries by their first author's surname and their year, and all those surnames."""

    entries: Mapping[tuple[str, int], list[Cited]]
    surnames: frozenset[str]


def _index_of(cited: Sequence[Cited]) -> _Index:
    entries: dict[tuple[str, int], list[Cited]] = defaultdict(list)
    for entry in cited:
        if entry.surnames and entry.reference.year is not None:
            entries[entry.surnames[0], entry.reference.year].append(entry)
    return _Index(entries=entries, surnames=frozenset(surname for surname, _ in entries))


def author_year_callouts(text: str, within: Span, cited: Sequence[Cited]) -> Iterator[Callout]:
    """Callouts written as names and years, in brackets or as part of the sentence.

    Each item of a bracketed list has its own span, from its first name to the end of its year. A name that
    fits two entries gives none.
    """
    index = _index_of(cited)
    taken: list[tuple[int, int]] = []
    around = list(_around_years(text, within))
    for match in _matches(_TEXTUAL, text, around):
        found = list(_resolved(match, index, textual=True, closing=True))
        if found:
            taken.append((match.start(), match.end()))
            yield from found
    for bracket in _BRACKETED.finditer(text, within.start, within.end):
        for match in _INSIDE.finditer(text, bracket.start("inside"), bracket.end("inside")):
            if not _overlaps(match, taken):
                taken.append((match.start(), match.end()))
                yield from _resolved(match, index, textual=False, closing=False)
    for match in _matches(_INSIDE, text, around):
        if not _overlaps(match, taken):
            yield from _resolved(match, index, textual=True, closing=False)


def _around_years(text: str, within: Span) -> Iterator[tuple[int, int]]:
    """The parts of the text in which names with years may stand: most of it has no year far and wide."""
    start = end = within.start
    for year in _YEAR.finditer(text, within.start, within.end):
        if year.start() - LONGEST_NAMES > end:
            if start < end:
                yield start, end
            start = year.start() - LONGEST_NAMES
        end = min(year.end() + LONGEST_NAMES, within.end)
    if start < end:
        yield start, end


def _matches(
    pattern: re.Pattern[str], text: str, parts: Sequence[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    for start, end in parts:
        yield from pattern.finditer(text, start, end)


def _overlaps(match: re.Match[str], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in taken)


def _resolved(match: re.Match[str], index: _Index, *, textual: bool, closing: bool) -> Iterator[Callout]:
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


def _first_name_start(match: re.Match[str], index: _Index) -> int:
    """Where the surname begins in "Following Kudo (2018)", whose capitalised first word is no name."""
    words = list(_SPACED.finditer(match["first"]))
    if folded(match["first"]) not in index.surnames:
        return match.start("first")
    first = len(words) - 1
    while first > 0 and _PARTICLE_ALONE.fullmatch(words[first - 1][0]):
        first -= 1
    return match.start("first") + words[first].start()


def _only(match: re.Match[str], index: _Index, *, year: int, letter: str) -> Cited | None:
    """The one entry that the names, the year and its letter fit, or None."""
    words = match["first"].split()
    entries: list[Cited] = []
    if (
        match["rest"]
        and folded(match["first"]) not in index.surnames
        and (later := _INSIDE.match(match.string, _second_name(match)))
    ):
        return _only(later, index, year=year, letter=letter)  # "(Long Short-Term Memory, Hochreiter and ...)"
    for count in range(len(words)):
        entries = index.entries.get((folded(" ".join(words[count:])), year), [])
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
        return len(names) != 1 or entry.others
    return True


def _fits_by_count(match: re.Match[str], entry: Cited) -> bool:
    """Whether the entry has just as many authors as the names tell: one, two, or more."""
    if match["second"]:
        return len(entry.surnames) == 2 + match["rest"].count(",") - (", and" in match["rest"])
    if match["others"]:
        return len(entry.surnames) > 2 or entry.others
    return len(entry.surnames) == 1
