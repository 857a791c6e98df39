"""The choice among overlapping mentions."""

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import CANDIDATES, MENTIONS, candidates_of, document_of, read_spans
from records import Mention

COMPONENT = "mention_choice"


@Language.component(COMPONENT, assigns=[MENTIONS], requires=[CANDIDATES])
def mention_choice(doc: Doc) -> Doc:
    """Keeps the longest of overlapping mentions, the surer of equally long ones, in the sections read."""
    spans = read_spans(document_of(doc))
    taken = bytearray(len(doc.text) + 1)
    chosen = []
    for mention in sorted(candidates_of(doc), key=_preference):
        start, end = mention.span.start, mention.span.end
        if any(taken[start:end]) or not any(span.contains(mention.span) for span in spans):
            continue
        taken[start:end] = b"\x01" * (end - start)
        chosen.append(mention)
    doc._.mentions = sorted(chosen, key=lambda mention: mention.span)
    return doc


def _preference(mention: Mention) -> tuple[int, float, int, str]:
    return (-len(mention.span), -mention.confidence, mention.span.start, mention.type)
