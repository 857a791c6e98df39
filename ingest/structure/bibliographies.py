"""Several bibliographies in one file: which one a place in the text cites from."""

from collections.abc import Iterator, Sequence

from ingest.structure.callouts import callouts_in
from ingest.structure.cited_works import Cited
from records import Callout, Section, SectionKind, Span


def resolved_callouts(
    text: str,
    cited: Sequence[Cited],
    sections: Sequence[Section],
    *,
    marks: Sequence[tuple[int, str]] = (),
) -> tuple[Callout, ...]:
    """The callouts of the text, in text order.

    Where numbers start again in a later bibliography (a supplement's, say), text cites from the next one that
    follows it, and what follows the last one from the last. Otherwise all entries are one list.
    """
    lists = lists_of(cited, sections)
    found: list[Callout] = []
    for number, entries in enumerate(lists):
        within = [span for span in _running_text(sections) if _list_for(span, lists) == number]
        found += callouts_in(text, entries, within=within, marks=marks)
    return tuple(sorted(found, key=lambda callout: callout.span))


def lists_of(cited: Sequence[Cited], sections: Sequence[Section]) -> list[list[Cited]]:
    """The entries by section of references, as one list unless numbers stand in several."""
    spans = [section.span for section in sections if section.kind is SectionKind.REFERENCES]
    parts = [[entry for entry in cited if span.contains(entry.reference.span)] for span in spans]
    parts = [part for part in parts if part]
    numbers = [
        entry.reference.number for part in parts for entry in part if entry.reference.number is not None
    ]
    is_parted = sum(map(len, parts)) == len(cited) and len(parts) > 1 and len(set(numbers)) < len(numbers)
    return parts if is_parted else [list(cited)]


def _list_for(span: Span, lists: Sequence[Sequence[Cited]]) -> int:
    ends = [entries[-1].reference.span.end if entries else 0 for entries in lists]
    return next((number for number, end in enumerate(ends) if span.start < end), len(lists) - 1)


def _running_text(sections: Sequence[Section]) -> Iterator[Span]:
    for section in sections:
        if section.kind is not SectionKind.REFERENCES:
            yield section.span
