"""Tables as grids of cells, made from the lines that they are printed in."""

import itertools
import math
from collections.abc import Iterator, Sequence

from ingest.layout.grid import Grid, GridCell
from ingest.pages.printed_lines import PrintedLine
from ingest.tables.columns import columns_of
from ingest.tables.pieces import cut_at, on_baselines, pieces_of
from ingest.tables.rows import rows_of
from ingest.tables.spanning import (
    PlacedRow,
    RowLabels,
    placed_row,
    widened,
    with_row_labels,
    with_stacked_heads,
)

LEAST_ROWS = 2
LEAST_COLUMNS = 2
MOST_HEADER_ROWS = 4
MOST_LINES = 300  # what has more of them is a picture made of letters
MOST_PIECES = 4000


def grid_of(lines: Sequence[PrintedLine]) -> Grid | None:
    """The grid that the lines make, or None where they make no table of two rows and columns."""
    if len(lines) > MOST_LINES or not all(map(_is_placed, lines)):
        return None
    baselines = on_baselines(pieces_of(lines))
    if sum(map(len, baselines)) > MOST_PIECES:
        return None
    columns = columns_of(baselines)
    if len(columns) < LEAST_COLUMNS:
        return None
    whites = [(left.x1, right.x0) for left, right in itertools.pairwise(columns.extents)]
    cut = [[part for piece in baseline for part in cut_at(piece, whites)] for baseline in baselines]
    rows = [placed_row(row, columns) for row in rows_of(cut, columns)]
    heads = _header_rows(rows)
    for index in reversed(range(min(heads, len(rows)) - 1)):
        rows[index] = widened(rows[index], rows[index + 1], columns)
    stacked = with_stacked_heads(rows[:heads])
    rows, labels = with_row_labels([*stacked, *rows[heads:]], len(stacked))
    if len(rows) < LEAST_ROWS:
        return None
    heads = min(len(stacked), len(rows))
    cells = _cells(rows, labels, heads=heads, column_count=len(columns))
    return Grid(row_count=len(rows), column_count=len(columns), cells=tuple(cells))


def _is_placed(line: PrintedLine) -> bool:
    """Whether the line has a place on earth: files may give infinite ones, and none."""
    box = line.box
    return math.isfinite(box.x0 + box.y0 + box.x1 + box.y1)


def _header_rows(rows: Sequence[PlacedRow]) -> int:
    """How many rows head the table: those before the first that holds numbers, where any does."""
    for index, row in enumerate(rows[: MOST_HEADER_ROWS + 1]):
        values = [piece for cell in row if cell.first > 0 for piece in cell.pieces]
        numbers = sum(1 for piece in values if piece.numeric)
        if values and numbers >= 0.5 * len(values):
            return max(index, 1)
    return 1


def _cells(
    rows: Sequence[PlacedRow], labels: RowLabels, *, heads: int, column_count: int
) -> Iterator[GridCell]:
    """The cells row by row, with those that hold nothing."""
    covered = {
        (row + further, column) for (row, column), count in labels.items() for further in range(1, count)
    }
    for index, row in enumerate(rows):
        free = 0
        for cell in (*row, None):
            for column in range(free, cell.first if cell else column_count):
                if (index, column) not in covered:
                    yield GridCell(row=index, column=column, header=index < heads)
            if cell is None:
                break
            yield GridCell(
                row=index,
                column=cell.first,
                row_count=labels.get((index, cell.first), 1),
                column_count=cell.last - cell.first + 1,
                header=index < heads,
                lines=tuple([piece.line for piece in cell.pieces]),
            )
            free = cell.last + 1
