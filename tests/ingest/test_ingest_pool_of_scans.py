"""The pool reading scans: their pages are recognised in tasks of their own."""

import re
from pathlib import Path

import pymupdf
import pytest
from small_pdfs import Draw, MakePdf, column, die_on_sick_pages, stall_over_pages, take_time_over_pages
from waiting import comes_true

from ingest import PdfReaderPool, ReadingLimits
from ingest.limits import tesseract_version
from records import PageSource, UnreadablePdfError

pytestmark = pytest.mark.skipif(tesseract_version() == "none", reason="tesseract is not installed")


def make_scan(make_pdf: MakePdf, *, pages: int, name: str = "scan.pdf") -> Path:
    """Small pages that are pictures, each of two lines with its number."""

    def picture(number: int) -> Draw:
        with pymupdf.open() as source:
            page = source.new_page(width=220, height=80)
            column(
                page,
                [f"This is the page number {100 + number}", "of a paper that was scanned"],
                x=20,
                y=30,
                size=12,
            )
            pixels = page.get_pixmap(dpi=100)

        def draw(page: pymupdf.Page) -> None:
            page.set_mediabox(pymupdf.Rect(0, 0, 220, 80))
            page.insert_image(page.rect, pixmap=pixels)

        return draw

    return make_pdf(*[picture(number) for number in range(1, pages + 1)], name=name)


def test_a_scan_is_read_in_several_tasks_where_one_would_take_too_long(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.submissions.recognise_in_worker", take_time_over_pages)
    path = make_scan(make_pdf, pages=30)
    with PdfReaderPool(ReadingLimits(timeout_seconds=30, ocr_dpi=100), workers=5) as pool:
        document = pool.submit(path).result(timeout=100)
    assert [page.source for page in document.pages] == [PageSource.OCR] * 30
    numbers = re.findall(r"page number (\d+)", " ".join(document.text.split()))
    assert numbers == [str(number) for number in range(101, 131)]


def test_a_worker_that_dies_while_it_recognises_costs_its_document_only(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.submissions.recognise_in_worker", die_on_sick_pages)
    sick = make_scan(make_pdf, pages=7, name="sick.pdf")
    healthy = make_scan(make_pdf, pages=4, name="healthy.pdf")
    with PdfReaderPool(ReadingLimits(ocr_dpi=100), workers=2) as pool:
        refused, read = pool.submit(sick), pool.submit(healthy)
        with pytest.raises(
            UnreadablePdfError, match=r"^sick\.pdf: the process that read it died \(signal 9\)"
        ):
            refused.result(timeout=60)
        assert len(read.result(timeout=60).pages) == 4


def test_pages_that_stall_are_a_refusal_and_their_other_tasks_are_given_up(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.submissions.recognise_in_worker", stall_over_pages)
    slow = make_scan(make_pdf, pages=30, name="slow.pdf")  # at two a time, a minute if all were tried
    quick = make_pdf(lambda page: column(page, ["A line of text.", "Another of its kind."]), name="quick.pdf")
    with PdfReaderPool(ReadingLimits(timeout_seconds=3, ocr_dpi=100), workers=2) as pool:
        refused, after = pool.submit(slow), pool.submit(quick)
        with pytest.raises(UnreadablePdfError, match=r"^slow\.pdf: took longer than 3 s; "):
            refused.result(timeout=30)
        assert after.result(timeout=30).name == "quick.pdf"


def test_an_interrupt_ends_tesseract_and_leaves_no_files(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    path = make_scan(make_pdf, pages=40)

    def interrupted() -> None:
        with PdfReaderPool(ReadingLimits(ocr_dpi=100), workers=1) as pool:
            pool.submit(path)
            assert comes_true(lambda: any((tmp_path / "scratch").glob("*/ocr-*")))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list((tmp_path / "scratch").glob("paperlineage-*")) == []
