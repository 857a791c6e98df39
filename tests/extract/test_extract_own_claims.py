"""What sentences say of their own paper."""

import pytest
from spacy.language import Language
from written import written

from extract.pipeline import annotate
from records import Polarity, Predicate, SectionKind

USES, STEP = Predicate.USES, Predicate.APPLIES_STEP
TRAINS, EVALUATES = Predicate.TRAINS_ON, Predicate.EVALUATES_ON
COMPARES, ADDRESSES = Predicate.COMPARES_AGAINST, Predicate.ADDRESSES


def said(
    text: str,
    nlp: Language,
    *,
    kind: SectionKind = SectionKind.EXPERIMENTS,
    polarity: Polarity = Polarity.AFFIRMED,
) -> set[tuple[Predicate, str]]:
    relations = annotate(written(text, kind=kind), nlp).relations
    return {
        (relation.predicate, relation.object.surface)
        for relation in relations
        if relation.polarity is polarity and relation.predicate is not Predicate.INTRODUCES
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use BERT and an LSTM.", {(USES, "BERT"), (USES, "LSTM")}),
        ("We use BPE {a|(Sennrich et al., 2016)} and Adam.", {(STEP, "BPE"), (USES, "Adam")}),
        ("We train our model with Adam.", {(USES, "Adam")}),
        ("All text is lowercased.", {(STEP, "lowercased")}),
        ("The sentences were tokenized.", {(STEP, "tokenized")}),
        ("We pre-train on Wikipedia.", {(TRAINS, "Wikipedia")}),
        ("We use Wikipedia to pre-train it.", {(TRAINS, "Wikipedia")}),
        ("We use SQuAD.", {(EVALUATES, "SQuAD")}),
        (
            "We evaluate it on SQuAD, GLUE and CIFAR-10.",
            {(EVALUATES, "SQuAD"), (EVALUATES, "GLUE"), (EVALUATES, "CIFAR-10")},
        ),
        ("We report BLEU.", {(USES, "BLEU")}),
        (
            "We report MAP on SQuAD and macro-averaged BLEU.",
            {(USES, "MAP"), (USES, "BLEU"), (EVALUATES, "SQuAD")},
        ),
        ("We compare our model with BERT and LSTMs.", {(COMPARES, "BERT"), (COMPARES, "LSTMs")}),
        ("Our model outperforms the BERT baseline.", {(COMPARES, "BERT")}),
        ("Our model does not outperform BERT.", {(COMPARES, "BERT")}),
        ("We use BERT-based features.", set()),  # only qualifies the features
        ("{a@Kudo (2018)} uses BERT.", set()),  # somebody else
        ("BERT is a Transformer.", set()),
        ("It fails when we use BERT.", set()),  # a condition
        ("We apply random crops of 288 pixels and mixup.", {(STEP, "random crops"), (STEP, "mixup")}),
    ],
)
def test_own_work_is_told_from_others_work(
    text: str, expected: set[tuple[Predicate, str]], nlp: Language
) -> None:
    assert said(text, nlp) == expected


def test_a_comparison_that_was_not_made_is_denied(nlp: Language) -> None:
    assert said("We do not compare our model with BERT.", nlp, polarity=Polarity.NEGATED) == {
        (COMPARES, "BERT")
    }


def test_a_task_is_addressed_where_abstract_or_title_say_so(nlp: Language) -> None:
    assert said("We study machine translation.", nlp, kind=SectionKind.ABSTRACT) == {
        (ADDRESSES, "machine translation")
    }
    document = written("Words.", title="Neural machine translation of names")
    relations = annotate(document, nlp).relations
    assert [(relation.predicate, relation.object.surface) for relation in relations] == [
        (ADDRESSES, "machine translation")
    ]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("We do not use BERT.", Polarity.NEGATED),
        ("We never use BERT.", Polarity.NEGATED),
        ("We could use BERT.", Polarity.HYPOTHETICAL),
        ("In future work, we use BERT.", Polarity.HYPOTHETICAL),
        ("It is not large, but we use BERT.", Polarity.AFFIRMED),
        ("We not only use BERT but more.", None),
    ],
)
def test_refused_and_imagined_uses_do_not_count_as_uses(
    text: str, polarity: Polarity | None, nlp: Language
) -> None:
    for each in Polarity:
        assert ((USES, "BERT") in said(text, nlp, polarity=each)) == (each is polarity)
