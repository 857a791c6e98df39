"""What sources say of a paper is joined whatever their order."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.bibliography import UNTITLED, Description, joined, shown
from records import PaperStatus

DESCRIPTIONS = st.builds(
    Description,
    title=st.sampled_from(["", "Deep nets", "Deep Nets", "Deep nets, in Proc. of X"]),
    authors=st.lists(st.sampled_from(["A", "B", "C"]), max_size=3).map(tuple),
    year=st.none() | st.integers(1990, 1995),
    doi=st.none() | st.sampled_from(["10.1/a", "10.1/b"]),
    arxiv_id=st.none() | st.sampled_from(["1508.07909", "1508.07910"]),
)


@given(many=st.lists(DESCRIPTIONS, max_size=6), order=st.randoms(use_true_random=False))
def test_neither_order_nor_repeats_change_a_joined_description(
    many: list[Description], order: Random
) -> None:
    shuffled = many + many[:2]
    order.shuffle(shuffled)
    assert joined(shuffled) == joined(many)


@given(one=DESCRIPTIONS, other=DESCRIPTIONS, third=DESCRIPTIONS)
def test_descriptions_may_be_joined_one_after_the_other(
    one: Description, other: Description, third: Description
) -> None:
    assert joined([joined([one, other]), third]) == joined([one, other, third])


def test_a_papers_own_document_is_believed_and_others_fill_its_gaps() -> None:
    own = Description(title="Deep Nets, Revised", year=2016, arxiv_id="1508.07909")
    noted = Description(title="Deep nets", authors=("A. One",), year=2015, doi="10.1/a", arxiv_id="1")
    expected = Description(
        title="Deep Nets, Revised", authors=("A. One",), year=2016, doi="10.1/a", arxiv_id="1508.07909"
    )
    assert shown([own], noted) == (expected, PaperStatus.INGESTED)
    assert shown([Description(authors=("B. Two",), doi="10.1/b")], noted)[0] == Description(
        title="Deep nets", authors=("B. Two",), year=2015, doi="10.1/b", arxiv_id="1"
    )


@pytest.mark.parametrize(
    ("own", "status"), [([], PaperStatus.CITED), ([Description()], PaperStatus.INGESTED)]
)
def test_a_paper_without_a_title_gets_a_stand_in(own: list[Description], status: PaperStatus) -> None:
    assert shown(own, Description()) == (Description(title=UNTITLED), status)
