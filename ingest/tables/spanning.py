"""Cells of a table that reach over several columns or rows."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from ingest.tables.columns import Columns
from ingest.tables.pieces import Piece

CENTRED_EM = 0.8  # how far from the middle of its columns the text of a cell may stand
STACKED_EM = 1.25  # the distance of two lines of one cell


class PlacedCell(NamedTuple):
    """What stands in the columns from `first` to `last` of a row."""

    first: int
    last: int
    pieces: tuple[Piece, ...]


PlacedRow = list[PlacedCell]


def placed_row(row: Sequence[Piece], columns: Columns) -> PlacedRow:
    """The cells of a row that hold something, from left to right."""
    columns_of_pieces = [columns.own(piece) for piece in row]
    own = set(columns_of_pieces)
    placed: dict[tuple[int, int], list[Piece]] = {}
    for piece, column in zip(row, columns_of_pieces, strict=True):
        first, last = columns.reached(piece, column)
        while first < column and not own.isdisjoint(range(first, column)):
            first += 1
        while last > column and not own.isdisjoint(range(column + 1, last + 1)):
            last -= 1
        placed.setdefault((first, last), []).append(piece)
    if len(placed) == 1 and len(columns) > 1 and _heads_a_group(row, columns):
        return [PlacedCell(first=0, last=len(columns) - 1, pieces=tuple(row))]
    cells: PlacedRow = []
    for (first, last), pieces in sorted(placed.items(), key=lambda item: item[0]):
        if cells and first <= cells[-1].last:
            before = cells[-1]
            cells[-1] = PlacedCell(
                first=before.first, last=max(before.last, last), pieces=(*before.pieces, *pieces)
            )
        else:
            cells.append(PlacedCell(first=first, last=last, pieces=tuple(pieces)))
    return cells


def _heads_a_group(row: Sequence[Piece], columns: Columns) -> bool:
    """Whether the one cell of a row names the rows under it: it runs over its column, or is in the middle."""
    x0, x1 = min(piece.x0 for piece in row), max(piece.x1 for piece in row)
    size = row[0].line.size
    if x0 < columns[0].x1:
        return x1 > columns[1].x0
    middle = (columns[0].x0 + columns[-1].x1) / 2
    return abs((x0 + x1) / 2 - middle) < CENTRED_EM * size


def widened(row: PlacedRow, below: PlacedRow, columns: Columns) -> PlacedRow:
    """The cells of a head's row, each over as many empty neighbours as it stands in the middle of."""
    taken = {column for cell in row for column in range(cell.first, cell.last + 1)}
    filled = {column for cell in below for column in range(cell.first, cell.last + 1)}
    cells: PlacedRow = []
    for cell in row:
        wide = _widest(cell, taken=taken, filled=filled, columns=columns)
        taken |= set(range(wide.first, wide.last + 1))
        cells.append(wide)
    return cells


def _widest(cell: PlacedCell, *, taken: set[int], filled: set[int], columns: Columns) -> PlacedCell:
    middle = (min(piece.x0 for piece in cell.pieces) + max(piece.x1 for piece in cell.pieces)) / 2
    reach = CENTRED_EM * cell.pieces[0].line.size
    begin, end = cell.first, cell.last
    while begin > 0 and begin - 1 not in taken and begin - 1 in filled:
        begin -= 1
    while end + 1 < len(columns) and end + 1 not in taken and end + 1 in filled:
        end += 1
    best = cell
    for first, last in itertools.product(range(begin, cell.first + 1), range(cell.last, end + 1)):
        offset = abs((columns[first].x0 + columns[last].x1) / 2 - middle)
        if last - first > best.last - best.first and offset < reach:
            best = PlacedCell(first=first, last=last, pieces=cell.pieces)
    return best


def with_stacked_heads(rows: Sequence[PlacedRow]) -> list[PlacedRow]:
    """The rows of a head, with those drawn together whose words only go on in the row under them."""
    stacked: list[PlacedRow] = []
    for row in rows:
        if stacked and _is_stacked(stacked[-1], row):
            under = {cell.first: cell for cell in row}
            stacked[-1] = [
                cell._replace(pieces=cell.pieces + under[cell.first].pieces) if cell.first in under else cell
                for cell in stacked[-1]
            ]
        else:
            stacked.append(row)
    return stacked


def _is_stacked(above: PlacedRow, below: PlacedRow) -> bool:
    """Whether each cell of the lower row stands close under one of its own in the upper row."""
    upper = {cell.first: cell for cell in above}
    if any(cell.first != cell.last for cell in (*above, *below)) or len(below) == len(above) == 1:
        return False
    return all(
        cell.first in upper and _is_close(upper[cell.first].pieces[-1], cell.pieces[0]) for cell in below
    )


def _is_close(above: Piece, below: Piece) -> bool:
    return below.baseline - above.baseline < STACKED_EM * above.line.size


RowLabels = dict[tuple[int, int], int]
"""How many rows the cell at a row and column reaches over."""


def with_row_labels(rows: Sequence[PlacedRow], heads: int) -> tuple[list[PlacedRow], RowLabels]:
    """The rows with each label of the first columns at the first of the rows that it stands in the middle
    of, and for those the number of rows; unchanged where the labels do not share out all rows so."""
    end = len(rows)
    while end > heads and rows[end - 1][0].last > 0 and len(rows[end - 1]) == 1:
        end -= 1  # notes under the table
    body = rows[heads:end]
    labelled = min((row[0].first for row in body if row[0].first > 0), default=0)
    values = [row for row in ([cell for cell in row if cell.first >= labelled] for row in body) if row]
    if not labelled or any(row[0].first < labelled <= row[0].last for row in body):
        return list(rows), {}
    baselines = [_baseline(row) for row in values]
    spans: RowLabels = {}
    for column in range(labelled):
        labels = [cell for row in body for cell in row if cell.first == column]
        counts = _shares([_twice_the_place(label, baselines) for label in labels], len(values))
        if not counts or any(cell.last >= labelled for cell in labels):
            return list(rows), {}
        for label, begin, count in zip(labels, _begins(counts), counts, strict=True):
            values[begin] = sorted([label, *values[begin]], key=lambda cell: cell.first)
            spans[heads + begin, column] = count
    return [*rows[:heads], *values, *rows[end:]], spans


def _begins(counts: Sequence[int]) -> list[int]:
    return [0, *itertools.accumulate(counts[:-1])]


def _shares(places: Sequence[int], row_count: int) -> list[int]:
    """How many rows each label has that stands in their middle; nothing where that shares out no table.

    `places` are twice the rows' indices. Where all labels stand beside rows they may as well head them:
    of the two, the more even sharing holds.
    """
    counts: list[int] = []
    begin = 0
    if not 0 < len(places) < row_count:
        return []
    for place in places:
        end = place - begin
        if not begin <= end < row_count:
            return []
        counts.append(end - begin + 1)
        begin = end + 1
    if begin != row_count:
        return []
    if places[0] == 0 and all(place % 2 == 0 for place in places):
        heading = [(after - place) // 2 for place, after in itertools.pairwise([*places, 2 * row_count])]
        return [] if max(heading) - min(heading) <= max(counts) - min(counts) else counts
    return counts


def _baseline(cells: Sequence[PlacedCell]) -> float:
    baselines = [piece.baseline for cell in cells for piece in cell.pieces]
    return sum(baselines) / len(baselines)


def _twice_the_place(label: PlacedCell, baselines: Sequence[float]) -> int:
    """Twice the index of the row that the label stands in: odd where it stands between two rows."""
    place = (
        min(piece.baseline for piece in label.pieces) + max(piece.baseline for piece in label.pieces)
    ) / 2
    steps = [2 * index for index in range(len(baselines))]
    between = [(upper + lower) / 2 for upper, lower in itertools.pairwise(baselines)]
    spots = [
        *zip(baselines, steps, strict=True),
        *((spot, 2 * index + 1) for index, spot in enumerate(between)),
    ]
    return min(spots, key=lambda spot: abs(spot[0] - place))[1]
