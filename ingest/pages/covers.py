"""The areas that a page, and the annotations on it, fill with colour over and under its text."""

from collections.abc import Iterator, Sequence
from heapq import nlargest
from typing import NamedTuple

from ingest.pages.bounds import Bounds, area, common_area
from ingest.pages.engine_blocks import Block

THINNEST = 4.0  # points: rules and underlines hide no text
THICKEST_LINE = 60.0  # points: a larger stroked shape is a frame
MOST_COVERS = 5000  # the largest of a page
OPAQUE = 230  # of 255
WHOLE_SHARE = 0.9
HIDING_SHARE = 0.5  # of a text's box: what is covered less can still be read
ROW_POINTS = 8.0
MOST_ROWS = 125
NO_COLOR = -1


class Cover(NamedTuple):
    """A painted area; `order` is its place among all that the page draws, `even` marks a whole rectangle."""

    order: int
    box: Bounds
    color: int
    opaque: bool
    even: bool

    def hides(self, box: Bounds) -> bool:
        """Whether nearly all of the box lies in it."""
        return common_area(box, self.box) >= WHOLE_SHARE * area(box)


class Covers:
    """The covers of a page, found by the height at which they lie."""

    def __init__(self, drawn: Sequence[Block]) -> None:
        found = list(_filled(drawn))
        if len(found) > MOST_COVERS:
            found = sorted(nlargest(MOST_COVERS, found, key=lambda cover: area(cover.box)))
        self._rows: dict[int, list[Cover]] = {}
        for cover in found:
            first, last = _row(cover.box[1]), _row(cover.box[3])
            for row in range(first, last + 1):
                self._rows.setdefault(row, []).append(cover)
        self._widths = {
            row: (min(cover.box[0] for cover in near), max(cover.box[2] for cover in near))
            for row, near in self._rows.items()
        }

    def touch(self, box: Bounds) -> bool:
        """Whether any of them may lie over or under a part of the box."""
        if not self._widths:
            return False
        rows = range(_row(box[1]), _row(box[3]) + 1)
        widths = (self._widths[row] for row in rows if row in self._widths)
        return any(left <= box[2] and box[0] <= right for left, right in widths)

    def over(self, box: Bounds, order: int) -> Sequence[Cover]:
        """The opaque covers that the page draws later over the box, if together they hide half of it."""
        later = [cover for cover in self._at(box) if cover.order > order and cover.opaque]
        if not later:
            return ()
        hidden = sum(common_area(box, cover.box) for cover in later)
        return later if hidden >= HIDING_SHARE * max(area(box), 1e-6) else ()

    def under(self, box: Bounds, order: int) -> Cover | None:
        """The last cover on which most of the box lies, of those that the page draws earlier."""
        near = self._at(box)
        needed = HIDING_SHARE * max(area(box), 1e-6) if near else 0.0
        for cover in reversed(near):
            if cover.order < order and common_area(box, cover.box) >= needed:
                return cover
        return None

    def _at(self, box: Bounds) -> Sequence[Cover]:
        """The covers on the middle of whose height the box has a part, in the order of drawing."""
        x0, x1, y = box[0], box[2], (box[1] + box[3]) / 2
        near = self._rows.get(_row(y))
        if near is None:
            return ()
        return [
            cover
            for cover in near
            if cover.box[1] <= y <= cover.box[3] and cover.box[0] < x1 and cover.box[2] > x0
        ]


def _filled(drawn: Sequence[Block]) -> Iterator[Cover]:
    for block in drawn:
        if block["type"] != 3:
            continue
        x0, y0, x1, y1 = block["bbox"]
        thickness = min(x1 - x0, y1 - y0)
        if thickness < THINNEST or (block["stroked"] and (not block["isrect"] or thickness > THICKEST_LINE)):
            continue
        yield Cover(
            order=block["number"],
            box=(x0, y0, x1, y1),
            color=NO_COLOR if block["stroked"] else block["color"],
            opaque=block["alpha"] >= OPAQUE,
            even=block["isrect"] and not block["stroked"],
        )


def _row(y: float) -> int:
    return int(min(max(y / ROW_POINTS, 0.0), MOST_ROWS)) if y == y else 0  # NaN is in no row
