"""Pages without a usable text layer."""

import io
import math
from pathlib import Path

import pymupdf
import pytest
from PIL import Image
from small_pdfs import LEFT, RIGHT, TOP, MakePdf, column

from ingest.limits import ReadingLimits, tesseract_version
from ingest.page_reading import read_layers, recognise_pages
from ingest.pages.text_layer import read_page
from ingest.reader import read_pdf
from ingest.scans.recognition import needs_recognition
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


def scan(make_pdf: MakePdf, *, turn: int = 0, tilt_degrees: float = 0.0) -> Path:
    """A page of two columns as a picture, turned clockwise, askew counterclockwise."""

    def draw(page: pymupdf.Page) -> None:
        column(page, LEFT_LINES * 4, x=LEFT, size=11)
        column(page, RIGHT_LINES * 4, x=RIGHT, size=11)

    with pymupdf.open(make_pdf(draw, name="source.pdf")) as source:
        pixels = source[0].get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    picture = picture.rotate(tilt_degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    picture = picture.rotate(-turn, expand=True)
    stream = io.BytesIO()
    picture.save(stream, "PNG")

    def draw_picture(page: pymupdf.Page) -> None:
        if turn % 180:
            page.set_mediabox(pymupdf.Rect(0, 0, 792, 612))
        page.insert_image(page.rect, stream=stream.getvalue())

    return make_pdf(draw_picture, name="scan.pdf")


@needs_tesseract
def test_a_scan_is_read_in_column_order_with_boxes_in_points(make_pdf: MakePdf) -> None:
    document = read_pdf(scan(make_pdf), ReadingLimits(ocr_dpi=120))
    assert document.pages[0].source is PageSource.OCR
    assert "read by OCR: page 1" in document.warnings
    words = " ".join(document.text.split())
    assert words.rindex("nothing remains to be merged") < words.index("The right column")
    box = document.lines[0].box
    assert (box.x0, box.y1) == pytest.approx((LEFT, TOP), abs=3)
    assert box.x1 - box.x0 == pytest.approx(pymupdf.get_text_length(LEFT_LINES[0], "tiro", 11), abs=4)


@needs_tesseract
@pytest.mark.parametrize(("turn", "tilt_degrees"), [(0, 2.0), (180, 0.0), (270, 2.0)])
def test_a_page_that_lies_wrong_is_read_with_boxes_on_the_page_as_shown(
    make_pdf: MakePdf, turn: int, tilt_degrees: float
) -> None:
    document = read_pdf(scan(make_pdf, turn=turn, tilt_degrees=tilt_degrees), ReadingLimits(ocr_dpi=120))
    (page,) = document.pages
    assert (page.width, page.height) == ((792, 612) if turn % 180 else (612, 792))
    words = " ".join(document.text.split())
    assert words.rindex("nothing remains to be merged") < words.index("The right column")
    x, y = as_it_lies(LEFT, TOP, turn=turn, tilt_degrees=tilt_degrees)
    box = document.lines[0].box
    assert min(abs(box.x0 - x), abs(box.x1 - x)) < 4
    assert min(abs(box.y0 - y), abs(box.y1 - y)) < 4


def as_it_lies(x: float, y: float, *, turn: int, tilt_degrees: float) -> tuple[float, float]:
    """Where a place of the upright page is on the scan."""
    angle = math.radians(tilt_degrees)
    x, y = x - 306, y - 396
    x, y = x * math.cos(angle) + y * math.sin(angle) + 306, y * math.cos(angle) - x * math.sin(angle) + 396
    return {0: (x, y), 90: (792 - y, x), 180: (612 - x, 792 - y), 270: (y, 612 - x)}[turn]


@needs_tesseract
def test_words_keep_how_sure_they_are(make_pdf: MakePdf) -> None:
    document = read_pdf(scan(make_pdf), ReadingLimits(ocr_dpi=120))
    said = [document.text[word.span.start : word.span.end] for word in document.recognised]
    assert said[:6] == ["The", "left", "column", "speaks", "of", "tokens"]
    assert said == document.text.split()
    assert all(0.5 < word.confidence <= 1 for word in document.recognised)


@needs_tesseract
def test_a_layer_of_garbage_gives_way_to_what_can_be_seen(make_pdf: MakePdf) -> None:
    """The layer that a broken OCR program has put under the picture of the page."""
    with pymupdf.open(scan(make_pdf)) as pdf:
        for row in range(8):
            pdf[0].insert_text((LEFT, 100 + 12 * row), "xq zvv wkrp bzzt qqx gnrl pfft " * 2, render_mode=3)
        path = Path(pdf.name).with_name("garbage.pdf")
        pdf.save(path)
    document = read_pdf(path, ReadingLimits(ocr_dpi=120))
    assert document.pages[0].source is PageSource.OCR
    assert "The left column speaks of tokens" in document.text
    assert "wkrp" not in document.text


@needs_tesseract
def test_a_picture_under_a_stamp_is_read(make_pdf: MakePdf) -> None:
    """As libraries put one on each page of old papers."""
    with pymupdf.open(scan(make_pdf)) as pdf:
        pdf[0].insert_text((100, 760), "Downloaded from the archive of a library on a day in May")
        path = Path(pdf.name).with_name("stamped.pdf")
        pdf.save(path)
    document = read_pdf(path, ReadingLimits(ocr_dpi=120))
    assert document.pages[0].source is PageSource.OCR
    assert "merged again" in document.text


@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_a_picture_under_a_stamp_waits_for_ocr_however_its_page_is_rotated(
    make_pdf: MakePdf, rotation: int
) -> None:
    with pymupdf.open(scan(make_pdf)) as pdf:
        pdf[0].insert_text((100, 760), "Downloaded from the archive of a library on a day in May")
        pdf[0].set_rotation(rotation)
        assert needs_recognition(pdf[0], read_page(pdf[0], 1))


@needs_tesseract
def test_more_pages_than_the_limit_are_not_recognised(make_pdf: MakePdf) -> None:
    with pytest.raises(UnreadablePdfError, match=r"1 pages for OCR, more than the limit of 0"):
        read_pdf(scan(make_pdf), ReadingLimits(max_ocr_pages=0))


@needs_tesseract
def test_a_page_that_takes_too_long_is_a_refusal_that_says_so(make_pdf: MakePdf) -> None:
    with pytest.raises(UnreadablePdfError, match=r"^scan\.pdf: took longer than 0.2 s"):
        read_pdf(scan(make_pdf), ReadingLimits(timeout_seconds=0.2))


@needs_tesseract
def test_a_file_that_changes_while_it_is_read_is_refused(make_pdf: MakePdf) -> None:
    path = scan(make_pdf)
    draft = read_layers(path, ReadingLimits())
    with pytest.raises(UnreadablePdfError, match="has changed while it was read"):
        recognise_pages(path, draft.waiting_pages(), ReadingLimits(), identity="of another file")


def test_without_tesseract_a_scan_is_refused_with_what_to_install(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("ingest.page_reading", "ingest.report"):
        monkeypatch.setattr(f"{module}.tesseract_version", lambda: "none")
    with pytest.raises(UnreadablePdfError, match=r"^scan\.pdf: no text in it; .* install tesseract"):
        read_pdf(scan(make_pdf), ReadingLimits())


def test_a_picture_among_text_pages_costs_only_itself(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("ingest.page_reading", "ingest.report"):
        monkeypatch.setattr(f"{module}.tesseract_version", lambda: "none")
    with pymupdf.open(scan(make_pdf)) as picture:
        pixels = picture[0].get_pixmap(dpi=50)
    path = make_pdf(
        lambda page: column(page, LEFT_LINES), lambda page: page.insert_image(page.rect, pixmap=pixels)
    )
    document = read_pdf(path, ReadingLimits())
    assert [page.source for page in document.pages] == [PageSource.TEXT_LAYER, PageSource.NONE]
    assert document.warnings == ("no text that could be read: page 2",)
