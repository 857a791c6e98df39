"""Tables: the lines over or under a caption that stand in columns, told from the text around them."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.layout.blocks import Block, Look, Role
from ingest.layout.captions import caption_kind, label_of
from ingest.layout.grid import Grid
from ingest.pages.printed_lines import PrintedLine
from ingest.tables.grids import grid_of
from ingest.tables.pieces import piece_count
from ingest.tables.surroundings import ends_tables, is_prose_beside
from records import CaptionKind

MOST_LINES = 800  # of a table on one page; what has more is a picture made of letters
MOST_CAPTIONS = 24  # of tables on one page
FIRST_GAP_POINTS = 34.0  # between a caption and its table
ROW_GAP_EM = 2.6
TABULAR_SHARE = 0.5  # of the rows of a table have two cells or more
LEAST_BARE_ROWS = 3
LEAST_BARE_COLUMNS = 3
BARE_FILLED_SHARE = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A caption's table; `above` tells that it stands over the caption, `gap` how far away, in points."""

    lines: tuple[PrintedLine, ...]
    grid: Grid
    above: bool
    gap: float


def with_tables(blocks: Sequence[Block], look: Look) -> list[Block]:
    """The blocks, with every table's lines in one block with a grid, next to the table's caption."""
    pages = [list(page) for _, page in itertools.groupby(blocks, key=lambda block: block.page)]
    choices = [_choices(page, look) for page in pages]
    usual = _usual_place(choice for page in choices for choice in page.values())
    return [
        block
        for page, found in zip(pages, choices, strict=True)
        for block in _rebuilt(page, _settled(found, above=usual), look)
    ]


def _choices(page: Sequence[Block], look: Look) -> dict[int, list[_Found]]:
    """For each caption of a table, by its index on the page, the tables that may be its own."""
    captions = [
        index
        for index, block in enumerate(page)
        if block.role is Role.CAPTION and caption_kind(block.text) is CaptionKind.TABLE
    ]
    if not 0 < len(captions) <= MOST_CAPTIONS or sum(len(block.lines) for block in page) > MOST_LINES:
        return {}
    running = {id(block) for block in page if ends_tables(block, page, look)}
    grids = _Grids()
    return {
        index: [
            found
            for above in (True, False)
            if (found := _beside(page[index], _reached(page[index], page, running, above=above), grids))
        ]
        for index in captions
    }


def _usual_place(choices: Iterable[Sequence[_Found]]) -> bool | None:
    """Whether tables stand above their captions, by those that leave no choice; None where it is open."""
    votes = Counter(found[0].above for found in choices if len(found) == 1)
    if votes[True] == votes[False]:
        return None
    return votes[True] > votes[False]


def _settled(choices: Mapping[int, Sequence[_Found]], *, above: bool | None) -> dict[int, _Found]:
    """One table for each caption that has one, no line in two of them."""
    pairs = [(index, one) for index, found in choices.items() for one in found]
    pairs.sort(key=lambda pair: (above is not None and pair[1].above is not above, pair[1].gap))
    settled: dict[int, _Found] = {}
    taken: set[int] = set()
    for index, one in pairs:
        lines = {id(line) for line in one.lines}
        if index not in settled and not taken & lines:
            settled[index] = one
            taken |= lines
    return settled


class _Grids:
    """Makes grids, each once: the lines under one caption are those over the next."""

    def __init__(self) -> None:
        self._made: dict[frozenset[int], Grid | None] = {}

    def of(self, lines: Sequence[PrintedLine]) -> Grid | None:
        """The grid of the lines, if they make a table."""
        key = frozenset(map(id, lines))
        if key not in self._made:
            grid = grid_of(lines) if len(lines) > 1 else None
            self._made[key] = grid if grid is not None and _is_tabular(grid) else None
        return self._made[key]


def _beside(caption: Block, reached: Iterable[PrintedLine], grids: _Grids) -> _Found | None:
    """The table that the lines right over or right under the caption make, if they do."""
    lines = tuple(reached)
    grid = grids.of(lines)
    if grid is None:
        return None
    over = caption.lines[0].box.y0 - max(line.box.y1 for line in lines)
    under = min(line.box.y0 for line in lines) - caption.lines[-1].box.y1
    return _Found(lines=lines, grid=grid, above=over > under, gap=max(over, under))


def _reached(
    caption: Block, page: Sequence[Block], running: set[int], *, above: bool
) -> Iterator[PrintedLine]:
    """The lines from the caption outwards up to running text, a heading, another caption or a wide gap."""
    lines = [(line, block) for block in page if block is not caption for line in block.lines]
    left, right = caption.lines[0].box.x0, max(line.box.x1 for line in caption.lines)
    edge = caption.lines[0].box.y0 if above else caption.lines[-1].box.y1
    band = _band(caption, page)
    gap = FIRST_GAP_POINTS
    for line, block in sorted(lines, key=lambda one: -one[0].box.y1 if above else one[0].box.y0):
        distance = edge - line.box.y1 if above else line.box.y0 - edge
        if distance < -0.5 * line.size and gap == FIRST_GAP_POINTS:
            continue
        if not _in_band(line, band):
            continue
        if id(block) in running:
            if line.box.x0 < right and line.box.x1 > left:
                return
            continue
        if line.box.x1 < left and is_prose_beside(block):
            continue
        if distance > gap:
            return
        yield line
        left, right = min(left, line.box.x0), max(right, line.box.x1)
        edge = min(edge, line.box.y0) if above else max(edge, line.box.y1)
        gap = ROW_GAP_EM * line.size


def _band(caption: Block, page: Sequence[Block]) -> tuple[float, float]:
    """The caption's column of the page, up to halfway to a caption beside it."""
    columns = [block.column for block in page] if caption.column.index < 0 else [caption.column]
    left, right = min(column.left for column in columns), max(column.right for column in columns)
    x0, x1 = caption.lines[0].box.x0, max(line.box.x1 for line in caption.lines)
    for other in page:
        if other.role is not Role.CAPTION or other is caption:
            continue
        first = other.lines[0].box
        if first.y0 > caption.lines[-1].box.y1 or other.lines[-1].box.y1 < caption.lines[0].box.y0:
            continue
        if first.x0 > x1:
            right = min(right, (x1 + first.x0) / 2)
        elif max(line.box.x1 for line in other.lines) < x0:
            left = max(left, (x0 + max(line.box.x1 for line in other.lines)) / 2)
    return left, right


def _in_band(line: PrintedLine, band: tuple[float, float]) -> bool:
    """Whether most of the line stands in the caption's part of the page."""
    shared = min(line.box.x1, band[1]) - max(line.box.x0, band[0])
    return shared >= 0.5 * line.width


def _is_tabular(grid: Grid) -> bool:
    filled = Counter(cell.row for cell in grid.cells if cell.lines)
    rows = sum(1 for count in filled.values() if count > 1)
    return rows >= 2 and rows >= TABULAR_SHARE * grid.row_count


def _rebuilt(page: Sequence[Block], tables: Mapping[int, _Found], look: Look) -> Iterator[Block]:
    """The page's blocks without the lines of the tables, and the tables beside their captions."""
    taken = {id(line) for found in tables.values() for line in found.lines}
    bare = dict(_bare_tables(page, taken, look))
    taken |= {id(line) for found in bare.values() for line in found.lines}
    if not taken:
        yield from page
        return
    for index, block in enumerate(page):
        found = tables.get(index) or bare.get(index)
        if found is not None and found.above:
            yield _table_block(found.grid, block)
        rest = tuple(line for line in block.lines if id(line) not in taken)
        if rest:
            yield block if len(rest) == len(block.lines) else replace(block, lines=rest)
        if found is not None and not found.above:
            yield _table_block(found.grid, block)


def _table_block(grid: Grid, beside: Block) -> Block:
    lines = tuple(line for cell in grid.cells for line in cell.lines)
    label = label_of(beside.text) if beside.role is Role.CAPTION else ""
    return replace(beside, lines=lines, role=Role.TABLE, grid=replace(grid, label=label))


def _bare_tables(page: Sequence[Block], taken: set[int], look: Look) -> Iterator[tuple[int, _Found]]:
    """The tables without a caption, by the index of the first block of each."""
    for first, end in _gapped_runs(page, taken, look):
        near = page[max(0, first - 1) : end + 1]
        lines = tuple(line for block in page[first:end] for line in block.lines)
        if any(other.role is Role.CAPTION for other in near) or len(lines) < LEAST_BARE_ROWS:
            continue
        grid = grid_of(lines)
        if grid is not None and _is_full(grid):
            yield first, _Found(lines=lines, grid=grid, above=True, gap=0.0)


def _gapped_runs(page: Sequence[Block], taken: set[int], look: Look) -> Iterator[tuple[int, int]]:
    """The runs of neighbouring blocks, as first and end index, whose lines all have several cells."""
    begin: int | None = None
    for index, block in enumerate(page):
        goes_on = _is_gapped(block, look) and id(block.lines[0]) not in taken
        if begin is not None and not (goes_on and _is_near(page[index - 1], block)):
            yield begin, index
            begin = None
        if goes_on and begin is None:
            begin = index
    if begin is not None:
        yield begin, len(page)


def _is_gapped(block: Block, look: Look) -> bool:
    """Whether most of the block's lines may be rows of three cells or more."""
    first, count = block.lines[0], len(block.lines)
    if block.role is not Role.TABLE and (block.role is not Role.PROSE or count > 1):
        return False
    if abs(first.size - look.size) > 3 or count > MOST_LINES:
        return False
    if block.role is Role.PROSE and first.width > 0.9 * block.column.width:
        return False
    rows = len([line for line in block.lines if piece_count(line) >= LEAST_BARE_COLUMNS])
    return rows >= 0.75 * count


def _is_near(upper: Block, lower: Block) -> bool:
    white = lower.lines[0].box.y0 - upper.lines[-1].box.y1
    return -0.5 * lower.size < white < ROW_GAP_EM * lower.size


def _is_full(grid: Grid) -> bool:
    filled = sum(1 for cell in grid.cells if cell.lines)
    large = grid.column_count >= LEAST_BARE_COLUMNS and grid.row_count >= LEAST_BARE_ROWS
    return large and filled >= BARE_FILLED_SHARE * len(grid.cells)
