"""The columns of a table, from the white that runs down between its cells."""

import bisect
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.tables.pieces import Piece

COLUMN_GAP_EM = 0.4  # white narrower than this may lie between the words of one cell in every row
NARROW_GAP_EM = 0.12  # enough where most rows have much more
NARROW_SUPPORT = 0.6
MOST_COLUMNS = 60  # what has more is a picture made of letters
FULL_ROW = 0.75  # of the pieces that rows have at most: rows with fewer may reach over several columns
HEADED_FROM = 3  # rows; where there are fewer, the first says as much about columns as the others
REACH_POINTS = 2.0  # into a column, from where a piece belongs to it
REACH_SHARE = 0.1
CROSSING_SHARE = 0.25  # of the full rows: some have a cell over several columns
MOST_CROSSING = 0.3  # of all rows, or what looks like white is the space between words


class Extent(NamedTuple):
    """How far a column reaches from left to right, in points."""

    x0: float
    x1: float

    def shared(self, x0: float, x1: float) -> float:
        """The width that it shares with the stretch, negative where they lie apart."""
        return min(self.x1, x1) - max(self.x0, x0)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table from left to right, and the middles of the white between them."""

    extents: tuple[Extent, ...]
    edges: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.extents)

    def __getitem__(self, index: int) -> Extent:
        return self.extents[index]

    def own(self, piece: Piece) -> int:
        """The index of the column that the middle of the piece stands in."""
        return bisect.bisect(self.edges, piece.middle)

    def reached(self, piece: Piece, own: int) -> tuple[int, int]:
        """The first and the last column that the piece reaches into, from its own one on."""
        first = last = own
        while first > 0 and self._reaches(piece, first - 1):
            first -= 1
        while last + 1 < len(self.extents) and self._reaches(piece, last + 1):
            last += 1
        return first, last

    def _reaches(self, piece: Piece, index: int) -> bool:
        extent = self.extents[index]
        least = max(REACH_POINTS, REACH_SHARE * (extent.x1 - extent.x0))
        return extent.shared(piece.x0, piece.x1) > least


def columns_of(rows: Sequence[Sequence[Piece]]) -> Columns:
    """The columns, none where there are too many."""
    extents = _extents(rows)
    middles = ((left.x1 + right.x0) / 2 for left, right in itertools.pairwise(extents))
    return Columns(extents=tuple(extents), edges=tuple(middles))


def _extents(rows: Sequence[Sequence[Piece]]) -> list[Extent]:
    """How far the columns reach; rows with few pieces say nothing of where columns part."""
    counts = sorted((len(row) for row in rows), reverse=True)
    if len(counts) < 2:
        return []
    usual = counts[max(1, len(counts) // 4)]  # badly stretched lines have more pieces than columns
    full = [row for row in rows if len(row) >= max(2, FULL_ROW * usual)]
    if not full:
        return []
    telling = full[1:] if len(full) >= HEADED_FROM else full  # heads reach over columns, and beyond their own
    size = max(piece.line.size for row in full for piece in row)
    pieces = [piece for row in telling for piece in row]
    stretches = _covered(pieces, crossings=0)
    if len(stretches) > MOST_COLUMNS * 4:
        return []
    crossings = round(CROSSING_SHARE * len(telling))
    stretches = [inner for stretch in stretches for inner in _inner(stretch, pieces, crossings=crossings)]
    body = rows[rows.index(full[0]) :]  # what stands above the first full row heads several columns
    columns = _grown(_parted(stretches, body, telling, size=size), body)
    for row in rows:
        if len(columns) > MOST_COLUMNS:
            return []
        columns = _with_strays(columns, row[:MOST_COLUMNS])
    return columns


def _covered(pieces: Iterable[Piece], *, crossings: int) -> list[Extent]:
    """The stretches of the line that more pieces cover than may cross a gap."""
    events = sorted([(piece.x0, 1) for piece in pieces] + [(piece.x1, -1) for piece in pieces])
    extents: list[Extent] = []
    depth, begin = 0, 0.0
    for place, step in events:
        before, depth = depth, depth + step
        if before <= crossings < depth:
            begin = place
        elif depth <= crossings < before:
            extents.append(Extent(begin, place))
    return extents


def _inner(stretch: Extent, pieces: Iterable[Piece], *, crossings: int) -> list[Extent]:
    """The stretch cut where no more pieces run than may cross the white between two columns."""
    within = [piece for piece in pieces if stretch.x0 <= piece.x0 and piece.x1 <= stretch.x1]
    return (_covered(within, crossings=crossings) if crossings else []) or [stretch]


def _parted(
    stretches: Sequence[Extent],
    rows: Sequence[Sequence[Piece]],
    telling: Sequence[Sequence[Piece]],
    *,
    size: float,
) -> list[Extent]:
    """The stretches, drawn together over white that parts no columns."""
    columns: list[Extent] = []
    for extent in stretches:
        if columns and not _is_gap(Extent(columns[-1].x1, extent.x0), rows, telling, size=size):
            columns[-1] = Extent(columns[-1].x0, extent.x1)
        else:
            columns.append(extent)
    return columns


def _grown(columns: Sequence[Extent], rows: Sequence[Sequence[Piece]]) -> list[Extent]:
    """The columns as wide as all pieces that stand in one alone."""
    ends = [column.x1 for column in columns]
    begins = [column.x0 for column in columns]
    grown = list(columns)
    for piece in itertools.chain.from_iterable(rows):
        first, last = bisect.bisect(ends, piece.x0), bisect.bisect_left(begins, piece.x1) - 1
        if first == last:
            x0, x1 = grown[first]
            grown[first] = Extent(min(x0, piece.x0), max(x1, piece.x1))
    return grown


def _is_gap(
    white: Extent, rows: Sequence[Sequence[Piece]], telling: Sequence[Sequence[Piece]], *, size: float
) -> bool:
    """Whether the white is wide enough to part columns, and few rows run across it."""
    width = white.x1 - white.x0
    middle = (white.x0 + white.x1) / 2
    if width < NARROW_GAP_EM * size:
        return False
    crossing = sum([any(x0 <= white.x0 and white.x1 <= x1 for _, x0, x1, _ in row) for row in rows])
    if crossing > MOST_CROSSING * len(rows):
        return False
    if width >= COLUMN_GAP_EM * size:
        return True
    broken = sum(
        1 for row in telling if any(left.x1 <= middle <= right.x0 for left, right in itertools.pairwise(row))
    )
    return broken >= NARROW_SUPPORT * len(telling)


def _with_strays(columns: list[Extent], row: Sequence[Piece]) -> list[Extent]:
    """The columns, with one more for each piece that lies between or beside them all."""
    for piece in row if len(row) > 1 else ():
        after = bisect.bisect(columns, (piece.x0,))
        reach = piece.line.size
        clear_before = after == 0 or columns[after - 1].x1 + reach < piece.x0
        if clear_before and (after == len(columns) or piece.x1 + reach < columns[after].x0):
            columns = [*columns[:after], Extent(piece.x0, piece.x1), *columns[after:]]
    return columns
