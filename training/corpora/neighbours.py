"""Sentences that were labelled one by one, put back between their neighbours.

In use a sentence stands in a window with others. A head that has only seen sentences alone takes much in such
windows for its types that it would leave alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from training.sentences import LabelledSentence

DOCUMENT_LENGTH = len("scirex:") + 12
"""Characters by which a document is known: labelled sentences name theirs in short."""

Group = tuple[LabelledSentence, ...]


def with_neighbours(labelled: Sequence[LabelledSentence], papers: Iterable[LabelledSentence]) -> list[Group]:
    """Each labelled sentence between the one before and the one after it in its paper.

    Sentences that are not in the papers stay alone. Every group is a document of its own; the neighbours
    keep what their corpus has marked on them.
    """
    wanted = {short_document(each.document) for each in labelled}
    texts: dict[str, list[LabelledSentence]] = defaultdict(list)
    for each in papers:
        if short_document(each.document) in wanted:
            texts[short_document(each.document)].append(each)
    places = {
        (document, _text(each)): place for document, text in texts.items() for place, each in enumerate(text)
    }
    groups = []
    for number, each in enumerate(labelled):
        paper = short_document(each.document)
        text, place = texts[paper], places.get((paper, _text(each)))
        around = [each] if place is None else [*text[max(0, place - 1) : place], each, *text[place + 1 :][:1]]
        groups.append(tuple(replace(one, document=f"{each.document}:{number}") for one in around))
    return groups


def short_document(document: str) -> str:
    """A document's id in the length that labelled sentences give it."""
    return document[:DOCUMENT_LENGTH]


def _text(sentence: LabelledSentence) -> str:
    return "".join(sentence.words).casefold()
