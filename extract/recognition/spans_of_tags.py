"""Entities as tags of words: B, I, E, S of each type and O, and the best sequence that the scheme allows."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1e4
TOGETHER = 64
"""Sentences of like length whose best sequences are sought together."""


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


def best_tags(
    sentences: Sequence[NDArray[np.float32]], allowed: NDArray[np.float32]
) -> list[NDArray[np.int64]]:
    """For each sentence the sequence of tags with the highest sum of scores among those allowed (Viterbi).

    A sentence's scores have shape (words, tags), in logarithms; no sequence begins or ends inside a span.
    """
    best: list[NDArray[np.int64]] = [scores.argmax(axis=1) for scores in sentences]
    broken = [number for number, tags in enumerate(best) if _breaks(tags, allowed)]
    broken.sort(key=lambda number: len(best[number]))  # the others have nothing better than each word's best
    for first in range(0, len(broken), TOGETHER):
        numbers = broken[first : first + TOGETHER]
        for number, tags in zip(numbers, _viterbi([sentences[n] for n in numbers], allowed), strict=True):
            best[number] = tags
    return best


def _breaks(tags: NDArray[np.int64], allowed: NDArray[np.float32]) -> bool:
    return len(tags) > 0 and bool(
        allowed[0, tags[0]] or allowed[tags[-1], 0] or allowed[tags[:-1], tags[1:]].any()
    )


def _viterbi(
    sentences: Sequence[NDArray[np.float32]], allowed: NDArray[np.float32]
) -> Iterator[NDArray[np.int64]]:
    lengths = np.array([len(scores) for scores in sentences])
    count, longest, tags = len(sentences), int(lengths.max()), len(allowed)
    scores = np.zeros((longest, count, tags), dtype=np.float32)
    for number, each in enumerate(sentences):
        scores[: len(each), number] = each
    stays = np.arange(tags)
    back = np.tile(stays, (longest, count, 1))
    total = scores[0] + allowed[0]
    for word in range(1, longest):
        ways = total[:, :, None] + allowed
        goes = (lengths > word)[:, None]
        back[word] = np.where(goes, ways.argmax(axis=1), stays)
        total = np.where(goes, ways.max(axis=1) + scores[word], total)
    path = np.empty((longest, count), dtype=np.int64)
    path[-1] = (total + allowed[:, 0]).argmax(axis=1)
    for word in range(longest - 1, 0, -1):
        path[word - 1] = back[word, np.arange(count), path[word]]
    for number, length in enumerate(lengths):
        yield path[:length, number]


def spans_in(tags: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Yields start, end and type number of the spans of an allowed sequence of tags."""
    words = np.flatnonzero(tags)
    start = 0
    for word, tag in zip(words.tolist(), tags[words].tolist(), strict=True):
        number, position = divmod(tag - 1, 4)
        if position in {0, 3}:
            start = word
        if position in {2, 3}:
            yield start, word + 1, number
