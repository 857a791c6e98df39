"""Regions: what is no running text, and that no sentence runs through it."""

from itertools import pairwise
from pathlib import Path

import pymupdf
from small_pdfs import LEFT, ReadPages, column
from typeset import PROSE, page, read_typeset

from extract.sentences import sentence_starts
from records import Document, RegionKind

FORMULA = """
We minimise the loss of the model, which for the weights that we have is
$ L(theta) = sum_(i=1)^n (y_i - f_theta (x_i))^2 + lambda norm(theta)^2 $ <one>
where the last term keeps the weights small. We then train on SQuAD.
"""
TEXT = ["We train on the corpus and test on what nobody has seen before, as", "others have done it already."]


def said(document: Document, kind: RegionKind) -> list[str]:
    return [document.text[r.span.start : r.span.end] for r in document.regions if r.kind is kind]


def sentences(document: Document) -> list[str]:
    spans = [region.span for region in document.regions]
    starts = [*sentence_starts(document.text, spans), len(document.text)]
    return [document.text[start:end].strip() for start, end in pairwise(starts)]


def test_a_display_formula_is_a_region_and_no_part_of_the_sentences_around_it(tmp_path: Path) -> None:
    document = read_typeset(page(FORMULA), tmp_path)
    formulas = said(document, RegionKind.FORMULA)
    assert formulas
    assert all("=" in formula or "∑" in formula or len(formula) < 12 for formula in formulas)
    around = sentences(document)
    assert "We then train on SQuAD." in around
    assert any(one.startswith("We minimise the loss") and one.endswith("that we have is") for one in around)
    assert any(one.startswith("where the last term") for one in around)


def test_no_sentence_runs_through_a_region(tmp_path: Path) -> None:
    document = read_typeset(page(FORMULA, "Table 1: A caption.", FORMULA), tmp_path)
    spans = [region.span for region in document.regions]
    starts = [*sentence_starts(document.text, spans), len(document.text)]
    for start, end in pairwise(starts):
        for span in spans:
            assert end <= span.start or span.end <= start or (span.start <= start and end <= span.end + 2)


def test_regions_stand_in_text_order_and_hold_what_they_say(read_pages: ReadPages) -> None:
    def draw(sheet: pymupdf.Page) -> None:
        column(sheet, TEXT * 8, y=80)
        column(sheet, ["Figure 1: A caption."], y=400, size=8)
        column(sheet, TEXT * 8, y=430)
        sheet.insert_text((LEFT, 700), "1", fontsize=5, fontname="tiro")
        sheet.insert_text((LEFT + 4, 704), "A note under the text, smaller than it is.", fontsize=8)

    document = read_pages(draw)
    assert said(document, RegionKind.CAPTION) == ["Figure 1: A caption."]
    assert any("A note under the text" in note for note in said(document, RegionKind.FOOTNOTE))
    assert all(one.span.end <= other.span.start for one, other in pairwise(document.regions))
    assert all(0 <= region.span.start < region.span.end <= len(document.text) for region in document.regions)


def test_running_text_is_no_region(tmp_path: Path) -> None:
    assert not read_typeset(page(PROSE), tmp_path).regions
