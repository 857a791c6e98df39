"""Small real PDFs, made on the spot with PyMuPDF."""

from pathlib import Path

import pymupdf
import pytest
from small_pdfs import Draw, MakePdf, ReadPages

from ingest.limits import ReadingLimits
from ingest.reader import read_pdf
from records import Document


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """Makes a PDF with one page for each drawing; `save` goes to PyMuPDF's save."""

    def make(*drawings: Draw, name: str = "paper.pdf", **save: object) -> Path:
        pdf = pymupdf.open()
        for draw in drawings:
            draw(pdf.new_page(width=612, height=792))
        path = tmp_path / name
        pdf.save(path, **save)
        return path

    return make


@pytest.fixture
def read_pages(make_pdf: MakePdf) -> ReadPages:
    """Draws pages and reads them back, in this process."""

    def read(*drawings: Draw) -> Document:
        return read_pdf(make_pdf(*drawings), ReadingLimits())

    return read
