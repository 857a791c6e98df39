"""The rows of a table: baselines, drawn together where a cell runs over several of them."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.tables.columns import Columns, Extent
from ingest.tables.pieces import Piece

ONE_ROW_EM = 0.8  # baselines closer than this belong to one row: a cell is centred beside another's lines
LOOSER_EM = 0.12  # how much more white there is between rows than between the lines of a cell
CROWDED_EM = -0.45  # boxes that overlap more hold two baselines
LEAST_LOOSE = 2  # whites: one is only what sets a head apart
MOST_BETWEEN = 4  # baselines
WRAPPED_SHARE = 0.6  # of its column: a line that is shorter has no need to go on in the next

Baseline = list[Piece]


class _Row(NamedTuple):
    """A row so far, and what its columns hold."""

    pieces: list[Piece]
    by_column: dict[int, list[Piece]]


def rows_of(baselines: Sequence[Baseline], columns: Columns) -> list[Baseline]:
    """The rows from top to bottom; the pieces of a cell over several lines stand in the order of reading."""
    single = [_row(baseline, columns) for baseline in baselines]
    rows = single[:1]
    loose = _loose_white(single)
    for above, following in itertools.pairwise(single):
        step = _step(above, following)
        if _one_row(rows[-1], following, loose=loose, step=step, columns=columns) or (
            len(rows) == 1 and step < ONE_ROW_EM and len(following.pieces) < len(rows[0].pieces)
        ):
            rows[-1] = _row([*rows[-1].pieces, *following.pieces], columns)
        else:
            rows.append(following)
    return [row.pieces for row in rows]


def _row(pieces: Baseline, columns: Columns) -> _Row:
    by_column: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_column.setdefault(columns.own(piece), []).append(piece)
    return _Row(pieces=list(pieces), by_column=by_column)


def _step(upper: _Row, lower: _Row) -> float:
    """The distance of two baselines in em."""
    return (lower.pieces[0].baseline - upper.pieces[0].baseline) / max(upper.pieces[0].line.size, 1.0)


def _white(above: Piece, below: Piece) -> float:
    """The white between two pieces, one over the other, in em."""
    return (below.line.box.y0 - above.line.box.y1) / max(above.line.size, 1.0)


def _loose_white(rows: Sequence[_Row]) -> float:
    """The least white between two rows where lines of one cell stand closer; where none do, none is loose."""
    whites = sorted(white for white in _whites(rows) if white > CROWDED_EM)
    if not whites:
        return float("-inf")
    loose = whites[0] + LOOSER_EM
    wider = sum(1 for white in whites if white > loose + LOOSER_EM)
    return loose if wider >= LEAST_LOOSE else float("-inf")


def _whites(rows: Sequence[_Row]) -> Iterator[float]:
    """The whites between pieces of a column that follow on each other, no other row between them."""
    last: dict[int, int] = {}
    for index, row in enumerate(rows):
        for column, pieces in row.by_column.items():
            above = last.get(column)
            if above is not None and _follow(rows[above : index + 1]):
                yield _white(rows[above].by_column[column][0], pieces[0])
            last[column] = index


def _follow(rows: Sequence[_Row]) -> bool:
    """Whether the last row comes right after the first, aside from cells centred between them."""
    if len(rows) > MOST_BETWEEN:
        return False
    return all(
        _step(rows[0], between) < ONE_ROW_EM or _step(between, rows[-1]) < ONE_ROW_EM
        for between in rows[1:-1]
    )


def _one_row(above: _Row, below: _Row, *, loose: float, step: float, columns: Columns) -> bool:
    """Whether the lower baseline only goes on with cells of the row above it."""
    shared = above.by_column.keys() & below.by_column.keys()
    near = step < ONE_ROW_EM
    if not shared:
        return near
    if any(
        column > 0 and not piece.numeric
        for column in below.by_column.keys() - shared
        for piece in below.by_column[column]
    ):
        return False  # the words under a head that reaches over their columns
    pairs = [(above.by_column[column], below.by_column[column][0], columns[column]) for column in shared]
    if any(upper[-1].numeric or lower.numeric for upper, lower, _ in pairs):
        return False
    wraps = [_wraps(upper, lower, column) for upper, lower, column in pairs]
    if all(_white(upper[-1], lower) < loose for upper, lower, _ in pairs):
        return near or (any(wraps) and any(_goes_on(upper[-1], lower) for upper, lower, _ in pairs))
    fewer = 0 not in below.by_column and len(below.by_column) < len(above.by_column)
    return fewer and not near and all(wraps) and all(_is_lower(piece) for piece in below.pieces)


def _goes_on(upper: Piece, lower: Piece) -> bool:
    return _is_lower(lower) or upper.line.text[-1:] in "-,\u00ad"


def _is_lower(piece: Piece) -> bool:
    return piece.line.text[:1].islower()


def _wraps(above: Sequence[Piece], below: Piece, column: Extent) -> bool:
    """Whether the lower piece may go on with the cell of the upper ones: words both, and that one full."""
    last = above[-1]
    if below.x1 > column.x1 + below.line.size:
        return False
    begin = min(piece.x0 for piece in above if abs(piece.baseline - last.baseline) < 1)
    return last.x1 - begin >= WRAPPED_SHARE * (column.x1 - column.x0)
