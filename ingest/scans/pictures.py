"""Pictures of pages for OCR, turned and straightened, and the way back from them to the page as shown."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.limits import ReadingLimits
from ingest.scans.skew import skew_degrees
from records import Box

if TYPE_CHECKING:
    import pymupdf
    from PIL.Image import Image

LEAST_SKEW_DEGREES = 0.1  # of which OCR takes no notice
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """How a page lies on its scan: what was done to the picture before it was read.

    The page as shown, `width` by `height` points, was turned clockwise by `turn` degrees, a multiple of 90,
    and then clockwise by `skew_degrees` about its middle, which made it `straight_width` by
    `straight_height` points.
    """

    width: float
    height: float
    turn: int = 0
    skew_degrees: float = 0.0
    straight_width: float
    straight_height: float

    @property
    def is_plain(self) -> bool:
        """Whether nothing was done."""
        return not self.turn and not self.skew_degrees

    def as_shown(self, box: Box) -> Box:
        """The box around what stands in this box of the straightened page."""
        corners = [self.point_as_shown(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return Box(x0=min(across), y0=min(down), x1=max(across), y1=max(down))

    def point_as_shown(self, x: float, y: float) -> tuple[float, float]:
        """Where the straightened page's point is on the page as shown."""
        angle = math.radians(self.skew_degrees)
        x, y = x - self.straight_width / 2, y - self.straight_height / 2
        x, y = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
        x, y = {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[self.turn]
        return x + self.width / 2, y + self.height / 2


def affordable_dpi(page: "pymupdf.Page", limits: ReadingLimits) -> int:
    """The resolution for OCR, lower where the page is so large that its picture would be too big."""
    area = max(page.rect.width * page.rect.height / _POINTS_PER_INCH**2, 1e-6)
    return max(1, min(limits.ocr_dpi, int((limits.max_page_pixels / area) ** 0.5)))


def scan_picture(page: "pymupdf.Page", dpi: int) -> "Image":
    """The page as shown, in grey."""
    import pymupdf
    from PIL import Image

    pixels = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
    return Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)


def turned(picture: "Image", turn: int) -> "Image":
    """The picture turned clockwise by a multiple of 90 degrees."""
    return picture.rotate(-turn, expand=True) if turn else picture


def straightened(picture: "Image", *, turn: int, dpi: int) -> tuple["Image", Lie]:
    """The picture turned clockwise and its lines made level, and how it lay."""
    from PIL.Image import Resampling

    points = _POINTS_PER_INCH / dpi
    level = turned(picture, turn)
    skew = skew_degrees(level)
    if abs(skew) < LEAST_SKEW_DEGREES:
        skew = 0.0
    else:
        level = level.rotate(-skew, resample=Resampling.BICUBIC, expand=True, fillcolor=255)
    return level, Lie(
        width=picture.width * points,
        height=picture.height * points,
        turn=turn,
        skew_degrees=skew,
        straight_width=level.width * points,
        straight_height=level.height * points,
    )
