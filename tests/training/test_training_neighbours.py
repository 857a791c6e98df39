"""Labelled sentences between the neighbours that they have in their papers."""

import random

from tiny_word_pieces import word_pieces

from training.corpora.neighbours import with_neighbours
from training.plan import shown, step_windows
from training.recipe import Recipe
from training.sentences import LabelledSentence, LabelledSpan

PAPER = "scirex:0123456789abcdef"
TEXT = ["We train .", "We lower - case words .", "Then we test .", "It works ."]


def sentence(text: str, *, corpus: str, document: str) -> LabelledSentence:
    return LabelledSentence(corpus=corpus, document=document, words=tuple(text.split()))


PAPERS = [sentence(text, corpus="scirex", document=PAPER) for text in TEXT]
STEP = LabelledSentence(
    corpus="steps",
    document="scirex:0123456789ab",
    words=tuple(TEXT[1].split()),
    spans=(LabelledSpan(start=1, end=4, type="PreprocessingStep"),),
)


def test_a_sentence_stands_between_its_neighbours_with_its_own_labels() -> None:
    (group,) = with_neighbours([STEP], PAPERS)
    assert [each.words for each in group] == [tuple(text.split()) for text in TEXT[:3]]
    assert [each.corpus for each in group] == ["scirex", "steps", "scirex"]
    assert group[1].spans == STEP.spans
    assert len({each.document for each in group}) == 1


def test_the_ends_of_a_paper_have_one_neighbour_and_strangers_none() -> None:
    first, last, stranger = (
        sentence(text, corpus="steps", document=document)
        for text, document in ((TEXT[0], STEP.document), (TEXT[3], STEP.document), (TEXT[0], "scirex:other"))
    )
    groups = with_neighbours([first, last, stranger], PAPERS)
    assert [[each.corpus for each in group] for group in groups] == [
        ["steps", "scirex"],
        ["scirex", "steps"],
        ["steps"],
    ]
    assert len({group[0].document for group in groups}) == 3


def test_an_epoch_shows_a_share_of_them_between_neighbours_and_all_of_them_once() -> None:
    groups = with_neighbours([STEP] * 400, PAPERS)
    drawn = shown(groups, 0.25, random.Random(1))  # noqa: S311
    assert sum(each.corpus == "steps" for each in drawn) == 400
    assert 60 < sum(each.corpus == "scirex" for each in drawn) / 2 < 140
    assert all(each.corpus == "steps" for each in shown(groups, 0.0, random.Random(1)))  # noqa: S311


def test_windows_of_neighbours_only_are_left_out() -> None:
    (group,) = with_neighbours([STEP], PAPERS)
    apart = Recipe(encoder="any", window=5)
    (window,) = step_windows(group, apart, word_pieces())
    assert window.sentences == (group[1],)
    (window,) = step_windows(group, Recipe(encoder="any"), word_pieces())
    assert window.sentences == group
