"""Where sentences end in the prose of papers."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sentences import sentence_starts
from records import Span


def sentences(text: str) -> list[str]:
    starts = [*sentence_starts(text), len(text)]
    return [text[start:end].strip() for start, end in itertools.pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We train. We test.", ["We train.", "We test."]),
        (
            "Sennrich et al. (2016) propose BPE. It works.",
            ["Sennrich et al. (2016) propose BPE.", "It works."],
        ),
        ("as Kudo et al. We differ.", ["as Kudo et al.", "We differ."]),
        ("See Fig. 3 and Sec. 2. Then stop.", ["See Fig. 3 and Sec. 2.", "Then stop."]),
        ("by J. Smith and K.-H. Lee. Next.", ["by J. Smith and K.-H. Lee.", "Next."]),
        ("It reaches 3.5 points. 4 runs each.", ["It reaches 3.5 points.", "4 runs each."]),
        ("e.g. BERT, i.e. Google's model.", ["e.g. BERT, i.e. Google's model."]),
        ("We use it (Kudo, 2018). fastText helps.", ["We use it (Kudo, 2018).", "fastText helps."]),
        ("A heading\n\nA paragraph without stop\n\nMore", ["A heading", "A paragraph without stop", "More"]),
        ("Why? Because! So.", ["Why?", "Because!", "So."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_no_sentence_runs_through_a_region() -> None:
    text = "We minimise the loss L = x. where x is small. Then we stop"
    start, end = text.index("L ="), text.index("where")
    starts = [*sentence_starts(text, [Span(start=start, end=end - 1)]), len(text)]
    assert [text[one:other].strip() for one, other in itertools.pairwise(starts)] == [
        "We minimise the loss",
        "L = x.",
        "where x is small.",
        "Then we stop",
    ]


@given(st.text(alphabet="aB. ?\n([1)", max_size=80))
def test_starts_grow_from_zero_and_stay_inside_the_text(text: str) -> None:
    starts = list(sentence_starts(text))
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(start < max(len(text), 1) for start in starts)
