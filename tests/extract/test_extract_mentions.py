"""Which names are found, as what, and which words that look like names are not."""

import itertools

import pytest
from spacy.language import Language
from written import written

from extract.names import is_name
from extract.pipeline import annotate
from records import EntityType


def found(text: str, nlp: Language) -> list[tuple[str, EntityType]]:
    return [(mention.surface, mention.type) for mention in annotate(written(text), nlp).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trained LSTMs on SQuAD", [("LSTMs", EntityType.METHOD), ("SQuAD", EntityType.DATASET)]),
        ("byte pair encoding", [("byte pair encoding", EntityType.PREPROCESSING_STEP)]),
        ("byte-pair encodings", [("byte-pair encodings", EntityType.PREPROCESSING_STEP)]),
        ("joined with glue on a map", []),  # GLUE and MAP only as they are written
        ("the GLUE score", [("GLUE", EntityType.DATASET)]),
        ("an IMAGENET model", [("IMAGENET", EntityType.DATASET)]),
        ("a bleu sky", []),
        ("the Bleu score", [("Bleu", EntityType.METRIC)]),  # an alias of its own
        ("an LSTM-CRF tagger", [("LSTM-CRF", EntityType.METHOD)]),  # another thing than its parts
        ("an LSTM-based tagger", [("LSTM", EntityType.METHOD)]),
        ("SciBERT is not here", []),
    ],
)
def test_known_names_are_found_in_the_forms_that_papers_write(
    text: str, expected: list[tuple[str, EntityType]], nlp: Language
) -> None:
    assert found(text, nlp) == expected


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        (
            "We propose token folding lines (TFL), a preprocessing step. TFL is fast.",
            "TFL",
            EntityType.PREPROCESSING_STEP,
        ),
        ("We present QuoteBank, a new dataset of quotes.", "QuoteBank", EntityType.DATASET),
        ("The WikiHop dataset is large.", "WikiHop", EntityType.DATASET),
        ("Our parser is called StackRNN2. We like the StackRNN2 parser.", "StackRNN2", EntityType.METHOD),
        ("We use a gated graph network (GGN).", "GGN", EntityType.METHOD),
    ],
)
def test_unknown_names_take_the_type_that_the_document_gives_them(
    text: str, name: str, entity_type: EntityType, nlp: Language
) -> None:
    assert (name, entity_type) in found(text, nlp)


@pytest.mark.parametrize(
    "word", ["GPU", "GPUs", "NLP", "However", "A1", "state-of-the-art", "II", "x2", "PyTorch"]
)
def test_codes_and_plain_words_are_no_names(word: str) -> None:
    assert not is_name(word)


@pytest.mark.parametrize("word", ["SQuAD", "ResNet-50", "WordPiece", "BERT", "QANet", "Word2vec"])
def test_words_written_as_names_are_names(word: str) -> None:
    assert is_name(word)


def test_the_bibliography_holds_no_mentions(nlp: Language) -> None:
    document = written("We use it {a|[1]}.", cited={"a": "BERT on SQuAD"})
    assert annotate(document, nlp).mentions == ()


def test_mentions_stand_where_they_say_and_do_not_overlap(nlp: Language) -> None:
    document = written(
        "We use byte-pair encoding (BPE) and BERT-Large on SQuAD, GLUE and the BPE vocabulary of BERT."
    )
    mentions = annotate(document, nlp).mentions
    assert len(mentions) == 7
    for mention, following in itertools.pairwise(mentions):
        assert document.text[mention.span.start : mention.span.end] == mention.surface
        assert mention.span.end <= following.span.start
