"""Pictures of pages for OCR, turned and straightened."""

from typing import TYPE_CHECKING

from ingest.limits import ReadingLimits
from ingest.pages.lie import Lie
from ingest.scans.skew import skew_degrees

if TYPE_CHECKING:
    import pymupdf
    from PIL.Image import Image

LEAST_SKEW_DEGREES = 0.1  # of which OCR takes no notice
_POINTS_PER_INCH = 72


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
