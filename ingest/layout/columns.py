"""Columns: how far to the left and right the lines around a line reach."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pages.printed_lines import PrintedLine

LONG_LINE = 20  # characters; shorter lines say little about where a column ends
EDGE_STEP = 2.0
LEAST_SHARE = 0.15


@dataclass(slots=True, kw_only=True)  # not frozen, which costs more than all else of it; nobody changes one
class Column:
    """A column of text; `index` is 0 and 1 for the two columns of a page, -1 for lines across the page."""

    index: int
    left: float
    right: float

    @property
    def width(self) -> float:
        """The width in points."""
        return self.right - self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class PageColumns:
    """The columns of one page; `middle` is where two columns part, or None."""

    middle: float | None
    columns: tuple[Column, ...]

    def of(self, line: PrintedLine) -> Column:
        """The column that the line stands in."""
        index = _index(line, self.middle)
        for column in self.columns:
            if column.index == index:
                return column
        return Column(index=index, left=line.box.x0, right=line.box.x1)


def page_columns(lines: Sequence[PrintedLine], *, size: float) -> PageColumns:
    """The columns that the page's lines of about the given font size stand in."""
    long = [line for line in lines if len(line.text) >= LONG_LINE and abs(line.size - size) < 1.6]
    if not long:
        long = list(lines)
    if not long:
        return PageColumns(middle=None, columns=())
    middle = _middle(long)
    members: dict[int, list[PrintedLine]] = {-1: [], 0: [], 1: []}
    for line in long:
        members[_index(line, middle)].append(line)
    columns = (
        Column(index=index, left=_edge(inside, side="left"), right=_edge(inside, side="right"))
        for index, inside in members.items()
        if inside
    )
    return PageColumns(middle=middle, columns=tuple(columns))


def _middle(lines: Sequence[PrintedLine]) -> float | None:
    begins, ends = [line.box.x0 for line in lines], [line.box.x1 for line in lines]
    left, right = min(begins), max(ends)
    middle = (left + right) / 2
    slack = (right - left) * 0.03
    before = len([x for x in ends if x < middle + slack])
    after = len([x for x in begins if x > middle - slack])
    across = len(lines) - before - after
    both = min(before, after)
    if both >= 5 and before + after > across:
        return middle
    return None


def _index(line: PrintedLine, middle: float | None) -> int:
    if middle is None:
        return -1
    if line.box.x1 < middle + 0.06 * middle:
        return 0
    if line.box.x0 > middle - 0.06 * middle:
        return 1
    return -1


def _edge(lines: Sequence[PrintedLine], *, side: str) -> float:
    """The outermost place where enough lines begin or end."""
    places = [line.box.x0 if side == "left" else line.box.x1 for line in lines]
    counts = Counter([round(place / EDGE_STEP) for place in places])
    enough = max(2.0, LEAST_SHARE * len(places))
    often = [
        step
        for step, count in counts.items()
        if count + counts.get(step + 1, 0) + counts.get(step - 1, 0) >= enough
    ]
    if not often:
        return min(places) if side == "left" else max(places)
    edge = (min(often) if side == "left" else max(often)) * EDGE_STEP
    near = [place for place in places if abs(place - edge) <= 2 * EDGE_STEP]
    return (min(near) if side == "left" else max(near)) if near else edge
