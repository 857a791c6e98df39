"""Whole documents, read from small real PDFs."""

from itertools import pairwise

import pymupdf
import pytest
from small_pdfs import COLUMN_WIDTH, LEFT, RIGHT, Draw, MakePdf, ReadPages, column

from ingest.limits import ReadingLimits
from ingest.reader import read_pdf
from records import Document, SectionKind

PARAGRAPH = [
    "Byte-pair encoding splits rare words into pieces that a",
    "model has seen. We follow earlier work and learn the mer-",
    "ges on the training data alone, which keeps the test set",
    "apart from everything that the model may have learned. A",
]
CONTINUED = [
    "second pass over the corpus then applies the merges in the",
    "order in which they were learned. This is fast enough.",
]


def two_columns(page: pymupdf.Page) -> None:
    column(page, PARAGRAPH * 4, x=LEFT)
    column(page, CONTINUED * 8, x=RIGHT)


def paper(page: pymupdf.Page) -> None:
    """One page with all that a paper has."""
    page.insert_text((120, 80), "Merging Pieces of Words without Regret", fontsize=17, fontname="tibo")
    page.insert_text((200, 110), "Ada Example, Bea Muster and Carl de Test", fontsize=11, fontname="tiro")
    page.insert_text((230, 124), "University of Nowhere", fontsize=10, fontname="tiro")
    y = 160.0
    for heading, lines in (
        ("Abstract", ["We merge pieces of words, and regret nothing at all in doing so."]),
        (
            "1  Introduction",
            ["Earlier work merges pieces too (Early and Bird, 2016). We merge more of them."],
        ),
        ("2  Experiments", ["We train on the corpus of Late et al. (2018), and test on another one."]),
        ("References", []),
    ):
        page.insert_text((LEFT, y), heading, fontsize=12, fontname="tibo")
        column(page, lines, y=y + 18)
        y += 48
    column(page, ["Anna Early and Tom Bird. 2016. Merging pieces of words. In Proceedings of"], y=y)
    column(page, ["the Workshop on Words, pages 1–9."], x=LEFT + 12, y=y + 12)
    column(page, ["Zoe Late, Eve Later, and Max Last. 2018. A corpus of late words. Journal of"], y=y + 24)
    column(page, ["Corpora, 3(1):5–8."], x=LEFT + 12, y=y + 36)


def check_is_consistent(document: Document) -> None:
    """Lines in order and within the text, pages and sections side by side."""
    assert document.sections[0].span.start == 0
    assert document.sections[-1].span.end == len(document.text)
    assert all(one.span.end == other.span.start for one, other in pairwise(document.sections))
    assert all(one.span.end == other.span.start for one, other in pairwise(document.pages))
    end = 0
    for line in document.lines:
        assert not document.text[end : line.span.start].strip()  # only separators are in no line
        end = line.span.end
    assert not document.text[end:].strip()


def test_columns_are_read_one_after_the_other_and_paragraphs_run_through(read_pages: ReadPages) -> None:
    document = read_pages(two_columns)
    assert "learn the merges on the training data" in document.text
    assert "may have learned. A second pass over the corpus" in document.text
    check_is_consistent(document)


def test_every_line_has_its_page_and_box_and_broken_words_are_whole(read_pages: ReadPages) -> None:
    document = read_pages(two_columns)
    first = next(
        line for line in document.lines if document.text[line.span.start :].startswith("model has seen")
    )
    assert document.text[first.span.start : first.span.end].endswith("learn the mer")
    assert (first.page, round(first.box.x0)) == (1, LEFT)
    assert first.box.x1 < LEFT + COLUMN_WIDTH + 30
    assert 60 < first.box.y0 < first.box.y1 < 100


def test_a_papers_parts_are_told_apart(read_pages: ReadPages) -> None:
    document = read_pages(paper)
    assert document.title == "Merging Pieces of Words without Regret"
    assert document.authors == ("Ada Example", "Bea Muster", "Carl de Test")
    assert [(section.number, section.title, section.kind) for section in document.sections[1:]] == [
        ("", "Abstract", SectionKind.ABSTRACT),
        ("1", "Introduction", SectionKind.INTRODUCTION),
        ("2", "Experiments", SectionKind.EXPERIMENTS),
        ("", "References", SectionKind.REFERENCES),
    ]
    assert [(reference.authors[0], reference.year, reference.title) for reference in document.references] == [
        ("Anna Early", 2016, "Merging pieces of words"),
        ("Zoe Late", 2018, "A corpus of late words"),
    ]
    callouts = [(document.text[c.span.start : c.span.end], c.reference_id) for c in document.callouts]
    assert callouts == [("Early and Bird, 2016", "r1"), ("Late et al. (2018)", "r2")]
    check_is_consistent(document)


BODIES = [PARAGRAPH, CONTINUED, ["The third page says something else again, and", "then it ends."]]


def with_margins(number: int) -> Draw:
    def draw(page: pymupdf.Page) -> None:
        page.insert_text((240, 40), "A Running Head", fontsize=9, fontname="tiro")
        page.insert_text((300, 770), str(number), fontsize=9, fontname="tiro")
        page.insert_text((20, 500), "arXiv:2401.00001v1 [cs.CL] 1 Jan 2024", fontsize=14, rotate=90)
        for line in range(8):
            page.insert_text((24, 100 + 12 * line), f"{number * 10 + line:03}", fontsize=8)
        column(page, BODIES[number - 1], y=110)

    return draw


def test_margins_stay_out_of_the_text(read_pages: ReadPages) -> None:
    document = read_pages(with_margins(1), with_margins(2), with_margins(3))
    for mark in ("Running Head", "arXiv", "010", "021"):
        assert mark not in document.text
    assert (document.arxiv_id, document.year) == ("2401.00001", 2024)
    assert document.text.startswith("Byte-pair encoding")


def test_what_nobody_can_see_is_left_out_and_counted(read_pages: ReadPages) -> None:
    def draw(page: pymupdf.Page) -> None:
        column(page, PARAGRAPH)
        page.insert_text((LEFT, 300), "white words", color=(1, 1, 1))
        page.insert_text((LEFT, 320), "unpainted words", render_mode=3)
        page.insert_text((LEFT, 340), "tiny words", fontsize=1)
        page.insert_text((700, 360), "distant words")
        page.draw_rect((LEFT, 380, 300, 400), fill=(0, 0, 0.5))
        page.insert_text((LEFT + 4, 394), "white words on blue", color=(1, 1, 1))

    document = read_pages(draw)
    assert "white words on blue" in document.text
    for unseen in ("unpainted", "tiny", "distant"):
        assert unseen not in document.text
    assert document.text.count("white words") == 1
    assert sorted(document.warnings) == [
        "left out 10 characters in the colour of their background",
        "left out 12 characters outside the page",
        "left out 14 characters drawn invisibly",
        "left out 9 characters smaller than 2 pt",
    ]


def test_a_float_waits_until_its_paragraph_ends(read_pages: ReadPages) -> None:
    def first(page: pymupdf.Page) -> None:
        column(page, PARAGRAPH * 5)
        column(page, ["Figure 1: A caption."], y=600, size=8)

    document = read_pages(first, lambda page: column(page, CONTINUED))
    assert "may have learned. A second pass" in document.text
    assert document.text.endswith("\n\nFigure 1: A caption.")
    check_is_consistent(document)


def test_marks_of_footnotes_are_no_part_of_words(read_pages: ReadPages) -> None:
    def draw(page: pymupdf.Page) -> None:
        column(page, PARAGRAPH)
        page.insert_text((LEFT, 140), "We use mixup", fontsize=10, fontname="tiro")
        page.insert_text((LEFT + 56, 136), "2", fontsize=6, fontname="tiro")
        page.insert_text(
            (LEFT + 62, 140), "in all that we do and in all that we train here.", fontname="tiro", fontsize=10
        )

    assert "We use mixup in all" in read_pages(draw).text


def test_reading_twice_gives_the_same_document(make_pdf: MakePdf) -> None:
    path = make_pdf(paper)
    assert read_pdf(path, ReadingLimits()) == read_pdf(path, ReadingLimits())


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_rotated_page_is_read_as_it_is_shown(read_pages: ReadPages, rotation: int) -> None:
    def draw(page: pymupdf.Page) -> None:
        page.set_rotation(rotation)
        turn = page.derotation_matrix
        for index, line in enumerate(PARAGRAPH):
            point = pymupdf.Point(60, 80 + 12 * index) * turn
            page.insert_text(point, line, fontsize=10, fontname="tiro", rotate=rotation)

    document = read_pages(draw)
    assert "learn the merges on the training data" in document.text
    assert document.lines[0].box.y0 < document.lines[-1].box.y0
    assert document.lines[0].box.x0 == pytest.approx(60, abs=2)
