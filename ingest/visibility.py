"""Whether a person can see a piece of a page's text."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pymupdf
    from numpy.typing import NDArray

SMALLEST_SIZE = 2.0
NEARLY_WHITE = 0xE8
CONTRAST_LEVELS = 24  # of 256: less than this between the lightest and the darkest pixel reads as blank
RENDER_DPI = 100
MAX_RENDER_PIXELS = 4_000_000
PAINTED = 16 | 32  # the engine's flags for filled and stroked characters


class Unseen(StrEnum):
    """Why a person cannot see the text; the value completes "left out ... characters"."""

    UNPAINTED = "drawn invisibly"
    TINY = f"smaller than {SMALLEST_SIZE:g} pt"
    OFF_PAGE = "outside the page"
    NO_CONTRAST = "in the colour of their background"


class PageSight:
    """Tells what can be seen on one page; renders the page only where a colour raises the question."""

    def __init__(self, page: "pymupdf.Page") -> None:
        self._page = page
        shown = page.rect * page.derotation_matrix
        self._bounds = (
            min(shown.x0, shown.x1),
            min(shown.y0, shown.y1),
            max(shown.x0, shown.x1),
            max(shown.y0, shown.y1),
        )
        self._picture: NDArray[np.uint8] | None = None
        self._scale = 1.0

    def unseen(self, span: Mapping[str, Any]) -> Unseen | None:
        """Why the engine's text span cannot be seen, or None where it can."""
        box, color = span["bbox"], span["color"]
        if not span["char_flags"] & PAINTED or span["alpha"] == 0:
            return Unseen.UNPAINTED
        if span["size"] < SMALLEST_SIZE and box[3] - box[1] < SMALLEST_SIZE * 1.5:
            return Unseen.TINY
        left, top, right, bottom = self._bounds
        if box[2] <= left or box[0] >= right or box[3] <= top or box[1] >= bottom:
            return Unseen.OFF_PAGE
        if _is_nearly_white(color) and not self._shows_contrast(box):
            return Unseen.NO_CONTRAST
        return None

    def _shows_contrast(self, box: tuple[float, float, float, float]) -> bool:
        picture = self._rendered()
        left, top = self._bounds[0], self._bounds[1]
        x0, x1 = (round((x - left) * self._scale) for x in (box[0], box[2]))
        y0, y1 = (round((y - top) * self._scale) for y in (box[1], box[3]))
        window = picture[max(y0, 0) : max(y1, y0 + 1), max(x0, 0) : max(x1, x0 + 1)]
        return window.size > 0 and int(window.max()) - int(window.min()) >= CONTRAST_LEVELS

    def _rendered(self) -> "NDArray[np.uint8]":
        if self._picture is None:
            import pymupdf

            width, height = self._bounds[2] - self._bounds[0], self._bounds[3] - self._bounds[1]
            self._scale = min(RENDER_DPI / 72, (MAX_RENDER_PIXELS / max(width * height, 1.0)) ** 0.5)
            matrix = self._page.derotation_matrix * pymupdf.Matrix(self._scale, self._scale)
            pixels = self._page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
            rows = np.frombuffer(pixels.samples, dtype=np.uint8).reshape(pixels.height, pixels.stride)
            self._picture = rows[:, : pixels.width]
        return self._picture


def _is_nearly_white(color: int) -> bool:
    red, green, blue = color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF
    return min(red, green, blue) >= NEARLY_WHITE
