"""Pages without a usable text layer."""

from pathlib import Path

import pymupdf
import pytest
from small_pdfs import LEFT, RIGHT, MakePdf, column

from ingest.limits import ReadingLimits, tesseract_version
from ingest.reader import read_pdf
from records import PageSource, UnreadablePdfError

needs_tesseract = pytest.mark.skipif(tesseract_version() == "none", reason="tesseract is not installed")

LEFT_LINES = [
    "The left column speaks of tokens",
    "and how they are merged again and",
    "again until the words are whole",
    "and nothing remains to be merged",
]
RIGHT_LINES = [
    "The right column speaks of models",
    "and how they are trained on many",
    "machines at once without any one",
    "of them ever waiting for another",
]


def scan(make_pdf: MakePdf, *, turn: int = 0) -> Path:
    """A page of two columns as a picture, lying on its side where turned."""

    def draw(page: pymupdf.Page) -> None:
        column(page, LEFT_LINES * 4, x=LEFT, size=11)
        column(page, RIGHT_LINES * 4, x=RIGHT, size=11)

    with pymupdf.open(make_pdf(draw, name="source.pdf")) as source:
        pixels = source[0].get_pixmap(dpi=150)

    def draw_picture(page: pymupdf.Page) -> None:
        if turn:
            page.set_mediabox(pymupdf.Rect(0, 0, 792, 612))
        page.insert_image(page.rect, pixmap=pixels, rotate=turn)

    return make_pdf(draw_picture, name="scan.pdf")


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 90])
def test_a_scan_is_read_in_column_order_with_boxes_in_points(make_pdf: MakePdf, turn: int) -> None:
    document = read_pdf(scan(make_pdf, turn=turn), ReadingLimits(ocr_dpi=120))
    assert document.pages[0].source is PageSource.OCR
    assert "read by OCR: page 1" in document.warnings
    words = " ".join(document.text.split())
    assert words.rindex("nothing remains to be merged") < words.index("The right column")
    box = document.lines[0].box
    assert 0 <= box.x0 < box.x1 <= document.pages[0].width
    assert 0 <= box.y0 < box.y1 <= document.pages[0].height
    if not turn:
        assert box.x0 == pytest.approx(LEFT, abs=3)


def test_without_tesseract_a_scan_is_refused_with_what_to_install(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("ingest.ocr", "ingest.reader"):
        monkeypatch.setattr(f"{module}.tesseract_version", lambda: "none")
    with pytest.raises(UnreadablePdfError, match=r"^scan\.pdf: no text in it; .* install tesseract"):
        read_pdf(scan(make_pdf), ReadingLimits())


def test_a_picture_among_text_pages_costs_only_itself(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("ingest.ocr", "ingest.reader"):
        monkeypatch.setattr(f"{module}.tesseract_version", lambda: "none")
    with pymupdf.open(scan(make_pdf)) as picture:
        pixels = picture[0].get_pixmap(dpi=50)
    path = make_pdf(
        lambda page: column(page, LEFT_LINES), lambda page: page.insert_image(page.rect, pixmap=pixels)
    )
    document = read_pdf(path, ReadingLimits())
    assert [page.source for page in document.pages] == [PageSource.TEXT_LAYER, PageSource.NONE]
    assert document.warnings == ("no text that could be read: page 2",)
