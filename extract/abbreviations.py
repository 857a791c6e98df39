"""Abbreviations that a document defines, by scispaCy's detector (Schwartz and Hearst, 2003)."""

import warnings
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.attributes import DEFINITIONS, SENTENCES

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # scispaCy's optional parts announce that they are missing
    from scispacy.abbreviation import AbbreviationDetector

COMPONENT = "abbreviations"
WINDOW_TOKENS = 1000


@Language.factory(COMPONENT, assigns=[DEFINITIONS], requires=[SENTENCES])
class Abbreviations:
    """Collects short and long forms where the document defines them: "byte-pair encoding (BPE)".

    The detector's time grows with the square of the number of brackets, so that it looks at windows of
    sentences; a definition stands in one sentence.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self._detector = AbbreviationDetector(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Adds the definitions, in text order, each once."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W036\]")  # a window without abbreviations
            found = [pair for window in windows(doc) for pair in self._defined_in(window)]
        doc._.definitions = list(dict.fromkeys(found))
        return doc

    def _defined_in(self, window: Span) -> Iterator[tuple[str, str]]:
        if "(" not in window.text:
            return
        for abbreviation in self._detector(window.as_doc())._.abbreviations:
            yield abbreviation.text, abbreviation._.long_form.text


def windows(doc: Doc) -> Iterator[Span]:
    """Yields the document in parts that end with sentences, of about `WINDOW_TOKENS` tokens at most."""
    start = end = 0
    for sentence in doc.sents:
        if sentence.end - start > WINDOW_TOKENS and end > start:
            yield doc[start:end]
            start = end
        end = sentence.end
    for first in range(start, len(doc), WINDOW_TOKENS):
        yield doc[first : first + WINDOW_TOKENS]
