"""The shipped recogniser at work; how well it works is measured by benchmarks.recognition."""

import numpy as np
import pytest

from extract.recognition.agreement import Tagged
from extract.recognition.recogniser import FoundMention
from extract.recognition.shipped import ShippedRecogniser, may_hold_entity, with_partners
from extract.recognition.spans_of_tags import tag_ids
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


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("our ( 2 + 1 ) d net", (2, 7), (1, 7)),
        ("the graph ( web ) net", (1, 4), (1, 5)),
        ("see ( web net ) first", (2, 4), (2, 4)),
        ("see net ( web ) first", (1, 5), (1, 5)),
        ("see 2 ) d", (1, 4), (1, 4)),
        ("see net ( web", (1, 4), (1, 4)),
    ],
    ids=["closed inside", "opened inside", "around", "both", "none to open", "none to close"],
)
def test_a_name_takes_in_the_partner_of_its_bracket(
    text: str, span: tuple[int, int], whole: tuple[int, int]
) -> None:
    words = text.split()
    tags = tag_ids(len(words), [(*span, 0)])
    sentence = Tagged(words=words, chances=np.zeros((len(words), 5)), tags=tags)
    assert with_partners(sentence, *span) == whole


def test_a_bracket_of_another_name_is_left_to_it() -> None:
    words = "web ( net ) d".split()
    tags = tag_ids(5, [(0, 2, 0), (2, 5, 0)])
    sentence = Tagged(words=words, chances=np.zeros((5, 5)), tags=tags)
    assert with_partners(sentence, 2, 5) == (2, 5)
