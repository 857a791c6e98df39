"""The images of a page, and which of its text they are painted over."""

import re
from collections.abc import Sequence
from heapq import nlargest
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.pages.bounds import Bounds, area, common_area, meet
from ingest.pages.engine_errors import engine_errors

if TYPE_CHECKING:
    import pymupdf

MOST_OBJECTS = 200  # of a page's resources, looked at in search of an image
MOST_IMAGES = 50  # the largest of a page
MOST_PACKED_BYTES = 256 * 1024  # of a page's instructions, unpacked in search of an image among them
FAR_POINTS = 1e6
WHOLE_SHARE = 0.9
HIDING_SHARE = 0.5  # of a text's box, which the image has to cover
_INLINE_IMAGE = re.compile(rb"[ \n\r]BI\s")
_MAYBE_INLINE = (b" BI", b"\nBI", b"\rBI")  # found much faster than the pattern
_IMAGES = frozenset({"fill-image", "fill-shade"})
_SHADES = ("Shading", "Pattern")
_TEXTS = frozenset({"fill-text", "stroke-text", "ignore-text", "clip-text"})


def has_images(page: "pymupdf.Page") -> bool:
    """Whether the page may paint images or shadings: told by its resources, and by its own instructions."""
    import pymupdf

    mupdf = pymupdf.mupdf
    waiting = [mupdf.pdf_page_resources(pymupdf._as_pdf_page(page))]
    looked_at = 0
    while waiting and looked_at < MOST_OBJECTS:
        resources = waiting.pop()
        if any(mupdf.pdf_dict_len(mupdf.pdf_dict_get(resources, pymupdf.PDF_NAME(kind))) for kind in _SHADES):
            return True
        objects = mupdf.pdf_dict_get(resources, pymupdf.PDF_NAME("XObject"))
        for index in range(min(mupdf.pdf_dict_len(objects), MOST_OBJECTS)):
            one = mupdf.pdf_dict_get_val(objects, index)
            looked_at += 1
            if mupdf.pdf_to_name(mupdf.pdf_dict_get(one, pymupdf.PDF_NAME("Subtype"))) == "Image":
                return True
            waiting.append(mupdf.pdf_dict_get(one, pymupdf.PDF_NAME("Resources")))
    return _has_image_among_instructions(page)


def _has_image_among_instructions(page: "pymupdf.Page") -> bool:
    xrefs, pdf = page.get_contents(), page.parent
    packed = sum(len(pdf.xref_stream_raw(xref) or b"") for xref in xrefs)
    if packed > MOST_PACKED_BYTES:
        return True  # it may have one, and running the page costs less than unpacking it here
    try:
        return _INLINE_IMAGE.search(page.read_contents()) is not None
    except engine_errors():
        return False  # a bomb, and other instructions that cannot be unpacked at once


class Image(NamedTuple):
    """An image or shading; `at` is its place among what the page draws, `bounded` tells that it has edges."""

    at: int
    box: Bounds
    bounded: bool


class PageImages:
    """The images and shadings of a page in the order in which it draws them among its text."""

    def __init__(self, page: "pymupdf.Page") -> None:
        log: Sequence[Any] = page.get_bboxlog() if has_images(page) else ()
        self._texts = [(at, box) for at, (kind, box) in enumerate(log) if kind in _TEXTS]
        images = [Image(at, box, _is_bounded(box)) for at, (kind, box) in enumerate(log) if kind in _IMAGES]
        self._images = nlargest(MOST_IMAGES, images, key=lambda image: area(image.box))
        self.largest_share = _largest_share(page, [image.box for image in self._images if image.bounded])

    def touch(self, box: Bounds) -> bool:
        """Whether any of them lies over or under a part of the box."""
        return any(meet(image.box, box) for image in self._images)

    def underlie(self, box: Bounds) -> bool:
        """Whether all of the box lies where an image is."""
        return any(
            image.bounded and common_area(image.box, box) >= WHOLE_SHARE * area(box) for image in self._images
        )

    def over(self, box: Bounds) -> Image | None:
        """The last image that is painted over the box after the last text in its middle."""
        hiding = (image for image in self._images if common_area(image.box, box) >= HIDING_SHARE * area(box))
        last = max(hiding, default=None)
        if last is None:
            return None
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        texts = [at for at, (x0, y0, x1, y1) in self._texts if x0 <= x <= x1 and y0 <= y <= y1]
        return last if texts and last.at > max(texts) else None


def image_share(page: "pymupdf.Page") -> float:
    """The part of the page that the largest of all its pictures covers, in [0, 1].

    Unlike `PageImages.largest_share` it counts what cannot hide text: stencils, of which many scans of one
    bit a pixel are made, and shadings within their clipping path.
    """
    return _largest_share(page, [image["bbox"] for image in page.get_image_info()])


def _largest_share(page: "pymupdf.Page", boxes: Sequence[Bounds]) -> float:
    """The part of the page that the largest box covers; boxes, as the engine's are, on the page unrotated."""
    if not boxes:
        return 0.0
    bounds = tuple((page.rect * page.derotation_matrix).normalize())
    return max(common_area(box, bounds) for box in boxes) / (area(bounds) or 1.0)


def _is_bounded(box: Bounds) -> bool:
    return all(abs(edge) < FAR_POINTS for edge in box)  # a shading may reach to the ends of the world
