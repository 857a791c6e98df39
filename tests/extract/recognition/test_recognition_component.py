"""The recogniser as a part of the pipeline."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from spacy.language import Language
from written import written

from extract.pipeline import annotate, build_nlp
from extract.recognition.components import MOST_SENTENCES
from extract.recognition.recogniser import FoundMention, FoundRelation, Recognised
from records import (
    Annotations,
    EntityType,
    Polarity,
    Region,
    RegionKind,
    RelationType,
    SectionKind,
    Span,
)


class Spotter:
    """Finds the names that it was given, and says that the first of a sentence is used for the second."""

    name = "spotter"

    def __init__(self, names: dict[str, EntityType]) -> None:
        self._names = names
        self.asked: list[list[str]] = []

    def recognise(self, passages: Sequence[Sequence[str]]) -> list[list[Recognised]]:
        self.asked += [list(passage) for passage in passages]
        return [[self._in(sentence) for sentence in passage] for passage in passages]

    def _in(self, sentence: str) -> Recognised:
        found = sorted(
            (sentence.index(name), name, entity_type)
            for name, entity_type in self._names.items()
            if name in sentence
        )
        mentions = tuple(
            FoundMention(start=start, end=start + len(name), type=entity_type, confidence=0.9)
            for start, name, entity_type in found
        )
        used = FoundRelation(head=0, tail=1, type=RelationType.USED_FOR, confidence=0.8)
        return Recognised(mentions=mentions, relations=(used,) if len(mentions) > 1 else ())


SPOTTER = {"gated folding": EntityType.METHOD, "leaf counting": EntityType.TASK}


@pytest.fixture(scope="module")
def spotted() -> tuple[Spotter, Language]:
    spotter = Spotter(SPOTTER)
    return spotter, build_nlp([], spotter)


def annotated(text: str, spotted: tuple[Spotter, Language]) -> Annotations:
    return annotate(written(text), spotted[1])


def test_what_the_recogniser_finds_becomes_mentions_and_facts_of_rules(
    spotted: tuple[Spotter, Language],
) -> None:
    found = annotated("Nothing here. We use gated folding for leaf counting.", spotted)
    assert [(each.surface, each.component) for each in found.mentions] == [
        ("gated folding", "spotter"),
        ("leaf counting", "spotter"),
    ]
    assert [relation.object.surface for relation in found.relations] == ["gated folding"]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("We use gated folding for leaf counting.", Polarity.AFFIRMED),
        ("We do not use gated folding for leaf counting.", Polarity.NEGATED),
        ("In future work, gated folding could be tried for leaf counting.", Polarity.HYPOTHETICAL),
    ],
)
def test_a_relation_has_the_polarity_of_its_sentence(
    text: str, polarity: Polarity, spotted: tuple[Spotter, Language]
) -> None:
    (relation,) = annotated(text, spotted).entity_relations
    assert (relation.head.surface, relation.type, relation.tail.surface) == (
        "gated folding",
        RelationType.USED_FOR,
        "leaf counting",
    )
    assert relation.polarity is polarity


def test_a_relation_is_never_surer_than_its_mentions(spotted: tuple[Spotter, Language]) -> None:
    (relation,) = annotated("We use gated folding for leaf counting.", spotted).entity_relations
    assert relation.confidence == pytest.approx(0.72)


def test_a_relation_with_a_mention_that_was_not_chosen_is_dropped() -> None:
    spotter = Spotter({"gated folding": EntityType.METHOD, "folding": EntityType.TASK})
    found = annotate(written("We use gated folding."), build_nlp([], spotter))
    assert [each.surface for each in found.mentions] == ["gated folding"]
    assert found.entity_relations == ()


def test_a_name_has_the_type_that_the_document_gives_it_elsewhere() -> None:
    spotter = Spotter({"morpheme-aware folding": EntityType.METHOD})
    text = "We propose morpheme-aware folding, a preprocessing step for text. Morpheme-aware folding helps."
    found = annotate(written(text), build_nlp([], spotter))
    assert {each.type for each in found.mentions} == {EntityType.PREPROCESSING_STEP}


def test_tables_and_bibliographies_are_not_read() -> None:
    spotter = Spotter(SPOTTER)
    text = "We use gated folding.\n\nleaf counting 0.1 0.2\n\nIt works well."
    document = written(text, cited={"a": "On gated folding"})
    table = Span(start=text.index("leaf"), end=text.index("0.2") + 3)
    document = replace(document, regions=(Region(span=table, kind=RegionKind.TABLE),))
    annotate(document, build_nlp([], spotter))
    assert spotter.asked == [["We use gated folding.", "It works well."]]


def test_each_section_is_a_passage_of_its_own() -> None:
    spotter = Spotter(SPOTTER)
    document = written("One thing. Another thing.", title="A title of the work", kind=SectionKind.METHOD)
    annotate(document, build_nlp([], spotter))
    assert spotter.asked == [["A title of the work"], ["One thing.", "Another thing."]]


def test_a_section_as_long_as_a_book_is_read_in_parts() -> None:
    spotter = Spotter(SPOTTER)
    document = written("It folds well. " * (MOST_SENTENCES + 1), kind=SectionKind.METHOD)
    annotate(document, build_nlp([], spotter))
    assert [len(passage) for passage in spotter.asked] == [MOST_SENTENCES, 1]


def test_without_a_recogniser_rules_decide(nlp: Language) -> None:
    assert annotate(written("We use gated folding."), nlp).mentions == ()
