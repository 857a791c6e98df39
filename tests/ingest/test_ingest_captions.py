"""Captions: whole, with kind and label, and told from sentences."""

import pymupdf
import pytest
from small_pdfs import LEFT, ReadPages, column

from ingest.layout.captions import caption_kind, label_of
from records import CaptionKind, RegionKind

PARAGRAPH = [
    "Byte-pair encoding splits rare words into pieces that a model has seen before, so that",
    "nothing is unknown. We follow earlier work and learn the merges on the training data",
    "alone, which keeps the test set apart from everything that the model has learned.",
]


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("Table 2: Results.", CaptionKind.TABLE, "Table 2"),
        ("TABLE IV\nRESULTS", CaptionKind.TABLE, "TABLE IV"),
        ("Tab. 3. Results", CaptionKind.TABLE, "Tab. 3"),
        ("Figure 10: A picture", CaptionKind.FIGURE, "Figure 10"),
        ("Fig. 4.2 – A picture", CaptionKind.FIGURE, "Fig. 4.2"),
        ("Figure A1: A picture", CaptionKind.FIGURE, "Figure A1"),
        ("Algorithm 1 Folding of tokens", CaptionKind.ALGORITHM, "Algorithm 1"),
        ("Listing 2: A program", CaptionKind.OTHER, "Listing 2"),
    ],
)
def test_a_caption_says_what_it_describes_and_how_it_is_called(
    text: str, kind: CaptionKind, label: str
) -> None:
    assert (caption_kind(text), label_of(text)) == (kind, label)


def test_captions_are_whole_and_sentences_about_tables_are_none(read_pages: ReadPages) -> None:
    def draw(page: pymupdf.Page) -> None:
        column(page, PARAGRAPH, y=80)
        column(page, ["Figure 1: A caption that runs over", "two lines of the page."], y=200, size=9)
        column(
            page, ["Table 2 shows the results of all that we have done in this work, and", *PARAGRAPH], y=300
        )

    document = read_pages(draw)
    (caption,) = document.captions
    assert (caption.kind, caption.label) == (CaptionKind.FIGURE, "Figure 1")
    said = document.text[caption.span.start : caption.span.end]
    assert said == "Figure 1: A caption that runs over two lines of the page."
    assert caption.span in [region.span for region in document.regions if region.kind is RegionKind.CAPTION]


def test_a_caption_goes_on_in_another_type(read_pages: ReadPages) -> None:
    def draw(page: pymupdf.Page) -> None:
        page.insert_text((LEFT, 100), "Table 1", fontsize=9, fontname="tibo")
        column(page, ["What the words of a label say."], y=111, size=9)
        column(page, PARAGRAPH, y=200)

    document = read_pages(draw)
    (caption,) = document.captions
    said = document.text[caption.span.start : caption.span.end]
    assert said == "Table 1 What the words of a label say."


def test_a_sentence_cut_by_a_column_is_no_caption_where_captions_have_colons(read_pages: ReadPages) -> None:
    def draw(page: pymupdf.Page) -> None:
        for number, y in enumerate((60, 90, 120, 150), start=1):
            column(page, [f"Figure {number}: A picture."], y=y, size=9)
        column(
            page,
            ["Table 4. In the full evaluation we see that all of this has been of great help;", *PARAGRAPH],
            y=300,
        )

    labels = [caption.label for caption in read_pages(draw).captions]
    assert labels == ["Figure 1", "Figure 2", "Figure 3", "Figure 4"]
