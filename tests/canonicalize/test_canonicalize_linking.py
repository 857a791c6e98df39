import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonicalize import Linker, load_vocabularies
from records import Entity, EntityType, LinkStatus

METHOD, DATASET, STEP = EntityType.METHOD, EntityType.DATASET, EntityType.PREPROCESSING_STEP
TASK, METRIC = EntityType.TASK, EntityType.METRIC
ENTITIES = load_vocabularies().entities
LINKER = Linker(ENTITIES)


def method(name: str, *aliases: str, vocabulary: str = "methods") -> Entity:
    slug = name.casefold().replace(" ", "-")
    return Entity(id=f"method:{slug}", name=name, type=METHOD, aliases=aliases, vocabulary=vocabulary)


@given(st.sampled_from(ENTITIES), st.data())
def test_every_name_and_alias_links_exactly_to_its_owner(entity: Entity, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from((entity.name, *entity.aliases)))
    link = LINKER.link(form, entity.type)
    assert (link.entity, link.status, link.score) == (entity, LinkStatus.EXACT, 1.0)


MUST_JOIN = [
    ("BPE", STEP, "step:byte-pair-encoding"),
    ("Byte pair encodings", STEP, "step:byte-pair-encoding"),
    ("lower-cased", STEP, "step:lowercasing"),
    ("Tokenised", STEP, "step:tokenization"),
    ("the SQuAD dataset", DATASET, "dataset:squad"),
    ("SQuAD v1.1", DATASET, "dataset:squad-1.1"),
    ("SQuAD (2.0)", DATASET, "dataset:squad-2.0"),
    ("MATH dataset", DATASET, "dataset:math-benchmark"),
    ("C4", DATASET, "dataset:colossal-clean-crawled-corpus"),
    ("WMT'14 En-De", DATASET, "dataset:wmt14-english-german"),
    ("Penn Tree Bank", DATASET, "dataset:penn-treebank"),
    ("CNN/DailyMail corpus", DATASET, "dataset:cnn-daily-mail"),
    ("vanilla Transformer model", METHOD, "method:transformer"),
    ("ResNet50", METHOD, "method:resnet-50"),
    ("LSTMs", METHOD, "method:long-short-term-memory"),
    ("layer normalisation", METHOD, "method:layer-normalization"),
    ("BLEU scores", METRIC, "metric:bleu"),
    ("micro averaged F1", METRIC, "metric:micro-f1"),
    ("POS-tagging", TASK, "task:part-of-speech-tagging"),
]


@pytest.mark.parametrize(("surface", "entity_type", "entity_id"), MUST_JOIN)
def test_other_writings_of_a_name_link_exactly(surface: str, entity_type: EntityType, entity_id: str) -> None:
    link = LINKER.link(surface, entity_type)
    assert (link.entity.id, link.status) == (entity_id, LinkStatus.EXACT)


@pytest.mark.parametrize(
    ("surface", "entity_type", "entity_id"),
    [
        ("batch normalizaton", METHOD, "method:batch-normalization"),
        ("byte pair encodng", STEP, "step:byte-pair-encoding"),
        ("named entity recogniton", TASK, "task:named-entity-recognition"),
        ("convolutonal neural networks", METHOD, "method:convolutional-neural-network"),
        ("normalization of the features", STEP, "step:feature-normalization"),
    ],
)
def test_slips_and_other_order_are_scored(surface: str, entity_type: EntityType, entity_id: str) -> None:
    link = LINKER.link(surface, entity_type)
    assert (link.entity.id, link.status) == (entity_id, LinkStatus.SCORED)
    assert 0.9 <= link.score < 1


MUST_NOT_JOIN = [
    ("SQuAD 3.0", DATASET),
    ("CIFAR-1000", DATASET),
    ("WMT24", DATASET),
    ("SemEval-2010 Task 9", DATASET),
    ("ResNet-51", METHOD),
    ("Inception-v7", METHOD),
    ("GPT-7", METHOD),
    ("BORT", METHOD),  # BERT, BART
    ("CRU", METHOD),  # GRU, CRF
    ("DenseNat", METHOD),  # a name with an inner capital is no slip
    ("Tramsformer", METHOD),  # nor is a single capitalised word: it may be a system's name
    ("nano-averaged F1", METRIC),  # micro, macro
    ("image captivating", TASK),  # more than a letter from captioning
    ("horizontal slip", STEP),  # a short word: horizontal flip
    ("topic", METHOD),  # topic model
    ("left-to-right decoding", METHOD),
]


@pytest.mark.parametrize(("surface", "entity_type"), MUST_NOT_JOIN)
def test_different_things_stay_apart(surface: str, entity_type: EntityType) -> None:
    link = LINKER.link(surface, entity_type)
    assert link.status is LinkStatus.PROVISIONAL, link


@pytest.mark.parametrize(
    ("one", "other", "entity_type"),
    [
        ("SQuAD 1.1", "SQuAD 2.0", DATASET),
        ("SQuAD", "SQuAD 2.0", DATASET),
        ("CIFAR-10", "CIFAR-100", DATASET),
        ("WMT14", "WMT16", DATASET),
        ("ImageNet", "Tiny ImageNet", DATASET),
        ("WikiText-2", "WikiText-103", DATASET),
        ("ResNet-50", "ResNet-101", METHOD),
        ("BERT", "BART", METHOD),
        ("LayoutLM", "LayoutLMv2", METHOD),
        ("ResNet", "ResNeXt", METHOD),
        ("horizontal flip", "vertical flip", STEP),
        ("byte-pair encoding", "byte-level byte-pair encoding", STEP),
        ("undersampling", "oversampling", STEP),
        ("micro-F1", "macro-F1", METRIC),
        ("ROUGE-1", "ROUGE-2", METRIC),
        ("average precision", "mean average precision", METRIC),
        ("extractive summarization", "abstractive summarization", TASK),
    ],
)
def test_known_neighbours_stay_apart(one: str, other: str, entity_type: EntityType) -> None:
    assert LINKER.link(one, entity_type).entity != LINKER.link(other, entity_type).entity


def test_a_name_links_only_among_entities_of_its_type() -> None:
    assert LINKER.link("word2vec", DATASET).status is LinkStatus.PROVISIONAL


def test_the_long_form_of_a_document_names_what_its_abbreviation_does_not() -> None:
    link = LINKER.link("CoRF", METHOD, expansion="conditional random fields")
    assert (link.entity.id, link.status) == ("method:conditional-random-field", LinkStatus.EXACT)
    assert link.reasons[0].startswith('The document spells "CoRF" out as "conditional random fields".')


@pytest.mark.parametrize(
    ("surface", "expansion", "entity_id"),
    [
        ("CNN", "Cable News Network", "method:cable-news-network"),
        ("SSD", "sum of squared differences", "method:sum-of-squared-difference"),
        ("CNN", "convolutional net", "method:convolutional-neural-network"),
        ("LSTM", "Long Short Term Memory cells", "method:long-short-term-memory"),
    ],
)
def test_the_long_form_of_a_document_has_the_last_word(surface: str, expansion: str, entity_id: str) -> None:
    assert LINKER.link(surface, METHOD, expansion=expansion).entity.id == entity_id


def test_a_provisional_entity_is_the_same_from_whatever_document() -> None:
    surfaces = ("the FooNet model", "FooNets", "Foonet", "FooNet (Doe et al., 2020)", "our FooNet")
    assert {Linker(ENTITIES).link(surface, METHOD).entity.id for surface in surfaces} == {"method:foonet"}


def test_a_provisional_entity_is_named_by_its_long_form() -> None:
    entity = LINKER.link("XYZ", METHOD, expansion="extra young zebra").entity
    assert (entity.name, entity.aliases, entity.vocabulary) == ("extra young zebra", ("XYZ",), "provisional")


@given(st.text(min_size=1, max_size=40).filter(str.strip), st.sampled_from(EntityType))
def test_any_text_links_to_an_entity_of_its_type_with_a_name(surface: str, entity_type: EntityType) -> None:
    link = LINKER.link(surface, entity_type)
    assert link.entity.type is entity_type
    assert link.entity.id.startswith(f"{entity_type.id_prefix}:")
    assert link.entity.name
    assert 0 <= link.score <= 1
    assert link.reasons[0].endswith(".")


def test_blanks_name_nothing() -> None:
    with pytest.raises(ValueError, match="names nothing"):
        LINKER.link("  ", METHOD)


def test_reasons_are_sentences_for_people() -> None:
    assert LINKER.link("bpe", STEP).reasons == (
        "The surface form is an alias of byte-pair encoding, character for character but for case.",
    )


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_owners_of_a_name_the_curated_one_is_taken(order: int) -> None:
    curated, provisional = method("FooNet"), method("The FooNet", "FooNet", vocabulary="provisional")
    linker = Linker((curated, provisional)[::order])
    assert linker.link("FooNets", METHOD).entity == curated


def test_a_provisional_id_never_takes_that_of_another_entity() -> None:
    known = Entity(id="method:foo", name="Foo!bar", type=METHOD, aliases=(), vocabulary="methods")
    assert Linker([known]).link("foo", METHOD).entity.id not in {"method:foo", ""}


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("BPE", {"step:byte-pair-encoding"}),
        ("Byte Pair Encodings", {"step:byte-pair-encoding"}),
        ("the squad dataset", {"dataset:squad"}),
        ("word pieces", {"step:wordpiece"}),
        ("step:mixup", {"step:mixup"}),
        ("reinforce", {"method:reinforce-algorithm"}),
        ("fid", {"method:fusion-in-decoder", "metric:fid"}),
    ],
)
def test_names_are_found_as_people_type_them(typed: str, ids: set[str]) -> None:
    found = LINKER.find(typed)
    assert {entity.id for entity in found.entities} == ids
    assert found.suggestions == ()


@pytest.mark.parametrize(
    ("typed", "entity_id"),
    [
        ("byt pair encodng", "step:byte-pair-encoding"),
        ("batch normalizaton", "method:batch-normalization"),
        ("transfomer", "method:transformer"),
        ("pair encoding", "step:byte-pair-encoding"),
        ("sentencepeice", "step:sentencepiece"),
    ],
)
def test_a_slip_finds_nothing_but_suggests_what_was_meant_first(typed: str, entity_id: str) -> None:
    found = LINKER.find(typed)
    assert found.entities == ()
    assert found.suggestions[0].id == entity_id
    assert len(found.suggestions) <= 3


def test_a_type_narrows_what_is_found_and_suggested() -> None:
    assert [entity.id for entity in LINKER.find("fid", METRIC).entities] == ["metric:fid"]
    assert {entity.type for entity in LINKER.find("batch normalizaton", METHOD).suggestions} == {METHOD}


@pytest.mark.parametrize("typed", ["", "  ", "?!", "qqqqqqqqqqqqqqqqqq"])
def test_nonsense_is_like_nothing(typed: str) -> None:
    found = LINKER.find(typed)
    assert (found.entities, found.suggestions) == ((), ())


def test_a_linker_of_no_entities_finds_nothing() -> None:
    assert Linker([]).find("BERT").suggestions == ()
    assert Linker([]).link("BERT", METHOD).status is LinkStatus.PROVISIONAL


def test_two_thousand_links_take_a_second_or_less() -> None:
    surfaces = [(f"{entity.name}ed {place % 7}", entity.type) for place, entity in enumerate(ENTITIES)]
    started = time.process_time()
    for surface, entity_type in surfaces[:2000]:
        LINKER.link(surface, entity_type)
    assert time.process_time() - started < 1
