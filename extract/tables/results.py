"""Results that tables report, where header and caption leave no doubt of what they are."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.tables.captions import CaptionNames, caption_names
from extract.tables.column_headings import ColumnHeadings, Heading
from extract.tables.copied_figures import CopiedFigures, said_of
from extract.tables.labelled_rows import Group, LabelledRow, LabelledRows, labelled_rows
from extract.tables.names import (
    COMPONENT,
    LONGEST_QUOTE,
    TableNames,
    folded,
    is_general,
    is_incomplete,
    is_ours,
    name_in,
    takes_a_part_away,
)
from extract.tables.roles import TableRoles, is_number, table_roles, text_of
from records import Cell, Document, EntityType, Mention, TableResult

CONFIDENCE = 0.95
"""Of 563 results read from 15 papers, 562 were right (docs/facts.md)."""
LEAST_ROWS = 2

_FIGURE = re.compile(r"[-+−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+−]?\d*\.?\d+")
_LESS_IS_BETTER = re.compile(
    r"\b(?:err(?:or)?s?|perplexit(?:y|ies)|ppl|mse|mae|rmse|wer|cer|ter|loss|fid)\b", re.IGNORECASE
)
_NO_QUALITY = re.compile(
    r"\b(?:time|hours|speed-?(?:up)?|params?|parameters|size|costs?|flops|compute|steps|memory|usage|ratio|"
    r"compression rate|cr|reduction|number)\b",
    re.IGNORECASE,
)


def reported_results(
    document: Document, names: TableNames, own_names: frozenset[str] = frozenset()
) -> Iterator[TableResult]:
    """Yields the figures of which row, header and caption name a method, one data set and one metric.

    Nothing is said of a table of something else than results or without systems, a row that only takes a part
    away, a name that two rows share, a column of which header and caption name no or several data sets or
    metrics, whose header says what is not understood, or just what another column's says. `own_names` are
    what the paper introduces, folded.
    """
    for roles in table_roles(document):
        if "table of results" in roles.signals and "table of no results" not in roles.signals:
            caption = caption_names(roles, document.text, names)
            if rows := labelled_rows(document, roles, names):
                yield from _TableReader(document, roles, names, caption, rows, own_names).results()


@dataclass(frozen=True, slots=True)
class _Said:
    """What the figures of a column are in the rows of one group."""

    dataset: Mention
    metric: Mention
    setting: str
    signals: frozenset[str]


class _TableReader:
    """Reads the results of one table."""

    def __init__(
        self,
        document: Document,
        roles: TableRoles,
        names: TableNames,
        caption: CaptionNames,
        rows: LabelledRows,
        own_names: frozenset[str],
    ) -> None:
        self._document, self._roles, self._names, self._caption = document, roles, names, caption
        self._rows = rows
        groups = [row.group for row in rows.rows if row.group]
        self._groups_known = all(group.known for group in groups if group.dataset)
        self._headings = ColumnHeadings(document, names, roles.headers)
        self._figures: dict[tuple[int, Group | None], dict[LabelledRow, tuple[Cell, float]]] = {}
        for row in rows.rows:
            for cell in row.row.cells:
                if (value := figure_of(text_of(document, cell))) is not None:
                    self._figures.setdefault((cell.column, row.group), {})[row] = cell, value
        said = said_of(document.text, roles.table.label)
        self._copied = CopiedFigures(roles.caption, said, [row.written for row in rows.rows], own_names)

    def results(self) -> Iterator[TableResult]:
        """Yields them column by column."""
        rows = self._rows
        if not self._tells_systems(rows.rows):
            return
        methods = self._methods(rows.rows)
        least = 1 if "corner says systems" in self._roles.signals or rows.label_column else LEAST_ROWS
        if len(methods) < least:
            return
        columns = range(rows.label_column + 1, min(self._roles.table.column_count, rows.end))
        headings = {column: found for column in columns if (found := self._headings.over(column))}
        counts = Counter(heading.said for heading in headings.values())
        for column, heading in headings.items():
            if counts[heading.said] == 1:
                yield from self._of_column(column, heading, methods)

    def _tells_systems(self, rows: Sequence[LabelledRow]) -> bool:
        """Whether header says that rows are systems, or running text knows half of them as methods."""
        if "corner says systems" in self._roles.signals or self._rows.label_column:
            return True
        met = [self._names.of(row.label) for row in rows]
        methods = [mention for mention in met if mention and mention.type is EntityType.METHOD]
        return 2 * len(methods) >= len(rows)

    def _methods(self, rows: Sequence[LabelledRow]) -> dict[LabelledRow, Mention]:
        """The rows that name a method which no other row of their group names."""
        named = {row: mention for row in rows if (mention := self._method(row))}
        counts = Counter((row.group, folded(mention.surface)) for row, mention in named.items())
        return {
            row: mention for row, mention in named.items() if counts[row.group, folded(mention.surface)] == 1
        }

    def _method(self, row: LabelledRow) -> Mention | None:
        span, label = name_in(self._document, row.label), text_of(self._document, row.label)
        if span is None or is_general(label) or is_incomplete(label) or takes_a_part_away(label):
            return None
        written = self._names.written(span)
        if self._names.authors_only(written) or is_general(written) or is_ours(written):
            return None
        known = self._names.known(written)
        if known and known.type is not EntityType.METHOD:
            return None
        return self._names.mention(span, EntityType.METHOD)

    def _of_column(
        self, column: int, heading: Heading, methods: Mapping[LabelledRow, Mention]
    ) -> Iterator[TableResult]:
        for group in dict.fromkeys(row.group for row in methods):
            said = self._said(heading, group)
            figures = self._figures.get((column, group), {})
            if said and len(figures) >= LEAST_ROWS and not _NO_QUALITY.search(said.metric.surface):
                yield from self._of_group(said, figures, methods)

    def _said(self, heading: Heading, group: Group | None) -> _Said | None:
        caption, dataset, settings = self._caption, heading.dataset, [heading.setting]
        if dataset and group and group.dataset:
            return None
        if dataset and caption.dataset and self._is_a_part(dataset, caption.dataset):
            settings, dataset = [dataset.surface, *settings], None
        if group:
            grouped = None if caption.dataset and not self._groups_known else group.dataset
            settings, dataset = settings if grouped else [group.name, *settings], dataset or grouped
        dataset, metric = dataset or caption.dataset, heading.metric or caption.metric
        if dataset is None or metric is None or not self._may_lack(heading):
            return None
        setting = " ".join(filter(None, settings))
        places = {
            "data set in rows": group is not None and dataset is group.dataset,
            "data set in caption": dataset is caption.dataset,
            "metric in caption": metric is caption.metric,
            "with a setting": bool(setting),
        }
        told = (place for place, holds in places.items() if holds)
        return _Said(dataset, metric, setting, heading.signals.union(told))

    def _is_a_part(self, dataset: Mention, whole: Mention) -> bool:
        """Whether a header's data set is a part of the caption's.

        It may be where running text only calls it data in passing, the caption does not name it as well, and
        no header names the whole beside it.
        """
        headers = {folded(text_of(self._document, cell)) for cell in self._roles.headers}
        return (
            self._names.known(dataset.surface) is None
            and folded(dataset.surface) not in folded(self._roles.caption)
            and folded(whole.surface) not in headers
        )

    def _may_lack(self, heading: Heading) -> bool:
        """Whether the header says enough for the caption to tell the rest: other words alone do not."""
        part_alone = heading.setting and "setting in header" not in heading.signals
        return bool(heading.metric or heading.dataset or part_alone)

    def _of_group(
        self,
        said: _Said,
        figures: Mapping[LabelledRow, tuple[Cell, float]],
        methods: Mapping[LabelledRow, Mention],
    ) -> Iterator[TableResult]:
        values = [value for _, value in figures.values()]
        best = min(values) if _LESS_IS_BETTER.search(said.metric.surface) else max(values)
        for row, (cell, value) in figures.items():
            if row in methods:
                yield TableResult(
                    method=methods[row],
                    dataset=said.dataset,
                    metric=said.metric,
                    setting=said.setting,
                    figure=cell.span,
                    value=value,
                    sentence=row.row.span if len(row.row.span) <= LONGEST_QUOTE else cell.span,
                    best=value == best,
                    copied=self._copied.holds(row.written, text_of(self._document, cell)),
                    confidence=CONFIDENCE,
                    component=COMPONENT,
                    signals=tuple(sorted(said.signals)),
                )


def figure_of(text: str) -> float | None:
    """The number that a cell gives, without signs of significance and deviations; None for none."""
    if not is_number(text):
        return None
    found = _FIGURE.search(text)
    return float(found[0].replace(",", "").replace("−", "-")) if found else None
