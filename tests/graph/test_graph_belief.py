"""Belief grows with independent sources, and with nothing else."""

import itertools
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.belief import Source, author_key, belief

SOURCES = st.lists(
    st.builds(
        Source,
        paper_id=st.sampled_from(["p1", "p2", "p3", "p4"]),
        authors=st.lists(st.sampled_from(["Ada Byron", "C. Babbage", "Noether, E."]), max_size=2).map(tuple),
        confidence=st.floats(min_value=0.0, max_value=1.0),
    ),
    max_size=8,
)


def source(paper_id: str, confidence: float, *authors: str) -> Source:
    return Source(paper_id=paper_id, authors=authors, confidence=confidence)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], 0.0),
        ([source("p1", 0.8)], 0.8),
        ([source("p1", 0.5), source("p2", 0.5)], 0.75),
        ([source("p1", 0.5), source("p1", 0.8)], 0.8),  # repeats in one paper: the best counts
        ([source("p1", 0.5, "Ada Byron"), source("p2", 0.8, "A. Byron")], 0.8),
        (  # the first and the last share no author, but the one between shares one with each
            [source("p1", 0.5, "A. One"), source("p2", 0.5, "A. One", "B. Two"), source("p3", 0.5, "B. Two")],
            0.5,
        ),
        ([source("p1", 0.5, "Ada Byron"), source("p2", 0.5, "Boris Byron")], 0.75),  # another first name
        ([source("p1", 0.5, "et al."), source("p2", 0.5, "et al.")], 0.75),  # nobody is called that
        ([source("p1", 0.5, ""), source("p2", 0.5, "")], 0.75),
        ([source("p1", 1.0), source("p2", 0.3)], 1.0),
        ([source("p1", 1.7), source("p2", -3.0)], 1.0),
    ],
)
def test_belief_counts_each_independent_source_once(sources: Sequence[Source], expected: float) -> None:
    assert belief(sources) == pytest.approx(expected)


@given(sources=SOURCES, order=st.randoms(use_true_random=False))
def test_the_order_of_the_sources_changes_not_even_the_last_bit(sources: list[Source], order: Random) -> None:
    shuffled = list(sources)
    order.shuffle(shuffled)
    assert belief(shuffled) == belief(sources)


def test_three_sources_give_one_number_in_all_orders() -> None:
    sources = [source("p1", 0.1), source("p2", 0.1), source("p3", 0.3)]
    assert len({belief(order) for order in itertools.permutations(sources)}) == 1


@given(sources=SOURCES, new=SOURCES.filter(bool))
def test_an_affirming_source_that_bridges_no_others_never_lowers_belief(
    sources: list[Source], new: list[Source]
) -> None:
    alone = Source(paper_id="another", authors=(), confidence=new[0].confidence)
    assert belief([*sources, alone]) >= belief(sources)


@given(sources=SOURCES.filter(bool))
def test_the_same_source_again_changes_nothing(sources: list[Source]) -> None:
    assert belief([*sources, sources[0]]) == belief(sources)


@given(sources=SOURCES)
def test_belief_is_a_probability_not_below_the_best_source(sources: list[Source]) -> None:
    best = max((one.confidence for one in sources), default=0.0)
    assert best - 1e-12 <= belief(sources) <= 1.0


@pytest.mark.parametrize(
    ("author", "key"),
    [
        ("Rico Sennrich", "sennrich r"),
        ("R. Sennrich", "sennrich r"),
        ("Sennrich, Rico", "sennrich r"),
        ("Sennrich, R.", "sennrich r"),
        ("Laurens van der Maaten", "maaten l"),
        ("van der Maaten, L.", "maaten l"),
        ("Müller, Ä.", "muller a"),
        ("Plato", "plato"),
        ("et al.", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_an_author_is_the_same_however_printed(author: str, key: str) -> None:
    assert author_key(author) == key
