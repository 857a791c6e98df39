"""The pair head's arithmetic, on made-up weights."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.recognition.pair_head import (
    ATTENTION_HEADS,
    MOST_PAIRS,
    MOST_WORDS,
    Pair,
    PairHead,
    Related,
    marks,
)

SIZE, INNER, TYPES, CLASSES = 12, 2 * ATTENTION_HEADS, 3, 5
SHAPES = {
    "types.weight": (TYPES, 32),
    "zones.weight": (6, INNER),
    "marks.weight": (1 + 2 * TYPES, SIZE),
    "first": (INNER, 2 * SIZE),
    "second": (INNER, 2 * SIZE),
    "pair": (INNER, 4 * SIZE + 64 + INNER),
    "questions.0": (INNER, INNER),
    "joins.0": (INNER, 2 * INNER),
    "keys": (INNER, SIZE),
    "values": (INNER, SIZE),
    "inner": (INNER, INNER),
    "out": (CLASSES, INNER),
}
RNG = np.random.default_rng(7)


def weights() -> dict[str, NDArray[np.float32]]:
    made = {}
    for name, shape in SHAPES.items():
        table = "weight" in name
        made[name if table else f"{name}.weight"] = (RNG.normal(size=shape) / shape[-1] ** 0.5).astype(
            np.float32
        )
        if not table:
            made[f"{name}.bias"] = RNG.normal(size=shape[0]).astype(np.float32)
    return made


WEIGHTS = weights()
PAIRS = [
    Pair(first=(0, 1), second=(3, 3), types=(0, 2)),
    Pair(first=(0, 1), second=(5, 6), types=(0, 1)),
    Pair(first=(3, 3), second=(5, 6), types=(2, 1)),
]
MARKS = marks(8, [(0, 2, 0), (3, 4, 2), (5, 7, 1)], types=TYPES)


def sentence(seed: int, pairs: list[Pair], length: int = 8) -> Related:
    words = np.random.default_rng(seed).normal(size=(length, SIZE)).astype(np.float32)
    return Related(words=words, marks=np.resize(MARKS, length), pairs=pairs)


def test_marks_say_which_mention_a_word_begins_or_goes_on() -> None:
    assert MARKS.tolist() == [1, 4, 0, 3, 0, 2, 5, 0]


def test_every_pair_has_probabilities_that_do_not_depend_on_other_pairs_or_sentences() -> None:
    head = PairHead(WEIGHTS)
    text = [sentence(1, PAIRS), sentence(2, PAIRS[:1]), sentence(3, PAIRS[1:], 30)]
    together = head.chances(text)
    assert [len(rows) for rows in together] == [3, 1, 2]
    for each, rows in zip(text, together, strict=True):
        assert rows.sum(axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-5)
        for pair, row in zip(each.pairs, rows, strict=True):
            alone = Related(words=each.words, marks=each.marks, pairs=[pair])
            assert head.chances([alone])[0][0] == pytest.approx(row, abs=1e-5)


def test_many_sentences_are_looked_at_in_parts() -> None:
    head = PairHead(WEIGHTS)
    text = [sentence(seed, PAIRS, 800) for seed in range(2 * MOST_WORDS // 800 + 1)]
    for each, rows in zip(text, head.chances(text), strict=True):
        assert head.chances([each])[0] == pytest.approx(rows, abs=1e-5)
    assert head.chances([]) == []


@pytest.mark.parametrize("changed", ["words", "marks", "types"])
def test_what_stands_around_a_pair_matters(changed: str) -> None:
    head, whole = PairHead(WEIGHTS), sentence(1, PAIRS[:1])
    words, known, pair = whole.words.copy(), whole.marks.copy(), PAIRS[0]
    if changed == "words":
        words[7] += 1
    elif changed == "marks":
        known[5:7] = 0
    else:
        pair = Pair(first=pair.first, second=pair.second, types=(1, 2))
    other = Related(words=words, marks=known, pairs=[pair])
    assert np.abs(head.chances([other])[0] - head.chances([whole])[0]).max() > 1e-4


def test_matrices_in_eight_bits_are_scaled_by_row() -> None:
    scale = np.array([[0.5]] * (INNER - 1) + [[2.0]], dtype=np.float32)
    small = np.ones((INNER, INNER), dtype=np.int8)
    quantised: dict[str, NDArray[Any]] = {**WEIGHTS, "inner.weight": small, "inner.weight.scale": scale}
    floats = {**WEIGHTS, "inner.weight": small * scale}
    expected = PairHead(floats).chances([sentence(1, PAIRS)])[0]
    assert PairHead(quantised).chances([sentence(1, PAIRS)])[0] == pytest.approx(expected)


def test_a_long_list_of_pairs_is_looked_at_in_parts() -> None:
    head, few = PairHead(WEIGHTS), sentence(1, PAIRS)
    many = sentence(1, PAIRS * MOST_PAIRS)
    rows = head.chances([few, many])[1]
    assert len(rows) == 3 * MOST_PAIRS
    assert rows[-3:] == pytest.approx(head.chances([few])[0], abs=1e-5)
