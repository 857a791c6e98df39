"""The pairs of mentions between which relations are learned."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from training.heads import MENTION_TYPES, PAIR_CLASSES, pair_class
from training.sentences import LabelledSentence

UNKNOWN = -100
"""The label of what a loss leaves out."""

PairRow = tuple[int, int, int, int, int, int]
"""First and last word of either mention, and the numbers of their types."""


def span_pairs(spans: Sequence[tuple[int, int, int]]) -> Iterator[PairRow]:
    """Yields the pairs of spans (start, end, number of the type) in text order."""
    for (start, end, kind), (start2, end2, kind2) in combinations(sorted(spans), 2):
        yield start, end - 1, start2, end2 - 1, kind, kind2


def gold_pairs(sentence: LabelledSentence) -> Iterator[tuple[PairRow, int]]:
    """Yields the pairs of a sentence's spans in text order with their classes."""
    order = sorted(range(len(sentence.spans)), key=lambda number: sentence.spans[number].start)
    known = {}
    for relation in sentence.relations:
        first, second = sorted((relation.head, relation.tail), key=order.index)
        known[first, second] = pair_class(relation.type, is_reversed=relation.head != first)
    open_pairs = {frozenset(pair) for pair in sentence.uncertain}
    for first, second in combinations(order, 2):
        label = known.get((first, second))
        if label is None:
            label = UNKNOWN if frozenset((first, second)) in open_pairs else 0
        one, two = sentence.spans[first], sentence.spans[second]
        kinds = (MENTION_TYPES.index(one.type), MENTION_TYPES.index(two.type))
        yield (one.start, one.end - 1, two.start, two.end - 1, *kinds), label


def allowed_classes(sentences: Iterable[LabelledSentence], *, least: int = 2) -> NDArray[np.bool_]:
    """Which classes were seen at least so often between which types, (types, types, classes)."""
    counts = np.zeros((len(MENTION_TYPES), len(MENTION_TYPES), len(PAIR_CLASSES)), dtype=np.int64)
    for sentence in sentences:
        for row, label in gold_pairs(sentence):
            if label != UNKNOWN:
                counts[row[4], row[5], label] += 1
    counts[:, :, 0] = least
    return counts >= least
