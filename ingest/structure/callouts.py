"""Citation callouts: the places where running text points at the bibliography."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ingest.structure.author_year import author_year_callouts
from ingest.structure.cited_works import Cited, folded
from records import Callout, Span

LONGEST_RANGE = 40
_Way = Callable[[str, Span, Sequence[Cited]], Iterable[Callout]]

_NUMBERS = re.compile(
    r"\[\s*(?P<numbers>\d{1,4}(?:\s*[,;–—-]\s*\d{1,4})*)\s*\](?:\s?[–—-]\s?\[\s*(?P<until>\d{1,4})\s*\])?"
)
_RAISED_LIST = re.compile(r"\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*")
_ROUND_NUMBER = re.compile(r"\((?P<number>\d{1,3})\)")
_LABEL = r"[A-Za-zÀ-ž+\-]{1,12}\+?\s?’?\d{2,4}[a-z]?"
_LABELS = re.compile(rf"\[\s*(?P<labels>{_LABEL}(?:\s*[,;]\s*{_LABEL})*)\s*\]")
_WORD = re.compile(r"[^\W\d_a-z][\w’'-]+")
_BETWEEN_NAME_AND_NUMBER = re.compile(r"(?:\s(?:and|&)\s[\w\s’'-]{2,40}|,?\s?et\.?\s?al[\x00.]?|’s|)\s*")
NAME_WINDOW = 90  # characters before a number in which the cited names may stand


def callouts_in(
    text: str, cited: Sequence[Cited], *, within: Sequence[Span], marks: Sequence[tuple[int, str]] = ()
) -> tuple[Callout, ...]:
    """The callouts in the given parts of the text that point at one entry beyond doubt, in text order.

    A paper cites in one way: of numbers, labels, superscripts, and names with years, the one that reaches
    most entries. `marks` are superscripts with the positions where they stood; their callouts are empty
    spans there.
    """
    found: Sequence[Callout] = ()
    most = 0
    for way, entries in _ways(cited, marks):
        if len(entries) <= most:
            continue  # not even all of its entries would be more
        callouts = [callout for span in within for callout in way(text, span, entries)]
        reached = len({callout.reference_id for callout in callouts})
        if reached > most:
            found, most = callouts, reached
    unique = {(callout.span, callout.reference_id): callout for callout in found}
    return tuple(sorted(unique.values(), key=lambda callout: callout.span))


def _ways(cited: Sequence[Cited], marks: Sequence[tuple[int, str]]) -> Iterator[tuple[_Way, Sequence[Cited]]]:
    """The ways of citing, each with the entries that it can reach."""
    numbered = [entry for entry in cited if entry.reference.number is not None]
    yield numeric_callouts, numbered
    yield _labelled, [entry for entry in cited if entry.label and not entry.label.isdigit()]
    yield (
        author_year_callouts,
        [entry for entry in cited if entry.surnames and entry.reference.year is not None],
    )
    yield _named_numbers, [entry for entry in numbered if entry.surnames]
    yield partial(_raised_numbers, marks=marks), numbered if marks else ()


def numeric_callouts(text: str, within: Span, cited: Sequence[Cited]) -> Iterator[Callout]:
    """Callouts written as numbers in brackets; ranges and lists are opened over one span.

    A range may reach from bracket to bracket: "[3]-[5]". Numbers that the bibliography does not have give
    none. Where the cited author's name stands right before the bracket, it belongs to the callout.
    """
    by_number = _by_number(cited)
    for bracket in _NUMBERS.finditer(text, within.start, within.end):
        until = f"-{bracket['until']}" if bracket["until"] else ""
        entries = [by_number.get(number) for number in opened(bracket["numbers"] + until)]
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
    """Callouts in round brackets, "Chambers et al. (9)": only after the name, for formulas look the same."""
    by_number = _by_number(cited)
    for bracket in _ROUND_NUMBER.finditer(text, within.start, within.end):
        entry = by_number.get(int(bracket["number"]))
        start = _name_start(text, bracket.start(), within.start, entry)
        if entry is not None and start < bracket.start():
            span = Span(start=start, end=bracket.end())
            yield Callout(span=span, reference_id=entry.reference.id, textual=True)


def _raised_numbers(
    _: str, within: Span, cited: Sequence[Cited], *, marks: Sequence[tuple[int, str]]
) -> Iterator[Callout]:
    by_number = _by_number(cited)
    for position, mark in marks:
        if not (within.start < position <= within.end and _RAISED_LIST.fullmatch(mark)):
            continue
        entries = [by_number.get(number) for number in opened(mark)]
        if entries and None not in entries:
            for entry in filter(None, entries):
                yield Callout(
                    span=Span(start=position, end=position), reference_id=entry.reference.id, textual=False
                )


def _by_number(cited: Sequence[Cited]) -> dict[int, Cited]:
    """The entries by their numbers; a number that two entries bear leads to neither."""
    bearing: dict[int, list[Cited]] = defaultdict(list)
    for entry in cited:
        if entry.reference.number is not None:
            bearing[entry.reference.number].append(entry)
    return {number: entries[0] for number, entries in bearing.items() if len(entries) == 1}


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
    window = max(earliest, end - NAME_WINDOW)
    before = re.search(r"[^.;:()\[\]\n]*$", text[window:end].replace("al.", "al\x00"))
    if before is None:
        return end
    for match in _WORD.finditer(before[0]):
        is_author = folded(match[0]) == entry.surnames[0]
        if is_author and _BETWEEN_NAME_AND_NUMBER.fullmatch(before[0], match.end()):
            return window + before.start() + match.start()
    return end


def _labelled(text: str, within: Span, cited: Sequence[Cited]) -> Iterator[Callout]:
    labels = {entry.label: entry for entry in cited}
    for bracket in _LABELS.finditer(text, within.start, within.end):
        for label in re.split(r"\s*[,;]\s*", bracket["labels"]):
            if entry := labels.get(label):
                span = Span(start=bracket.start(), end=bracket.end())
                yield Callout(span=span, reference_id=entry.reference.id, textual=False)
