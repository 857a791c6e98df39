"""Tags of words and the spans that they mean."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from extract.recognition.spans_of_tags import best_tags, spans_in, tag_ids, transitions

TYPES = 2
TAGS = 1 + 4 * TYPES


@st.composite
def separate_spans(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, int]]]:
    count = draw(st.integers(1, 12))
    cuts = sorted(draw(st.sets(st.integers(0, count), max_size=8)))
    spans = [
        (start, end, draw(st.integers(0, TYPES - 1))) for start, end in pairwise(cuts) if draw(st.booleans())
    ]
    return count, spans


@given(separate_spans())
def test_spans_come_back_from_their_tags(case: tuple[int, list[tuple[int, int, int]]]) -> None:
    count, spans = case
    assert list(spans_in(tag_ids(count, spans))) == spans


@given(st.integers(0, 10_000), st.lists(st.integers(0, 3), max_size=4))
def test_no_allowed_sequence_is_better_than_the_best(seed: int, counts: list[int]) -> None:
    rng = np.random.default_rng(seed)
    sentences = [rng.normal(size=(count, TAGS)).astype(np.float32) for count in counts]
    allowed = transitions(TYPES)

    def worth(scores: NDArray[np.float32], tags: tuple[int, ...]) -> float:
        steps = [allowed[a, b] for a, b in pairwise((0, *tags, 0))]
        return float(sum(steps) + sum(scores[word, tag] for word, tag in enumerate(tags)))

    for scores, tags in zip(sentences, best_tags(sentences, allowed), strict=True):
        ways = product(range(TAGS), repeat=len(scores))
        best = max(worth(scores, way) for way in ways)
        assert np.isclose(worth(scores, tuple(tags.tolist())), best, atol=1e-3)
