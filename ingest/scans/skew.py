"""By how many degrees the lines of a scanned page are askew, and whether they run from top to bottom.

The projection profile method (Baird, 1987): summed up along its lines of text, a page's ink changes abruptly
from line to line, and the more abruptly the better the direction of the sum is that of the lines.
"""

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image, Transpose

    Values = np.ndarray[Any, np.dtype[Any]]

MOST_DEGREES = 5.0
SURELY = 3.0  # times as abrupt; pages of prose have 3 to 25, tables 1 or less
_COARSE, _FINE = 0.25, 0.05
_LONGEST_SIDE = 1100  # pixels; a hundred to an inch of paper show lines well
_LEAST_INK = 200  # pixels


def skew_degrees(picture: "Image") -> float:
    """How far the picture's lines are turned counterclockwise, within 5 degrees; 0 where none can be seen."""
    ink = _Ink.of(picture)
    if ink.count < _LEAST_INK:
        return 0.0
    coarse: float = max(_angles(0.0, MOST_DEGREES, _COARSE), key=ink.abruptness)
    fine: float = max(_angles(coarse, _COARSE, _FINE), key=ink.abruptness)
    return round(fine, 2)


def is_sideways(picture: "Image") -> bool:
    """Whether the lines of text surely run from top to bottom or back, as those of a page of prose would.

    The columns of a table or program may well be straighter than its lines.
    """
    level, upright = _Ink.of(picture), _Ink.of(picture.transpose(_transposition()))
    angles = _angles(0.0, MOST_DEGREES, 2 * _COARSE)
    along, across = max(map(level.abruptness, angles)), max(map(upright.abruptness, angles))
    return across > SURELY * along


def _transposition() -> "Transpose":
    from PIL.Image import Transpose

    return Transpose.ROTATE_90


def _angles(middle: float, reach: float, step: float) -> list[float]:
    """From the middle outwards, so that of equal ones the nearest to it wins."""
    count = round(reach / step)
    return [middle + step * number for number in sorted(range(-count, count + 1), key=abs)]


class _Ink:
    """The dark pixels of a picture, or the light ones of a dark one, each by its row and column."""

    def __init__(self, rows: "Values", columns: "Values") -> None:
        self.rows = rows
        self.columns = columns
        self.count = len(rows)

    @classmethod
    def of(cls, picture: "Image") -> "_Ink":
        import numpy as np

        small = picture.reduce(max(1, math.ceil(max(picture.size) / _LONGEST_SIDE)))
        values = np.asarray(small.convert("L"))
        dark = values < ink_threshold(values)
        rows, columns = np.nonzero(dark if 2 * np.count_nonzero(dark) <= dark.size else ~dark)
        return cls(rows.astype(np.float32), columns.astype(np.float32))

    def abruptness(self, degrees: float) -> float:
        """How much the ink differs between neighbouring lines of pixels in this direction."""
        import numpy as np

        if not self.count:
            return 0.0
        levels = self.rows + self.columns * math.tan(math.radians(degrees))
        levels -= levels.min()
        profile = np.bincount(levels.astype(np.int32))
        return float(np.square(np.diff(profile)).sum())


def ink_threshold(values: "Values") -> float:
    """The grey level that parts ink from paper best (Otsu, 1979)."""
    import numpy as np

    counts = np.bincount(values.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    sums = np.cumsum(counts * np.arange(256))
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (sums[-1] * below / below[-1] - sums) ** 2 / (below * (below[-1] - below))
    return float(np.nanargmax(np.nan_to_num(between, nan=-1.0, posinf=-1.0))) + 1
