"""Which lines head a section, and which only look so."""

import pymupdf
from small_pdfs import LEFT, ReadPages, column

TEXT = ["We train on the corpus and test on what nobody has seen before, as", "others have done it already."]


def test_words_that_a_figure_repeats_head_no_section(read_pages: ReadPages) -> None:
    def draw(page: pymupdf.Page) -> None:
        for y, words in (
            (80, "1  Introduction"),
            (200, "Folding layer"),
            (230, "Folding layer"),
            (300, "2  Method"),
            (400, "Training"),
        ):
            page.insert_text((LEFT, y), words, fontsize=12, fontname="tibo")
        for y in (98, 318, 418):
            column(page, TEXT * 3, y=y)

    titles = [section.title for section in read_pages(draw).sections if section.title]
    assert titles == ["Introduction", "Method", "Training"]
