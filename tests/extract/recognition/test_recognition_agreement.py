"""Names agree across a document: what one sentence leaves open, others settle."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.recognition.agreement import LONGEST_NAME, Tagged, agreed, tagged
from extract.recognition.spans_of_tags import spans_in, tag_ids, transitions

TYPES = 2
ALLOWED = transitions(TYPES)


def sentence(text: str, spans: Mapping[tuple[int, int], tuple[int, float]]) -> Tagged:
    """A sentence in which the model gives each span a type with a chance, and the rest to no tag."""
    words = text.split()
    chances = np.zeros((len(words), 1 + 4 * TYPES), dtype=np.float32)
    chances[:, 0] = 1.0
    for (start, end), (kind, chance) in spans.items():
        tags = tag_ids(end - start, [(0, end - start, kind)])
        for word, tag in zip(range(start, end), tags, strict=True):
            chances[word, 0] = 1 - chance
            chances[word, tag] = chance
    return tagged([words], [chances], ALLOWED)[0]


def found(sentences: Sequence[Tagged]) -> list[list[tuple[str, int]]]:
    return [
        [(" ".join(each.words[start:end]), kind) for start, end, kind in spans_in(each.tags)]
        for each in sentences
    ]


def test_a_name_that_is_sure_in_most_places_is_found_in_all() -> None:
    text = [
        sentence("we train web net here", {(2, 4): (0, 0.9)}),
        sentence("web net is deep", {(0, 2): (0, 0.8)}),
        sentence("results of web net follow", {(2, 4): (0, 0.3)}),
    ]
    assert found(text) == [[("web net", 0)], [("web net", 0)], []]
    assert found(agreed(text, ALLOWED)) == [[("web net", 0)]] * 3


def test_a_name_that_most_places_deny_is_found_in_none() -> None:
    text = [sentence("the model", {(1, 2): (0, 0.6)}), *[sentence("a model of it", {})] * 3]
    assert found(agreed(text, ALLOWED)) == [[], [], [], []]


def test_a_name_has_one_type() -> None:
    text = [
        sentence("on cora we", {(1, 2): (1, 0.9)}),
        sentence("cora was made", {(0, 1): (0, 0.6)}),
    ]
    assert found(agreed(text, ALLOWED)) == [[("cora", 1)], [("cora", 1)]]


def test_a_longer_name_takes_the_place_of_parts_and_leaves_what_sticks_out() -> None:
    whole = sentence("deep web net", {(0, 3): (0, 0.9)})
    parts = sentence("deep web net", {(0, 2): (0, 0.6), (2, 3): (1, 0.6)})
    beyond = sentence("a deep web net model", {(3, 5): (0, 0.9)})
    assert found(agreed([whole, whole, parts, beyond], ALLOWED)) == [
        *[[("deep web net", 0)]] * 3,
        [("net model", 0)],
    ]


def test_a_name_that_stands_once_and_other_sentences_stay_as_they_are() -> None:
    text = [sentence("we use web net", {(2, 4): (0, 0.7)}), sentence("nothing here", {})]
    assert agreed(text, ALLOWED) == text
    assert agreed([], ALLOWED) == []


def test_confidence_is_that_of_all_places() -> None:
    text = [sentence("cora", {(0, 1): (1, chance)}) for chance in (0.9, 0.7)]
    assert [each.chances[0].max() for each in agreed(text, ALLOWED)] == pytest.approx([0.8, 0.8])


WORDS = st.sampled_from(["net", "web", "deep", "a"])
CHANCES = st.lists(st.floats(0.01, 1.0), min_size=1 + 4 * TYPES, max_size=1 + 4 * TYPES)
SENTENCES = st.lists(st.lists(st.tuples(WORDS, CHANCES), min_size=1, max_size=LONGEST_NAME + 2), max_size=6)


@given(SENTENCES)
def test_the_order_of_sentences_does_not_matter(drawn: list[list[tuple[str, list[float]]]]) -> None:
    rows = [np.array([row for _, row in pairs]) for pairs in drawn]
    chances = [each / each.sum(axis=1, keepdims=True) for each in rows]
    text = tagged([[word for word, _ in pairs] for pairs in drawn], chances, ALLOWED)
    forward, backward = agreed(text, ALLOWED), agreed(text[::-1], ALLOWED)[::-1]
    for one, other in zip(forward, backward, strict=True):
        assert one.chances == pytest.approx(other.chances)
        assert one.chances.sum(axis=1) == pytest.approx(np.ones(len(one.words)))
