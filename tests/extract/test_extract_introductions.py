"""Who introduced what, by own claim, by citing sentence, by title."""

import pytest
from spacy.language import Language
from written import written

from extract.citing_sentences import support_of
from extract.pipeline import annotate
from records import EntityType, EvidenceKind, Mention, Polarity, Predicate, Span


def mention(surface: str) -> Mention:
    return Mention(
        span=Span(start=0, end=len(surface)),
        type=EntityType.METHOD,
        surface=surface,
        expansion="",
        confidence=1.0,
        component="test",
    )


def introduced(
    text: str, nlp: Language, *, title: str = "", cited: dict[str, str] | None = None
) -> set[tuple[str | None, str]]:
    relations = annotate(written(text, title=title, cited=cited), nlp).relations
    return {
        (relation.cited_reference_id, relation.object.surface)
        for relation in relations
        if relation.predicate is Predicate.INTRODUCES and relation.polarity is Polarity.AFFIRMED
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We propose BERT.", {(None, "BERT")}),
        ("In this work, we introduce QuoteBank, a dataset of quotes.", {(None, "QuoteBank")}),
        (
            "We present a new dataset, QuoteBank, with quotes. The QuoteBank dataset is free.",
            {(None, "QuoteBank")},
        ),
        (
            "We introduce a Transformer model called TinyNet2. The TinyNet2 model is small.",
            {(None, "TinyNet2")},
        ),
        ("We propose a new BERT-based model.", set()),
        ("We propose a model based on BERT.", set()),
        ("We introduce a new attention mechanism.", set()),  # a kind of it, not the thing
        ("We introduce an LSTM with gates.", set()),
        ("{a@Kudo (2018)} introduced BPE.", {("a", "BPE")}),
        ("BPE was first proposed by {a@Gage (1994)}.", {("a", "BPE")}),
        ("BPE, introduced in {a|[4]}, is simple.", {("a", "BPE")}),
        ("We use BPE {a|(Sennrich et al., 2016)}.", {("a", "BPE")}),
        ("We use byte-pair encoding (BPE; {a|Sennrich et al., 2016}).", {("a", "byte-pair encoding")}),
        ("We use the SQuAD dataset {a|[3]}.", {("a", "SQuAD")}),
        ("We use BERT{a|} here.", {("a", "BERT")}),  # a superscript, which leaves no text behind
        ("It helps machine translation {a|[3]}.", set()),  # tasks are not introduced by a citation
        ("It helps BERT {a|[1]}{b|[2]}{c|[3]}.", set()),  # a list of examples
        ("It uses a dilated BERT {a|[1]}.", set()),  # a kind of it
        ("It uses an attention mechanism {a|[1]}.", set()),  # too general
        ("It uses word2vec {a|[1]}.", {("a", "word2vec")}),
        ("It uses Transformers {a|[1]}.", set()),  # one of a family, cited for a use
        ("Deep models (BERT {a|[1]}) win.", {("a", "BERT")}),
        ("We do not propose BERT.", set()),
        ("Future work may introduce BERT.", set()),
    ],
)
def test_the_subject_is_the_paper_that_the_sentence_credits(
    text: str, expected: set[tuple[str | None, str]], nlp: Language
) -> None:
    assert introduced(text, nlp) == expected


def test_a_title_that_opens_with_a_name_introduces_it(nlp: Language) -> None:
    assert introduced("Words.", nlp, title="BERT: Pre-training of deep networks") == {(None, "BERT")}
    assert introduced("Words.", nlp, title="Fine-tuning BERT: a story") == set()


def test_titles_in_the_bibliography_speak_for_the_cited_paper(nlp: Language) -> None:
    titles = {
        "a": "mixup: Beyond empirical risk minimization",
        "b": "Long short-term memory",
        "c": "BERT: A survey",
    }
    assert introduced("Words.", nlp, cited=titles) == {("a", "mixup"), ("b", "Long short-term memory")}


@pytest.mark.parametrize(
    ("title", "surface", "support"),
    [
        ("BERT: Pre-training of deep networks", "BERT", True),
        ("Long short-term memory", "long short-term memory", True),
        ("Policy gradient methods for control", "policy gradient", True),
        ("The evolved Transformer", "Transformer", False),  # a kind of it
        ("Tagging with BERT", "BERT", False),  # a means
        ("Rare words in translation", "BERT", None),
    ],
)
def test_a_title_speaks_for_its_subject_and_against_kinds_of_it(
    title: str, surface: str, support: bool | None
) -> None:
    assert support_of(title, mention(surface)) is support


def test_a_title_with_the_name_makes_the_attribution_surer(nlp: Language) -> None:
    def confidence(title: str) -> float:
        document = written("We use BERT {a|[1]}.", cited={"a": title})
        return max(
            relation.confidence
            for relation in annotate(document, nlp).relations
            if relation.kind is EvidenceKind.CITING_SENTENCE
        )

    assert confidence("BERT for all") > confidence("Deep networks") > confidence("Deep networks: a survey")
