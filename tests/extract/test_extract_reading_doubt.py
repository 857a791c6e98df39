"""What OCR is unsure of makes mentions and statements less sure."""

from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from spacy.language import Language
from written import written

from extract.pipeline import annotate
from ingest.limits import ReadingLimits, tesseract_version
from ingest.reader import read_pdf
from records import Document, RecognisedWord, Span


def recognised(document: Document, confidences: dict[str, float]) -> Document:
    """The document as if OCR had read these words of it."""
    words = [
        RecognisedWord(
            span=Span(start=document.text.index(word), end=document.text.index(word) + len(word)),
            confidence=confidence,
        )
        for word, confidence in confidences.items()
    ]
    return replace(document, recognised=tuple(sorted(words, key=lambda word: word.span)))


@pytest.mark.parametrize(
    ("confidences", "factor"),
    [
        ({}, 1.0),  # a born-digital paper
        ({"attention": 0.9, "mechanism": 0.5}, 0.5),  # a name is as sure as its least sure word
        ({"attention mech": 0.8, "anism": 0.4}, 0.4),  # a word broken at a line's end is two
        ({"We": 0.1, "use": 0.1, "words.": 0.1}, 1.0),  # other words say nothing of it
    ],
)
def test_a_mention_is_as_sure_as_the_words_that_it_covers(
    nlp: Language, confidences: dict[str, float], factor: float
) -> None:
    document = written("We use an attention mechanism over words.")
    (sure,) = annotate(document, nlp).mentions
    (mention,) = annotate(recognised(document, confidences), nlp).mentions
    assert mention.confidence == pytest.approx(sure.confidence * factor)


def test_statements_are_no_surer_than_their_mentions(nlp: Language) -> None:
    document = written("We train BERT on SQuAD.")
    sure = annotate(document, nlp).relations
    doubted = annotate(recognised(document, {"BERT": 0.5, "SQuAD": 0.5}), nlp).relations
    assert sure
    assert [one.confidence for one in doubted] == pytest.approx(
        [0.5 * one.confidence for one in sure], abs=1e-3
    )


@pytest.mark.skipif(tesseract_version() == "none", reason="tesseract is not installed")
def test_a_mention_in_a_scan_is_less_sure_than_the_same_in_a_born_digital_paper(
    nlp: Language, tmp_path: Path
) -> None:
    digital, scan = tmp_path / "digital.pdf", tmp_path / "scan.pdf"
    with pymupdf.open() as pdf, pymupdf.open() as pictures:
        page = pdf.new_page(width=300, height=100)
        page.insert_text((20, 40), "In this paper we train BERT", fontsize=14, fontname="tiro")
        page.insert_text((20, 58), "on the data of GLUE.", fontsize=14, fontname="tiro")
        pdf.save(digital)
        pixels = page.get_pixmap(dpi=100)
        pictures.new_page(width=300, height=100).insert_image(page.rect, pixmap=pixels)
        pictures.save(scan)
    sure, doubted = (annotate(read_pdf(path, ReadingLimits(ocr_dpi=150)), nlp) for path in (digital, scan))
    assert [mention.surface for mention in doubted.mentions] == ["BERT", "GLUE"]
    for one, other in zip(sure.mentions, doubted.mentions, strict=True):
        assert 0.25 * one.confidence <= other.confidence < one.confidence
    for statement, unsure in zip(sure.relations, doubted.relations, strict=True):
        assert unsure.confidence < statement.confidence
