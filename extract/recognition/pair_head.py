"""The relation of two mentions, from the words' vectors of their sentence: the network's pair head in NumPy.

It does what `training.network.PairHead` learned: the pair, as its mentions' ends and types, puts questions
to the sentence's words, each of which also says where it stands to the pair and of which mention it is, and
the answers join the pair.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.recognition.wordpieces import packed

Floats = NDArray[np.float32]
ATTENTION_HEADS = 8
SCALE, ONE = ".scale", np.float32(1)
MOST_PAIRS = 256
"""Pairs of a sentence that are looked at together; bounds the memory that a long list of names takes."""

MOST_WORDS = 4096
"""Words of the sentences, one more for each pair, that are looked at together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two mentions of a sentence in text order: the first and last word of each, and their types' numbers."""

    first: tuple[int, int]
    second: tuple[int, int]
    types: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A sentence and the pairs of its mentions: the words' vectors, (words, size), and their `marks`."""

    words: Floats
    marks: NDArray[np.int64]
    pairs: Sequence[Pair]


class PairHead:
    """The head's weights, by their names in the network; matrices in eight bits with `NAME.scale` of rows."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        self._weights = {
            name: np.asarray(weights[name], dtype=np.float32) * weights.get(name + SCALE, ONE)
            for name in weights
        }
        self._rounds = sum(name.startswith("questions.") and name.endswith(".bias") for name in weights)

    def chances(self, sentences: Sequence[Related]) -> list[Floats]:
        """For each sentence, of one pair at least, its pairs' classes' probabilities, (pairs, classes)."""
        parts = [list(_parts(each)) for each in sentences]
        flat = [part for each in parts for part in each]
        sizes = [len(part.words) + len(part.pairs) for part in flat]
        groups = (flat[numbers.start : numbers.stop] for numbers in packed(sizes, most=MOST_WORDS))
        rows = (found for group in groups for found in self._group(group))
        return [np.concatenate([next(rows) for _ in each]) for each in parts]

    def _group(self, sentences: Sequence[Related]) -> Iterator[Floats]:
        """Yields the probabilities by sentence; matrices are multiplied once for all sentences."""
        words = np.concatenate([each.words for each in sentences])
        marked = words + self._weights["marks.weight"][np.concatenate([each.marks for each in sentences])]
        lengths = [len(each.words) for each in sentences]
        starts = np.cumsum([0, *lengths[:-1]])
        counts = [len(each.pairs) for each in sentences]
        ends = [np.array([(*pair.first, *pair.second) for pair in each.pairs]) for each in sentences]
        keys, values = (
            [heads_first(rows) for rows in _split(self._linear(name, marked), lengths)]
            for name in ("keys", "values")
        )
        where = [zones(places, length) for places, length in zip(ends, lengths, strict=True)]
        pair = self._joined(
            words,
            np.concatenate([places + start for places, start in zip(ends, starts, strict=True)]),
            np.array([pair.types for each in sentences for pair in each.pairs]),
        )
        for number in range(self._rounds):
            asked = _split(self._linear(f"questions.{number}", pair), counts)
            answer = np.concatenate(list(map(self._answer, asked, keys, values, where)))
            pair = pair + gelu(self._linear(f"joins.{number}", np.concatenate([pair, answer], axis=1)))
        yield from _split(softmax(self._linear("out", gelu(self._linear("inner", pair))), axis=1), counts)

    def _joined(self, words: Floats, ends: NDArray[np.int64], types: NDArray[np.int64]) -> Floats:
        """The pairs as vectors: the ends of both mentions, their product, and their types."""
        count = len(ends)
        first, second = words[ends[:, :2]].reshape(count, -1), words[ends[:, 2:]].reshape(count, -1)
        kinds = self._weights["types.weight"][types].reshape(count, -1)
        product = self._linear("first", first) * self._linear("second", second)
        return gelu(self._linear("pair", np.concatenate([first, second, kinds, product], axis=1)))

    def _answer(self, asked: Floats, keys: Floats, values: Floats, where: NDArray[np.int64]) -> Floats:
        """What the sentence answers: attention over words, to whose keys and values their zones are added.

        Keys and values have shape (attention heads, words, size of a head). Sums over words are taken by
        zone, so that no (pairs, words, size) array is made.
        """
        zone = heads_first(self._weights["zones.weight"])
        count, inner = asked.shape
        asked = heads_first(asked)
        by_zone = np.take_along_axis(asked @ zone.swapaxes(1, 2), where[None], axis=2)
        scores = asked @ keys.swapaxes(1, 2) + by_zone
        weights = softmax(scores * np.float32(1 / np.sqrt(asked.shape[2])), axis=2)
        inside = (where[..., None] == np.arange(zone.shape[1])).astype(np.float32)
        mass = (weights.swapaxes(0, 1) @ inside).swapaxes(0, 1)
        answer: Floats = (weights @ values + mass @ zone).swapaxes(0, 1).reshape(count, inner)
        return answer

    def _linear(self, name: str, source: Floats) -> Floats:
        product: Floats = source @ self._weights[name + ".weight"].T + self._weights[name + ".bias"]
        return product


def _parts(sentence: Related) -> Iterator[Related]:
    """Yields the sentence with so many of its pairs at a time."""
    for start in range(0, len(sentence.pairs), MOST_PAIRS):
        yield replace(sentence, pairs=sentence.pairs[start : start + MOST_PAIRS])


def _split(rows: Floats, counts: Sequence[int]) -> list[Floats]:
    return np.split(rows, np.cumsum(counts)[:-1])


def marks(count: int, mentions: Iterable[tuple[int, int, int]], *, types: int) -> NDArray[np.int64]:
    """For each of `count` words 0 or, of the mention that it belongs to, the type's number from 1, or from
    1 + `types` behind its first word; mentions are (start, end, number of the type).
    """
    numbers = np.zeros(count, dtype=np.int64)
    for start, end, kind in mentions:
        numbers[start] = 1 + kind
        numbers[start + 1 : end] = 1 + types + kind
    return numbers


def zones(ends: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """For each pair and word 1 before, 2 in the first mention, 3 between, 4 in the second, 5 after."""
    place = np.arange(length)[None, :]
    start, end, start2, end2 = (ends[:, column, None] for column in range(4))
    zone: NDArray[np.int64] = 1 + (place >= start).astype(np.int64)
    return zone + (place > end) + (place >= start2) + (place > end2)


def heads_first(rows: Floats) -> Floats:
    """Rows (rows, inner) by attention head: (heads, rows, size of a head)."""
    return rows.reshape(len(rows), ATTENTION_HEADS, -1).swapaxes(0, 1)


def softmax(scores: Floats, *, axis: int) -> Floats:
    """Probabilities along an axis."""
    raised = np.exp(scores - scores.max(axis=axis, keepdims=True))
    chances: Floats = raised / raised.sum(axis=axis, keepdims=True)
    return chances


def gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit (Hendrycks and Gimpel, 2016) by its tanh form."""
    passed: Floats = 0.5 * values * (1 + np.tanh(0.7978845608 * values * (1 + 0.044715 * values * values)))
    return passed
