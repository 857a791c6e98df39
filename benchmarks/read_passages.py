"""The sentences of papers as the program's recogniser gets them: read from PDF, part by part."""

from pathlib import Path

import spacy
from spacy.language import Language

from benchmarks.limited_worker import Call
from extract import sentences
from extract.attributes import register_attributes
from extract.pipeline import MOST_CHARACTERS, with_long_runs_blanked
from extract.recognition.components import prose
from ingest import ReadingLimits
from ingest.reader import read_pdf
from records import Document


def read_passages(paper: Path, call: Call) -> list[list[str]]:
    """The sentences of the running text of a paper, read in the worker; raises UnreadablePdfError."""
    document: Document = call(read_pdf, paper, ReadingLimits())
    nlp = sentence_pipeline()
    doc = nlp.make_doc(with_long_runs_blanked(document.text))
    doc._.document = document
    spans = sentences.sentence_spans(nlp.get_pipe(sentences.COMPONENT)(doc))
    return [
        [document.text[sentence.start : sentence.end] for sentence in passage]
        for passage in prose(document, spans)
    ]


def sentence_pipeline() -> Language:
    """The part of the program's pipeline that marks sentences."""
    register_attributes()
    nlp = spacy.blank("en")
    nlp.max_length = MOST_CHARACTERS
    nlp.add_pipe(sentences.COMPONENT)
    return nlp
