"""Candidates from tables: the systems whose figures stand in them, the data that these were obtained on."""

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extract.candidates.cited_names import gap_signals, name_signals, title_signals
from extract.tables.names import (
    COMPONENT,
    LONGEST_QUOTE,
    TableNames,
    cites,
    is_general,
    is_ours,
    name_in,
    takes_a_part_away,
)
from extract.tables.roles import Row, TableRoles, is_metric, is_number, table_roles, text_of
from records import (
    Callout,
    Document,
    EntityType,
    EvidenceKind,
    Mention,
    Polarity,
    Predicate,
    Reference,
    Relation,
    Span,
)

MOST_WORDS = 4
"""Of a label that is a name; few names are longer."""

_FRACTION = re.compile(r"\d\.\d")


def tabled_candidates(document: Document, names: TableNames) -> Iterator[Relation]:
    """Yields what the document's tables may say of its paper, row by row and header by header."""
    references = {reference.id: reference for reference in document.references}
    callouts = sorted(document.callouts, key=lambda callout: callout.span)
    for roles in table_roles(document):
        whole = {*roles.signals, *_rows_are(document, roles, names)}
        if "most rows are a Method" in whole:
            whole.discard("corner says data")
        for row in roles.rows:
            yield from _of_row(document, roles, row, whole=whole, names=names)
            yield from _introduced(document, row, callouts, references, names)
        yield from _of_headers(document, roles, whole=whole, names=names)


def _rows_are(document: Document, roles: TableRoles, names: TableNames) -> Iterator[str]:
    met = [names.of(row.label) for row in roles.rows]
    kinds = [mention.type if mention else None for mention in met]
    for kind in (EntityType.METHOD, EntityType.DATASET):
        if kinds.count(kind) * 2 >= len(kinds):
            yield f"most rows are a {kind.value}"
        elif kind in kinds:
            yield f"some row is a {kind.value}"
    labels = [text_of(document, row.label) for row in roles.rows]
    if any(map(is_ours, labels)):
        yield "some row is ours"
    if sum(takes_a_part_away(label) for label in labels) * 3 >= len(labels):
        yield "rows take parts away"


def _of_row(
    document: Document, roles: TableRoles, row: Row, *, whole: set[str], names: TableNames
) -> Iterator[Relation]:
    span = name_in(document, row.label)
    if span is None or names.authors_only(names.written(span)):
        return
    label, named = text_of(document, row.label), names.known(names.written(span))
    kind = named.type if named else None
    signals = {*whole, *row_signals(document, roles, row, label=label, kind=kind)}
    quote = row.span if len(row.span) <= LONGEST_QUOTE else row.label.span
    if kind in {None, EntityType.METHOD}:
        mention = names.mention(span, EntityType.METHOD)
        for predicate in (Predicate.COMPARES_AGAINST, Predicate.INTRODUCES):
            yield _candidate(mention, predicate, quote, signals)
    if kind is EntityType.DATASET or (kind is None and "corner says data" in whole):
        for predicate in (Predicate.EVALUATES_ON, Predicate.TRAINS_ON):
            yield _candidate(names.mention(span, EntityType.DATASET), predicate, quote, signals)


def row_signals(
    document: Document, roles: TableRoles, row: Row, *, label: str, kind: EntityType | None
) -> Iterator[str]:
    """Yields what is told of a row by its label and its place."""
    yield f"row known as {kind.value if kind else 'nothing'}"
    yield from label_signals(label)
    if cites(document.text[row.span.start : row.span.end]):
        yield "row cites"
    if row.label.column > 0:
        yield "row without first cell"
    yield "last row" if row is roles.rows[-1] else "first row" if row is roles.rows[0] else "inner row"
    figures = [cell for cell in row.cells if is_number(text_of(document, cell))]
    if len(figures) * 2 < len(row.cells) - 1:
        yield "row has few figures"
    if any(_FRACTION.search(text_of(document, cell)) for cell in figures):
        yield "row has fractions"


def label_signals(label: str) -> Iterator[str]:
    """Yields what is told of a row by the words of its label."""
    if is_ours(label):
        yield "row is ours"
    if takes_a_part_away(label):
        yield "row takes a part away"
    if is_general(label):
        yield "row is general"
    if "+" in label.strip("+ "):
        yield "row is a sum"
    if len(label.split()) > MOST_WORDS:
        yield "row is long"
    if label.islower():
        yield "row is small"


def _of_headers(
    document: Document, roles: TableRoles, *, whole: set[str], names: TableNames
) -> Iterator[Relation]:
    for header in roles.headers:
        span = name_in(document, header)
        if span is None or is_metric(text_of(document, header)):
            continue
        named = names.known(names.written(span))
        kind = named.type if named else None
        signals = {*whole, f"header known as {kind.value if kind else 'nothing'}"}
        if header.column == 0:
            signals.add("header of the labels")
        if header.column_count > 1:
            signals.add("header over several")
        if kind is EntityType.DATASET:
            for predicate in (Predicate.EVALUATES_ON, Predicate.TRAINS_ON):
                yield _candidate(names.mention(span, kind), predicate, header.span, signals)
        if kind is EntityType.METHOD and header.column > 0:
            yield _candidate(names.mention(span, kind), Predicate.COMPARES_AGAINST, header.span, signals)


def _introduced(
    document: Document,
    row: Row,
    callouts: Sequence[Callout],
    references: Mapping[str, Reference],
    names: TableNames,
) -> Iterator[Relation]:
    first = bisect.bisect_left(callouts, row.label.span.start, key=lambda callout: callout.span.start)
    last = bisect.bisect_left(callouts, row.label.span.end, key=lambda callout: callout.span.start)
    cited = callouts[first:last]
    span = name_in(document, row.label)
    if span is None or not cited or cited[0].span.start <= span.start:
        return
    if names.authors_only(names.written(span)):
        return
    named = names.known(names.written(span))
    mention = names.mention(span, named.type if named else EntityType.METHOD)
    for callout in cited:
        title = references[callout.reference_id].title
        signals = {
            *gap_signals("in a row", "", textual=False, together=len(cited)),
            *title_signals(title, mention),
            *name_signals(mention),
        }
        yield _candidate(
            mention, Predicate.INTRODUCES, row.label.span, signals, reference_id=callout.reference_id
        )


def _candidate(
    mention: Mention,
    predicate: Predicate,
    quote: Span,
    signals: Iterable[str],
    *,
    reference_id: str | None = None,
) -> Relation:
    return Relation(
        predicate=predicate,
        object=mention,
        cited_reference_id=reference_id,
        sentence=quote,
        kind=EvidenceKind.TABLE,
        polarity=Polarity.AFFIRMED,
        confidence=0.0,
        component=COMPONENT,
        signals=tuple(sorted(set(signals))),
    )
