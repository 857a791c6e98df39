"""Results that tables report, where header and caption leave no doubt of what they are."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from extract.candidates.table_roles import Row, TableRoles, is_metric, is_number, table_roles, text_of
from extract.candidates.tabled import (
    LONGEST_QUOTE,
    authors_only,
    cited_surnames,
    folded,
    is_general,
    known_names,
    name_in,
    takes_a_part_away,
)
from records import Cell, Document, EntityType, Mention, Span, TableResult

COMPONENT = "tables"
CONFIDENCE = 0.8
LEAST_ROWS = 2

_FIGURE = re.compile(r"[-+−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+−]?\d*\.?\d+")
_LESS_IS_BETTER = re.compile(r"\b(?:error|perplexity|ppl|mse|mae|rmse|wer|cer|ter|loss|fid)\b", re.IGNORECASE)
_NO_QUALITY = re.compile(r"\b(?:time|speed|params?|parameters|size|cost|flops)\b", re.IGNORECASE)
_OF_OTHERS = (
    r"(?:retrieved|copied|taken|cited|borrowed|quoted|reported (?:in|by)|"
    r"from (?:the )?(?:original|published|their))"
)
_A_PART = re.compile(
    r"(?:cross[- ]?validation|dev(?:elopment)?|test|train(?:ing)?|validation)\b", re.IGNORECASE
)
_F1 = re.compile(r"\bF-?(?:1|score|measure)?\b", re.IGNORECASE)
_SHORT = {"p": "precision", "prec": "precision", "r": "recall", "rec": "recall"}
_MARKS = "*∗†‡§♮♯⋆"


def reported_results(document: Document, mentions: Sequence[Mention]) -> Iterator[TableResult]:
    """Yields the figures of which row, header and caption name a method, one data set and one metric.

    Nothing is said of a table of something else than results or without systems, a row that only takes a part
    away, a name that two rows share, a column of which header and caption name no or several data sets or
    metrics, or whose header says anything more.
    """
    known, surnames = known_names(mentions), cited_surnames(document)
    for roles in table_roles(document):
        if "table of results" in roles.signals and "table of no results" not in roles.signals:
            yield from _of_table(document, roles, known, surnames, _in_caption(roles, mentions))


def _in_caption(roles: TableRoles, mentions: Sequence[Mention]) -> dict[EntityType, Mention]:
    """The data set and the metric that the caption names, each only if it names one."""
    span = roles.caption_span
    inside = [
        mention
        for mention in mentions
        if span and span.contains(mention.span) and not _A_PART.match(mention.surface)
    ]
    found = {}
    for kind in (EntityType.DATASET, EntityType.METRIC):
        of_kind = {folded(mention.surface): mention for mention in inside if mention.type is kind}
        if len(of_kind) == 1:
            found[kind] = next(iter(of_kind.values()))
    return found


def _of_table(
    document: Document,
    roles: TableRoles,
    known: Mapping[str, Mention],
    surnames: Set[str],
    caption: Mapping[EntityType, Mention],
) -> Iterator[TableResult]:
    if not _tells_systems(document, roles, known):
        return
    methods = _methods(document, roles, known, surnames)
    beside_f1 = any(_F1.search(text_of(document, head)) for head in roles.headers)
    for column in range(1, roles.table.column_count):
        heads = [cell for cell in roles.headers if cell.column <= column < cell.column + cell.column_count]
        named = _named_by(document, heads, known, beside_f1=beside_f1)
        if not heads or named is None:
            continue
        dataset = named.get(EntityType.DATASET) or caption.get(EntityType.DATASET)
        metric = named.get(EntityType.METRIC) or caption.get(EntityType.METRIC)
        if dataset and metric and len(methods) >= LEAST_ROWS and not _NO_QUALITY.search(metric.surface):
            yield from _of_column(document, roles, methods, column, dataset, metric)


def _named_by(
    document: Document, heads: Iterable[Cell], known: Mapping[str, Mention], *, beside_f1: bool
) -> dict[EntityType, Mention] | None:
    """The data set and the metric that a column's headers name; None where they say anything else.

    "P" and "R" are precision and recall where they stand beside F1; else R may be a correlation.
    """
    found: dict[EntityType, Mention] = {}
    for head in heads:
        span = name_in(document, head)
        if is_metric(text_of(document, head)):
            written = text_of(document, head).strip(". ").casefold()
            if written in _SHORT and not beside_f1:
                return None
            found[EntityType.METRIC] = _mention(
                document, span or head.span, EntityType.METRIC, expansion=_SHORT.get(written, "")
            )
            continue
        named = known.get(folded(document.text[span.start : span.end])) if span else None
        if (
            span is None
            or named is None
            or named.type is not EntityType.DATASET
            or _A_PART.match(named.surface)
        ):
            return None
        found[EntityType.DATASET] = _mention(document, span, EntityType.DATASET, expansion=named.expansion)
    return found


def _tells_systems(document: Document, roles: TableRoles, known: Mapping[str, Mention]) -> bool:
    """Whether the corner says that rows are systems, or running text knows half of them as methods."""
    if "corner says systems" in roles.signals:
        return True
    spans = [name_in(document, row.label) for row in roles.rows]
    named = [known.get(folded(document.text[span.start : span.end])) for span in spans if span]
    methods = sum(mention is not None and mention.type is EntityType.METHOD for mention in named)
    return 2 * methods >= len(roles.rows)


def _methods(
    document: Document, roles: TableRoles, known: Mapping[str, Mention], surnames: Set[str]
) -> dict[Row, Mention]:
    """The rows that name a method which no other row of the table names."""
    named = {row: mention for row in roles.rows if (mention := _method(document, row, known, surnames))}
    counts = Counter(folded(mention.surface) for mention in named.values())
    return {row: mention for row, mention in named.items() if counts[folded(mention.surface)] == 1}


def _method(document: Document, row: Row, known: Mapping[str, Mention], surnames: Set[str]) -> Mention | None:
    span, label = name_in(document, row.label), text_of(document, row.label)
    if span is None or is_general(label) or takes_a_part_away(label):
        return None
    written = document.text[span.start : span.end]
    if authors_only(written, surnames) or is_general(written):
        return None
    named = known.get(folded(written))
    if named and named.type is not EntityType.METHOD:
        return None
    return _mention(document, span, EntityType.METHOD, expansion=named.expansion if named else "")


def _of_column(
    document: Document,
    roles: TableRoles,
    methods: Mapping[Row, Mention],
    column: int,
    dataset: Mention,
    metric: Mention,
) -> Iterator[TableResult]:
    figures = {
        row: (cell, value)
        for row in roles.rows
        for cell in row.cells
        if cell.column == column and (value := figure_of(text_of(document, cell))) is not None
    }
    if len(figures) < LEAST_ROWS:
        return
    values = [value for _, value in figures.values()]
    best = min(values) if _LESS_IS_BETTER.search(metric.surface) else max(values)
    for row, mention in methods.items():
        if row in figures:
            cell, value = figures[row]
            yield TableResult(
                method=mention,
                dataset=dataset,
                metric=metric,
                figure=cell.span,
                value=value,
                sentence=row.span if len(row.span) <= LONGEST_QUOTE else cell.span,
                best=value == best,
                copied=is_copied(roles.caption, text_of(document, row.label) + text_of(document, cell)),
                confidence=CONFIDENCE,
                component=COMPONENT,
            )


def figure_of(text: str) -> float | None:
    """The number that a cell gives, without signs of significance and deviations; None for none."""
    if not is_number(text):
        return None
    found = _FIGURE.search(text)
    return float(found[0].replace(",", "").replace("−", "-")) if found else None


def is_copied(caption: str, cells: str) -> bool:
    """Whether the caption says that figures, or those with a mark that the cells bear, are others'."""
    for mark in (mark for mark in _MARKS if mark in cells):
        sign = re.escape(mark)
        if re.search(rf"{sign}[^.]{{0,60}}\b{_OF_OTHERS}|\b{_OF_OTHERS}[^.]{{0,40}}{sign}", caption):
            return True
    return False


def _mention(document: Document, span: Span, kind: EntityType, *, expansion: str = "") -> Mention:
    return Mention(
        span=span,
        type=kind,
        surface=document.text[span.start : span.end],
        expansion=expansion,
        confidence=CONFIDENCE,
        component=COMPONENT,
    )
