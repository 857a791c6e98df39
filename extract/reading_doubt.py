"""What OCR was not sure to have read: less sure mentions, and so less sure statements about them."""

import bisect
from collections.abc import Callable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import CANDIDATES, candidates_of, document_of
from records import Document, Span

COMPONENT = "reading_doubt"


@Language.component(COMPONENT, assigns=[CANDIDATES], requires=[CANDIDATES])
def reading_doubt(doc: Doc) -> Doc:
    """Multiplies each candidate's confidence by how sure OCR was of the words that it covers.

    Relations and their evidence take it over, because they are never surer than their mentions.
    """
    document = document_of(doc)
    if document.recognised:
        sureness = sureness_of(document)
        doc._.candidates = [
            replace(mention, confidence=round(mention.confidence * sureness(mention.span), 4))
            for mention in candidates_of(doc)
        ]
    return doc


def sureness_of(document: Document) -> Callable[[Span], float]:
    """A function that says how sure a span was read, in [0, 1]: as sure as its least sure word.

    A name is misread where any of its words is. Text that no OCR has read is sure.
    """
    words = sorted(document.recognised, key=lambda word: word.span)
    starts = [word.span.start for word in words]

    def sureness(span: Span) -> float:
        first = max(bisect.bisect_right(starts, span.start) - 1, 0)
        last = bisect.bisect_left(starts, span.end)
        covered = (word.confidence for word in words[first:last] if word.span.end > span.start)
        return min(covered, default=1.0)

    return sureness
