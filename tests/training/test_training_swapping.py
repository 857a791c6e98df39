"""Names are swapped for others of their type; what rests on a name's own meaning stays."""

import random

from training.sentences import LabelledRelation, LabelledSentence, LabelledSpan
from training.swapping import Names, names_by_type, swapped, vocabulary_names

NAMES: Names = {"Method": [("graph", "attention", "network")], "Dataset": [("COCO",)]}


def span(start: int, end: int, kind: str = "Method") -> LabelledSpan:
    return LabelledSpan(start=start, end=end, type=kind)


def sentence(
    text: str, *spans: LabelledSpan, relations: tuple[LabelledRelation, ...] = ()
) -> LabelledSentence:
    return LabelledSentence(
        corpus="scier", document="1", words=tuple(text.split()), spans=spans, relations=relations
    )


def swap(original: LabelledSentence) -> LabelledSentence:
    return swapped(original, NAMES, share=1.0, rng=random.Random(1))  # noqa: S311


def test_a_name_is_swapped_alike_wherever_it_stands_and_spans_and_relations_follow() -> None:
    used = LabelledRelation(head=1, tail=0, type="Evaluated-With")
    original = sentence(
        "On GLUE , BERT beats BERT", span(1, 2, "Dataset"), span(3, 4), span(5, 6), relations=(used,)
    )
    made = swap(original)
    assert " ".join(made.words) == "On COCO , graph attention network beats graph attention network"
    assert made.spans == (span(1, 2, "Dataset"), span(3, 6), span(7, 10))
    assert made.relations == (used,)


def test_names_that_are_related_by_their_meaning_stay() -> None:
    same = LabelledRelation(head=0, tail=1, type="Synonym-Of")
    original = sentence("long memory ( LSTM )", span(0, 2), span(3, 4), relations=(same,))
    assert swap(original) == original


def test_names_in_names_stay() -> None:
    original = sentence("BERT encoder", span(0, 2), span(0, 1))
    assert swap(original) == original


def test_nothing_is_swapped_where_the_share_is_none() -> None:
    original = sentence("BERT", span(0, 1))
    assert swapped(original, NAMES, share=0.0, rng=random.Random(1)) == original  # noqa: S311


def test_names_to_swap_in_are_those_of_the_sentences_and_of_vocabularies_once() -> None:
    found = names_by_type(
        [sentence("BERT and BERT", span(0, 1), span(2, 3))], {"Method": ["BERT", "T-5", ""], "Task": ["QA"]}
    )
    assert found == {"Method": [("BERT",), ("T", "-", "5")], "Task": [("QA",)]}


def test_the_vocabularies_have_names_of_every_type() -> None:
    names = vocabulary_names()
    assert set(names) == {"Method", "Dataset", "Task"}
    assert all(names.values())
