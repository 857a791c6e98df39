"""The relation of two mentions, from the words' vectors of their sentence: the network's pair head in NumPy.

It does what `training.network.PairHead` learned: the pair, as its mentions' ends and types, puts questions
to the sentence's words, each of which also says where it stands to the pair and of which mention it is, and
the answers join the pair.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
ATTENTION_HEADS = 8
SCALE, ONE = ".scale", np.float32(1)
MOST_PAIRS = 256
"""Pairs that are looked at together; bounds the memory that a long list of names takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two mentions of a sentence in text order: the first and last word of each, and their types' numbers."""

    first: tuple[int, int]
    second: tuple[int, int]
    types: tuple[int, int]


class PairHead:
    """The head's weights, by their names in the network; matrices in eight bits with `NAME.scale` of rows."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        self._weights = {
            name: np.asarray(weights[name], dtype=np.float32) * weights.get(name + SCALE, ONE)
            for name in weights
        }
        self._rounds = sum(name.startswith("questions.") and name.endswith(".bias") for name in weights)

    def chances(self, words: Floats, pairs: Sequence[Pair], marks: NDArray[np.int64]) -> Floats:
        """Probabilities of the classes, (pairs, classes), of pairs in a sentence's words, (words, size)."""
        marked = words + self._weights["marks.weight"][marks]
        keys, values = self._linear("keys", marked), self._linear("values", marked)
        groups = [pairs[start : start + MOST_PAIRS] for start in range(0, len(pairs), MOST_PAIRS)]
        return np.concatenate([self._group(words, keys, values, group) for group in groups])

    def _group(self, words: Floats, keys: Floats, values: Floats, pairs: Sequence[Pair]) -> Floats:
        ends = np.array([(*pair.first, *pair.second) for pair in pairs])
        pair = self._joined(words, ends, np.array([pair.types for pair in pairs]))
        where = zones(ends, len(words))
        for number in range(self._rounds):
            answer = self._answer(self._linear(f"questions.{number}", pair), keys, values, where)
            pair = pair + gelu(self._linear(f"joins.{number}", np.concatenate([pair, answer], axis=1)))
        return softmax(self._linear("out", gelu(self._linear("inner", pair))), axis=1)

    def _joined(self, words: Floats, ends: NDArray[np.int64], types: NDArray[np.int64]) -> Floats:
        """The pairs as vectors: the ends of both mentions, their product, and their types."""
        count = len(ends)
        first, second = words[ends[:, :2]].reshape(count, -1), words[ends[:, 2:]].reshape(count, -1)
        kinds = self._weights["types.weight"][types].reshape(count, -1)
        product = self._linear("first", first) * self._linear("second", second)
        return gelu(self._linear("pair", np.concatenate([first, second, kinds, product], axis=1)))

    def _answer(self, asked: Floats, keys: Floats, values: Floats, where: NDArray[np.int64]) -> Floats:
        """What the sentence answers: attention over words, to whose keys and values their zones are added.

        Sums over words are taken by zone, so that no (pairs, words, size) array is made.
        """
        zone = self._weights["zones.weight"]
        count, inner = asked.shape
        split = (ATTENTION_HEADS, inner // ATTENTION_HEADS)
        asked = asked.reshape(count, *split)
        by_word = np.einsum("phs,whs->phw", asked, keys.reshape(-1, *split), optimize=True)
        by_zone = np.einsum("phs,zhs->phz", asked, zone.reshape(-1, *split), optimize=True)
        scores = by_word + np.take_along_axis(by_zone, where[:, None, :].repeat(ATTENTION_HEADS, 1), axis=2)
        weights = softmax(scores / np.sqrt(split[1]), axis=2)
        mass = np.stack([(weights * (where == z)[:, None, :]).sum(axis=2) for z in range(len(zone))], axis=2)
        answer = np.einsum("phw,whs->phs", weights, values.reshape(-1, *split), optimize=True)
        answer += np.einsum("phz,zhs->phs", mass, zone.reshape(-1, *split), optimize=True)
        joined: Floats = answer.reshape(count, inner).astype(np.float32)
        return joined

    def _linear(self, name: str, source: Floats) -> Floats:
        product: Floats = source @ self._weights[name + ".weight"].T + self._weights[name + ".bias"]
        return product


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


def softmax(scores: Floats, *, axis: int) -> Floats:
    """Probabilities along an axis."""
    raised = np.exp(scores - scores.max(axis=axis, keepdims=True))
    chances: Floats = raised / raised.sum(axis=axis, keepdims=True)
    return chances


def gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit (Hendrycks and Gimpel, 2016) by its tanh form."""
    passed: Floats = 0.5 * values * (1 + np.tanh(0.7978845608 * (values + 0.044715 * values**3)))
    return passed
