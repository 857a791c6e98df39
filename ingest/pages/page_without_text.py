"""A page without some of its text: the test for whether that text can be seen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.pages.bounds import Bounds
from ingest.pages.page_pictures import PagePicture

if TYPE_CHECKING:
    import pymupdf

MOST_BOXES = 300  # of one page; further ones pass for visible
SAMPLE_BOXES = 8  # looked at first where there are more
_MIDDLE = (0.4, 0.6)  # the part of a box's height that belongs to no neighbouring line


def unchanged_without_text(page: "pymupdf.Page", boxes: Sequence[Bounds]) -> list[bool]:
    """Whether the page looks the same when the text in each of the boxes is taken away.

    Works on a copy of the page, in memory.
    """
    if len(boxes) > SAMPLE_BOXES and not any(_unchanged(page, boxes[:: len(boxes) // SAMPLE_BOXES])):
        return [False] * len(boxes)  # what is painted over the others is of the same kind
    return _unchanged(page, boxes[:MOST_BOXES]) + [False] * (len(boxes) - MOST_BOXES) if boxes else []


def _unchanged(page: "pymupdf.Page", boxes: Sequence[Bounds]) -> list[bool]:
    import pymupdf

    with pymupdf.open() as copy:
        copy.insert_pdf(page.parent, from_page=page.number, to_page=page.number, links=False)
        bare = copy[0]
        before = PagePicture(bare, boxes)
        for x0, y0, x1, y1 in boxes:
            height = y1 - y0
            middle = pymupdf.Rect(x0, y0 + _MIDDLE[0] * height, x1, y0 + _MIDDLE[1] * height)
            bare.add_redact_annot(middle * bare.rotation_matrix, fill=False, cross_out=False)
        bare.apply_redactions(images=0, graphics=0)  # text alone
        after = PagePicture(bare, boxes)
        return [before.can_judge(box) and not before.differs(after, box) for box in boxes]
