"""The shipped recogniser at work; how well it works is measured by benchmarks.recognition."""

import pytest

from extract.recognition.recogniser import FoundMention
from extract.recognition.shipped import ShippedRecogniser, may_hold_entity
from records import EntityType, RelationType

BERT = "We evaluate BERT on SQuAD for question answering."


@pytest.fixture(scope="module")
def recogniser() -> ShippedRecogniser:
    return ShippedRecogniser.load("default")


def test_well_known_names_are_found_with_their_types(recogniser: ShippedRecogniser) -> None:
    ((found,),) = recogniser.recognise([[BERT]])
    assert [(BERT[m.start : m.end], m.type) for m in found.mentions] == [
        ("BERT", EntityType.METHOD),
        ("SQuAD", EntityType.DATASET),
        ("question answering", EntityType.TASK),
    ]
    assert all(0 < mention.confidence <= 1 for mention in found.mentions)


def test_relations_are_found_between_given_mentions(recogniser: ShippedRecogniser) -> None:
    ((found,),) = recogniser.recognise([[BERT]])
    ((relations,),) = recogniser.relations_between([[BERT]], [[found.mentions]])
    assert relations == found.relations
    pairs = {(found.mentions[r.head].type, r.type, found.mentions[r.tail].type) for r in relations}
    assert (EntityType.DATASET, RelationType.BENCHMARK_FOR, EntityType.TASK) in pairs


def test_a_mention_that_covers_no_whole_words_is_refused(recogniser: ShippedRecogniser) -> None:
    cut = FoundMention(start=1, end=3, type=EntityType.METHOD, confidence=1.0)
    whole = FoundMention(start=20, end=25, type=EntityType.DATASET, confidence=1.0)
    with pytest.raises(ValueError, match="whole words"):
        recogniser.relations_between([[BERT]], [[[cut, whole]]])


@pytest.mark.parametrize("passage", [[], [""], [" "], ["1 2 3"], ["(", ")"], ["\u200b\u200b"]])
def test_sentences_without_words_hold_nothing(passage: list[str], recogniser: ShippedRecogniser) -> None:
    (found,) = recogniser.recognise([passage])
    assert [each.mentions for each in found] == [()] * len(passage)


def test_endless_sentences_are_read_to_their_end(recogniser: ShippedRecogniser) -> None:
    text = "the words of a long table without any full stop, " * 60
    ((found,),) = recogniser.recognise([[f"{text} and {BERT}"]])
    assert any(mention.start > len(text) and mention.type is EntityType.DATASET for mention in found.mentions)


def test_a_sentence_reads_the_same_again(recogniser: ShippedRecogniser) -> None:
    passage = [BERT, "It is pre-trained on Wikipedia.", "No names here, only words."]
    assert recogniser.recognise([passage]) == recogniser.recognise([passage])


@pytest.mark.parametrize(
    ("words", "may"),
    [(["We", "use"], True), (["BERT"], True), (["a", "b", "="], False), (["12", "."], False), ([], False)],
)
def test_what_has_no_words_is_skipped(words: list[str], may: bool) -> None:
    assert may_hold_entity(words) is may
