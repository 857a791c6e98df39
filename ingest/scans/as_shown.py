"""What records say of scanned pages: sure and unsure words, and boxes on the page as it is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.layout.reading_text import ReadingText
from ingest.layout.word_places import words_in_text
from ingest.pages.lie import Lie
from ingest.pages.page_text import PageText
from records import Box, Document, Line, Page, RecognisedWord, Span


def recognised_words(reading: ReadingText) -> Iterator[RecognisedWord]:
    """Yields the words that OCR has read, in text order; one broken at a line's end is two."""
    for line, span in reading.lines:
        if line.recognised:
            text = reading.text[span.start : span.end]
            for place in words_in_text(line, text, start=span.start):
                yield RecognisedWord(
                    span=Span(start=place.start, end=place.end), confidence=round(place.word.confidence, 2)
                )


def as_shown(document: Document, pages: Sequence[PageText]) -> Document:
    """The document with the boxes of straightened pages where they stand on the pages as shown."""
    lies = {page.number: page.lie for page in pages if page.lie is not None}
    if not lies:
        return document
    return replace(
        document,
        pages=tuple(_page_as_shown(page, lies.get(page.number)) for page in document.pages),
        lines=tuple(_line_as_shown(line, lies.get(line.page)) for line in document.lines),
        tables=tuple(
            replace(table, box=_rounded(lie.as_shown(table.box))) if (lie := lies.get(table.page)) else table
            for table in document.tables
        ),
    )


def _page_as_shown(page: Page, lie: Lie | None) -> Page:
    return replace(page, width=round(lie.width, 2), height=round(lie.height, 2)) if lie else page


def _line_as_shown(line: Line, lie: Lie | None) -> Line:
    """The line on its page; where it does not run from left to right, no place within it is known."""
    if lie is None:
        return line
    middle = (line.box.y0 + line.box.y1) / 2
    stops = ((at, round(lie.point_as_shown(x, middle)[0], 2)) for at, x in line.stops)
    return replace(line, box=_rounded(lie.as_shown(line.box)), stops=tuple(stops) if lie.turn == 0 else ())


def _rounded(box: Box) -> Box:
    return Box(x0=round(box.x0, 2), y0=round(box.y0, 2), x1=round(box.x1, 2), y1=round(box.y1, 2))
