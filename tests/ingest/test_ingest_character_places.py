"""Where characters stand on the page, held against the engine's own slow answer."""

from pathlib import Path

import pymupdf
import pytest

from ingest import ReadingLimits
from ingest.reader import read_pdf
from records import Document, Line, Span

WIDTH, HEIGHT = 420.0, 300.0
LINES = (
    "We tokenise with the “ﬁnest” willow filter and MMMM wide words,",
    "which were normal-",
    "ised before; see the note on ﬂuffy inputs.",
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A page with ligatures and a hyphen at a line's end."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=WIDTH, height=HEIGHT)
    font = pymupdf.Font("tiro")
    writer = pymupdf.TextWriter(page.rect)
    for number, line in enumerate(LINES):
        writer.append((50, 80 + 14 * number), line, font=font, fontsize=11)
    writer.write_text(page)
    path = tmp_path / "placed.pdf"
    pdf.save(path)
    return path


def line_with(document: Document, words: str) -> tuple[Line, str]:
    """The printed line that holds the words, and its part of the text."""
    for line in document.lines:
        said = document.text[line.span.start : line.span.end]
        if words in said:
            return line, said
    raise AssertionError(words)


def test_every_character_stands_where_the_engine_draws_it(paper: Path) -> None:
    document = read_pdf(paper, ReadingLimits())
    with pymupdf.open(paper) as pdf:
        for words in ("tokenise", "MMMM wide", "inputs"):
            line, said = line_with(document, words)
            start = line.span.start + said.index(words)
            box = line.box_of(Span(start=start, end=start + len(words)), document.text)
            (found,) = pdf[0].search_for(words)
            assert (box.x0, box.x1) == pytest.approx((found.x0, found.x1), abs=1.5)
