"""Entities as tags of words: B, I, E, S of each type and O, and the best sequence that the scheme allows."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1e4


def tag_ids(count: int, spans: Sequence[tuple[int, int, int]]) -> NDArray[np.int64]:
    """The tags of `count` words for spans of (start, end, number of the type)."""
    tags = np.zeros(count, dtype=np.int64)
    for start, end, number in spans:
        first = 1 + 4 * number
        if end - start == 1:
            tags[start] = first + 3
        else:
            tags[start], tags[end - 1] = first, first + 2
            tags[start + 1 : end - 1] = first + 1
    return tags


def transitions(type_count: int) -> NDArray[np.float32]:
    """Zero where one tag may follow another, `FORBIDDEN` elsewhere; shape (tags, tags), [before, after]."""
    count = 1 + 4 * type_count
    opened = np.zeros(count, dtype=np.int64)
    needs = np.zeros(count, dtype=np.int64)
    for number in range(type_count):
        begin, inside, end, _ = range(1 + 4 * number, 5 + 4 * number)
        opened[[begin, inside]] = number + 1
        needs[[inside, end]] = number + 1
    return np.where(opened[:, None] == needs[None, :], 0.0, FORBIDDEN).astype(np.float32)


def best_tags(scores: NDArray[np.float32], allowed: NDArray[np.float32]) -> NDArray[np.int64]:
    """The sequence of tags with the highest sum of scores among those allowed (Viterbi).

    `scores` has shape (words, tags), in logarithms; a sequence neither begins nor ends inside a span.
    """
    surest: NDArray[np.int64] = scores.argmax(axis=1)
    steps = allowed[surest[:-1], surest[1:]]
    if not (steps.any() or allowed[0, surest[0]] or allowed[surest[-1], 0]):
        return surest  # nothing can be better than the best of every word
    count = len(scores)
    back = np.zeros(scores.shape, dtype=np.int64)
    total = scores[0] + allowed[0]
    for word in range(1, count):
        ways = total[:, None] + allowed
        back[word] = ways.argmax(axis=0)
        total = ways[back[word], np.arange(len(total))] + scores[word]
    tags = np.zeros(count, dtype=np.int64)
    tags[-1] = (total + allowed[:, 0]).argmax()
    for word in range(count - 1, 0, -1):
        tags[word - 1] = back[word, tags[word]]
    return tags


def spans_in(tags: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Yields start, end and type number of the spans of an allowed sequence of tags."""
    start = 0
    for word, tag in enumerate(tags):
        if tag == 0:
            continue
        number, position = divmod(tag - 1, 4)
        if position in {0, 3}:
            start = word
        if position in {2, 3}:
            yield start, word + 1, number
