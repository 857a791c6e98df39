"""The scorers that quality is told by: right readings score 1, and each fault costs its own figure."""

import dataclasses

import pytest
from builders import document

from benchmarks.gold_structure import plain, reference_score
from benchmarks.gold_text import text_score
from records import Document, Reference, Span

PIECE = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    ("text", "word", "char"),
    [
        (PIECE, 1.0, 1.0),
        ("zero " + PIECE.replace(" ", "\n") + ".", 1.0, 1.0),
        (PIECE.replace("five six", "fivesix"), 0.0, 1.0),
        (PIECE.replace("ten", "eleven"), 2 / 3, 2 / 3),
        (PIECE.upper(), 0.0, 0.0),
        ("", 0.0, 0.0),
    ],
)
def test_runs_are_found_word_by_word_or_without_their_spaces(text: str, word: float, char: float) -> None:
    score = text_score([text], [[PIECE]])
    assert score is not None
    assert (score.word, score.char) == pytest.approx((word, char))


def test_quotes_and_dashes_of_any_form_are_the_same() -> None:
    score = text_score(
        ["so-called “self–taught” models don’t ask for ﬁne labels"],
        [["so-called ``self-taught'' models don't ask for fine labels"]],
    )
    assert score is not None
    assert score.word == 1.0


def test_paragraphs_that_have_changed_places_cost_order_alone() -> None:
    first, second = (" ".join(f"{letter}{number}" for number in range(9)) for letter in "ab")
    score = text_score([f"{second} {first}"], [[first], [second]])
    assert score is not None
    assert (score.word, score.char) == (1.0, 1.0)
    assert score.order == pytest.approx(2 / 3)


def test_gold_without_long_runs_has_no_score() -> None:
    assert text_score([PIECE], [["too short"], []]) is None


def with_entries(*entries: str) -> Document:
    """A document that is nothing but its bibliography."""
    text = "\n\n".join(entries)
    references, start = [], 0
    for number, entry in enumerate(entries, start=1):
        span = Span(start=start, end=start + len(entry))
        references.append(
            Reference(
                id=f"r{number}",
                span=span,
                number=None,
                authors=(),
                year=None,
                title="",
                doi=None,
                arxiv_id=None,
            )
        )
        start += len(entry) + 2
    return dataclasses.replace(document(text=text), references=tuple(references))


ONE = "A. Willow and B. Birch. 2019. Pruning trees that were never grown. In Forestry, pages 1–9."
TWO = "C. Oak. 2021. Counting rings in synthetic wood without cutting it. Journal of Rings, 4(2)."


def test_entries_are_found_whole_or_by_their_titles() -> None:
    whole = reference_score(with_entries(ONE, TWO), [plain(ONE), plain(TWO)])
    titles = reference_score(with_entries(ONE, TWO), ["pruning trees that were never grown"])
    assert (whole.precision, whole.recall) == (1.0, 1.0)
    assert (titles.precision, titles.recall) == (0.5, 1.0)


def test_two_entries_read_as_one_count_once() -> None:
    merged = reference_score(with_entries(f"{ONE} {TWO}"), [plain(ONE), plain(TWO)])
    assert merged.recall == 0.5
