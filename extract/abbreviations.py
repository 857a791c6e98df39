"""Abbreviations that a document defines, by scispaCy's detector (Schwartz and Hearst, 2003)."""

import warnings

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import ABBREVIATIONS, SENTENCES

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # scispaCy's optional parts announce that they are missing
    from scispacy.abbreviation import AbbreviationDetector

COMPONENT = "abbreviations"


@Language.factory(COMPONENT, assigns=[ABBREVIATIONS], requires=[SENTENCES])
class Abbreviations:
    """The detector with its output declared, which scispaCy's own factory leaves out."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self._detector = AbbreviationDetector(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Adds the abbreviations, each with its long form."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W036\]")  # a document without abbreviations
            found: Doc = self._detector(doc)
        return found
