"""Scans made of born-digital pages: pictures of them, clean or as a bad scanner would have it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pymupdf
from PIL import Image

if TYPE_CHECKING:
    import numpy as np

TILT_DEGREES = 1.2  # counterclockwise, as Pillow turns pictures
NOISE = 14.0  # standard deviation, of 255 grey levels
JPEG_QUALITY = 45
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How a page is scanned; a degraded one is tilted by 1.2 degrees, noisy, and saved as a poor JPEG."""

    dpi: int
    degraded: bool

    @property
    def name(self) -> str:
        """As it stands in the report: "300 clean"."""
        return f"{self.dpi} {'degraded' if self.degraded else 'clean'}"

    @property
    def tilt_degrees(self) -> float:
        """By how much the page lies askew, counterclockwise."""
        return TILT_DEGREES if self.degraded else 0.0


CONDITIONS = tuple(
    Condition(dpi=dpi, degraded=degraded) for degraded in (False, True) for dpi in (150, 200, 300)
)


def spread_pages(path: Path, most: int) -> tuple[int, ...]:
    """Up to `most` page indices: the middles of so many equal parts of the file."""
    with pymupdf.open(path) as pdf:
        count = pdf.page_count
    if count <= most:
        return tuple(range(count))
    return tuple((2 * index + 1) * count // (2 * most) for index in range(most))


def write_selection(path: Path, pages: Sequence[int], to: Path) -> None:
    """A PDF of these pages alone."""
    with pymupdf.open(path) as pdf:
        pdf.select(list(pages))
        pdf.save(to)


def write_scan(path: Path, condition: Condition, to: Path) -> None:
    """A PDF of the same pages and page sizes that holds nothing but their pictures."""
    import numpy as np  # not before the worker has told it to use one thread

    noise = np.random.default_rng(5)
    with pymupdf.open(path) as digital, pymupdf.open() as scan:
        for source in digital:
            page = scan.new_page(width=source.rect.width, height=source.rect.height)
            page.insert_image(page.rect, stream=_picture(source, condition, noise))
        scan.save(to)


def _picture(page: pymupdf.Page, condition: Condition, noise: "np.random.Generator") -> bytes:
    import numpy as np

    pixels = page.get_pixmap(dpi=condition.dpi, colorspace=pymupdf.csGRAY, alpha=False)
    if not condition.degraded:
        return bytes(pixels.tobytes("png"))
    grey = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    grey = grey.rotate(condition.tilt_degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    values = np.asarray(grey, dtype=np.float32)
    values = values + noise.normal(0.0, NOISE, values.shape).astype(np.float32)
    stream = io.BytesIO()
    Image.fromarray(values.clip(0, 255).astype(np.uint8)).save(stream, "JPEG", quality=JPEG_QUALITY)
    return stream.getvalue()
