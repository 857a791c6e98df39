"""Pictures of parts of a page, looked at for the traces of text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ingest.pages.bounds import Bounds

if TYPE_CHECKING:
    import pymupdf

CONTRAST_LEVELS = 24  # of 256: less than this between the lightest and the darkest pixel reads as blank
CHANGED_LEVELS = 16  # of 256: what anti-aliasing and rounding may change without text
COARSE_DPI, FINE_DPI = 50, 100
MAX_RENDER_PIXELS = 4_000_000
LEAST_PIXELS_HIGH = 4


class PagePicture:
    """The part of a page, as it is without its rotation, in which some boxes lie."""

    def __init__(self, page: "pymupdf.Page", boxes: Sequence[Bounds], *, dpi: int = FINE_DPI) -> None:
        import pymupdf

        part = pymupdf.Rect(
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )
        shown = (part * page.rotation_matrix).normalize() & page.rect
        self._scale = min(dpi / 72, (MAX_RENDER_PIXELS / max(shown.width * shown.height, 1.0)) ** 0.5)
        self._pixels = None
        if shown.width * self._scale >= 1 and shown.height * self._scale >= 1:
            matrix = page.derotation_matrix * pymupdf.Matrix(self._scale, self._scale)
            self._pixels = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False, clip=shown)

    def can_judge(self, box: Bounds) -> bool:
        """Whether the box is large enough in the picture to say anything of it."""
        return self._pixels is not None and (box[3] - box[1]) * self._scale >= LEAST_PIXELS_HIGH

    def shows_contrast(self, box: Bounds) -> bool:
        """Whether the box is more than one flat colour, or cannot be judged."""
        if not self.can_judge(box):
            return True
        darkest, lightest = [255] * 3, [0] * 3
        for row in self._rows(box):
            for channel in range(3):
                levels = row[channel::3]
                darkest[channel] = min(darkest[channel], *levels)
                lightest[channel] = max(lightest[channel], *levels)
                if lightest[channel] - darkest[channel] >= CONTRAST_LEVELS:
                    return True  # as the first rows of most text do
        return False

    def differs(self, other: "PagePicture", box: Bounds) -> bool:
        """Whether the other picture of the same part looks different in the box."""
        for row, theirs in zip(self._rows(box), other._rows(box), strict=True):
            if row != theirs and any(
                abs(one - another) >= CHANGED_LEVELS for one, another in zip(row, theirs, strict=True)
            ):
                return True
        return False

    def _rows(self, box: Bounds) -> Iterator[bytes]:
        """Yields the rows of pixels in the box, three bytes a pixel."""
        pixels = self._pixels
        if pixels is None:
            return
        samples = pixels.samples_mv
        x0, x1 = (min(max(round(x * self._scale) - pixels.x, 0), pixels.width) for x in (box[0], box[2]))
        y0, y1 = (min(max(round(y * self._scale) - pixels.y, 0), pixels.height) for y in (box[1], box[3]))
        if x0 < x1:
            for y in range(y0, y1):
                yield bytes(samples[y * pixels.stride + 3 * x0 : y * pixels.stride + 3 * x1])


def blank_boxes(page: "pymupdf.Page", boxes: Sequence[Bounds]) -> set[Bounds]:
    """Those of the boxes that are one flat colour; a coarse picture, which costs little, clears most."""
    coarse = PagePicture(page, boxes, dpi=COARSE_DPI)
    left = [box for box in boxes if not (coarse.can_judge(box) and coarse.shows_contrast(box))]
    if not left:
        return set()
    fine = PagePicture(page, left)
    return {box for box in left if not fine.shows_contrast(box)}
