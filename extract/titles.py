"""What titles say: the name that a paper introduces, and the task that it addresses."""

import bisect
import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import (
    CANDIDATES,
    MENTIONS,
    RELATIONS,
    candidates_of,
    document_of,
    mentions_of,
    relations_of,
)
from records import (
    Document,
    EntityType,
    EvidenceKind,
    Mention,
    Polarity,
    Predicate,
    Reference,
    Relation,
    Span,
    normalised_title,
)

COMPONENT = "titles"
NAMED_FIRST, NAMED_WHOLE, TASK_IN_TITLE = 0.9, 0.8, 0.9
_INTRODUCED = frozenset(
    {EntityType.METHOD, EntityType.DATASET, EntityType.PREPROCESSING_STEP, EntityType.METRIC}
)
_ABOUT_OTHERS = re.compile(
    r"\b(?:survey|overview|review|tutorial|revisit\w*|introduction to|theory|applications?|comparison|"
    r"comprehensive (?:guide|study)|state[- ]of[- ]the[- ]art|an? (?:analysis|evaluation) of)\b",
    re.IGNORECASE,
)


@Language.component(COMPONENT, assigns=[RELATIONS], requires=[CANDIDATES, MENTIONS])
def titles(doc: Doc) -> Doc:
    """Adds what the document's own title says, and what the titles in its bibliography say of theirs."""
    document = document_of(doc)
    found = [*relations_of(doc)]
    if own := printed_title(document):
        inside = [mention for mention in mentions_of(doc) if own.contains(mention.span)]
        found.extend(_own(document, own, inside))
    candidates = sorted(candidates_of(doc), key=lambda mention: (mention.span.start, -len(mention.span)))
    starts = [mention.span.start for mention in candidates]
    for reference in document.references:
        if title := printed_title(document, reference):
            first, last = bisect.bisect_left(starts, title.start), bisect.bisect_left(starts, title.end)
            found.extend(_cited(document, reference, title, candidates[first:last]))
    doc._.relations = found
    return doc


def printed_title(document: Document, reference: Reference | None = None) -> Span | None:
    """Where the title of the document, or of an entry of its bibliography, stands in the text."""
    title = (reference or document).title
    start, end = (
        (reference.span.start, reference.span.end) if reference else (0, min(6000, len(document.text)))
    )
    if not title:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, title.split())))
    found = pattern.search(document.text, start, end)
    return Span(start=found.start(), end=found.end()) if found else None


def _own(document: Document, title: Span, mentions: Sequence[Mention]) -> Iterator[Relation]:
    for mention in mentions:
        if confidence := named_by_title(document.text[title.start : title.end], title, mention):
            yield _relation(Predicate.INTRODUCES, mention, title, confidence)
        elif mention.type is EntityType.TASK:
            yield _relation(Predicate.ADDRESSES, mention, title, TASK_IN_TITLE)


def _cited(
    document: Document, reference: Reference, title: Span, mentions: Sequence[Mention]
) -> Iterator[Relation]:
    text = document.text[title.start : title.end]
    for mention in mentions:
        if confidence := named_by_title(text, title, mention):
            yield _relation(
                Predicate.INTRODUCES, mention, reference.span, confidence, reference_id=reference.id
            )
            return


def named_by_title(text: str, title: Span, mention: Mention) -> float:
    """How sure a title is to name what its paper introduces: "GloVe: Global …", "Layer normalization".

    Zero where the mention is neither the whole title nor all that stands before its colon, and where the
    rest says that the paper is about other people's work.
    """
    if mention.type not in _INTRODUCED or mention.span.start != title.start or _ABOUT_OTHERS.search(text):
        return 0.0
    rest = text[len(mention.span) :]
    if re.match(r"\s*(?:\([^)]*\))?\s*(?:[:\u2014\u2013]|, an?\s)", rest):
        return NAMED_FIRST
    is_whole = not normalised_title(rest)
    return NAMED_WHOLE if is_whole else 0.0


def _relation(
    predicate: Predicate, mention: Mention, quote: Span, confidence: float, *, reference_id: str | None = None
) -> Relation:
    return Relation(
        predicate=predicate,
        object=mention,
        cited_reference_id=reference_id,
        sentence=quote,
        kind=EvidenceKind.TITLE,
        polarity=Polarity.AFFIRMED,
        confidence=round(confidence * mention.confidence, 4),
        component=COMPONENT,
    )
