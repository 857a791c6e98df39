"""Whether a person can see a piece of a page's text."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pymupdf

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
        self._picture: tuple[_Grey, float] | None = None

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
        picture, scale = self._rendered()
        left, top = self._bounds[0], self._bounds[1]
        x0, x1 = (min(max(round((x - left) * scale), 0), picture.width) for x in (box[0], box[2]))
        y0, y1 = (min(max(round((y - top) * scale), 0), picture.height) for y in (box[1], box[3]))
        rows = [picture.samples[y * picture.stride + x0 : y * picture.stride + x1] for y in range(y0, y1)]
        rows = [row for row in rows if row]
        return bool(rows) and max(map(max, rows)) - min(map(min, rows)) >= CONTRAST_LEVELS

    def _rendered(self) -> tuple["_Grey", float]:
        """The page in grey without its rotation, and how many pixels it has to a point."""
        if self._picture is None:
            import pymupdf

            width, height = self._bounds[2] - self._bounds[0], self._bounds[3] - self._bounds[1]
            scale = min(RENDER_DPI / 72, (MAX_RENDER_PIXELS / max(width * height, 1.0)) ** 0.5)
            matrix = self._page.derotation_matrix * pymupdf.Matrix(scale, scale)
            pixels = self._page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
            grey = _Grey(
                samples=pixels.samples, width=pixels.width, height=pixels.height, stride=pixels.stride
            )
            self._picture = (grey, scale)
        return self._picture


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grey:
    """A picture with one byte a pixel, `stride` bytes a row."""

    samples: bytes
    width: int
    height: int
    stride: int


def _is_nearly_white(color: int) -> bool:
    red, green, blue = color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF
    return min(red, green, blue) >= NEARLY_WHITE
