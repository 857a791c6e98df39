"""The rows of a table that hold figures, by the cell that names them and the group that they stand in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.tables.names import TableNames, is_part_of_data, name_in
from extract.tables.roles import Row, TableRoles, is_number, says_systems, text_of
from records import Cell, Document, EntityType, Mention

_CITATION = re.compile(r"[(\[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What rows stand under: a data set, or only a part of one ("Test"), by name.

    `known` tells that running text mentions it as a data set, not only in passing.
    """

    name: str
    dataset: Mention | None = None
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LabelledRow:
    """A row of figures, and the group that it stands in, if in any.

    `written` is the text of its label, with the citation that stands below it in a row of its own. Two are
    equal only if they are the same, which keeps looking up fast.
    """

    row: Row
    label: Cell
    written: str
    group: Group | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledRows:
    """The rows of a table, the column of their labels, and the column before which their figures end."""

    rows: tuple[LabelledRow, ...]
    label_column: int
    end: int


def labelled_rows(document: Document, roles: TableRoles, names: TableNames) -> LabelledRows | None:
    """The table's rows; None where another column groups them, and not by data sets."""
    systems = [cell for cell in roles.headers if says_systems(text_of(document, cell))]
    columns = sorted({cell.column for cell in systems if cell.column_count == 1})
    label_column = columns[0] if columns else 0
    rows = tuple(_Grouping(document, roles, names, label_column).rows())
    if label_column and any(row.group is None for row in rows):
        return None
    end = columns[1] if len(columns) > 1 else roles.table.column_count
    return LabelledRows(rows=rows, label_column=label_column, end=end)


class _Grouping:
    """Walks a table's rows: a data set's name in a row of its own, or left of the labels, begins a group."""

    def __init__(self, document: Document, roles: TableRoles, names: TableNames, label_column: int) -> None:
        self._document, self._roles, self._names = document, roles, names
        self._label_column = label_column
        by_row: dict[int, list[Cell]] = {}
        for cell in roles.table.cells:
            if len(cell.span):
                by_row.setdefault(cell.row, []).append(cell)
        # A lone name below the headers begins a group, though it may look like one of them.
        self._cells = {
            number: cells
            for number, cells in by_row.items()
            if not cells[0].header or (len(cells) == 1 and number > 0)
        }

    def rows(self) -> Iterator[LabelledRow]:
        """Yields the rows of figures that have a label."""
        by_number = {row.label.row: row for row in self._roles.rows}
        group: Group | None = None
        for number, cells in sorted(self._cells.items()):
            if begins := self._begins(cells):
                group = begins
            elif len(cells) == 1 and not self._lone_citation(number):
                group = None
            row = by_number.get(number)
            label = next((cell for cell in cells if cell.column == self._label_column), None)
            if row and label and not is_number(text_of(self._document, label)):
                written = f"{text_of(self._document, label)} {self._lone_citation(number + 1)}".strip()
                yield LabelledRow(row=row, label=label, written=written, group=group)

    def _lone_citation(self, number: int) -> str:
        """The citation that is all of a row, or empty."""
        cells = self._cells.get(number, [])
        written = text_of(self._document, cells[0]) if len(cells) == 1 else ""
        return written if _CITATION.match(written) else ""

    def _begins(self, cells: Sequence[Cell]) -> Group | None:
        """The group that begins with a row."""
        first = min(cells, key=lambda cell: cell.column)
        if first.column >= self._label_column and len(cells) > 1:
            return None
        span = name_in(self._document, first)
        known = self._names.of(first)
        if span is None or (known is not None and known.type is not EntityType.DATASET):
            return None
        written = self._names.written(span)
        if is_part_of_data(written):
            return Group(name=written)
        if known or self._names.is_said_to_be_data(written):
            mention = self._names.mention(span, EntityType.DATASET)
            return Group(name=mention.surface, dataset=mention, known=known is not None)
        return None
