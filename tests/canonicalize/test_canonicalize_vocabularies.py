import re
import unicodedata
from collections import Counter, defaultdict
from importlib.resources import files

import pytest

from canonicalize import load_vocabularies
from canonicalize.surface_forms import surface_key
from records import Entity, EntityType

ENTITIES = load_vocabularies().entities
STEMS = ("datasets", "methods", "metrics", "preprocessing_steps", "tasks")
AT_LEAST = {"datasets": 500, "methods": 700, "metrics": 120, "preprocessing_steps": 250, "tasks": 180}
ONE_ACRONYM_FOR_BOTH = {"fid"}  # Fusion-in-Decoder (FiD) and Fréchet Inception Distance (FID)
NO_NAMES = frozenset(
    """
    analysis approach arc attention base baseline canvas cell complex corpus cover data deep drop enigma etc
    feature features filter graph image inception input label layer learning lime line loss map mask mass math
    mean measure memory method model network normalize normalized output pad padding par parser pattern
    performer primer process prompt quality record reinforce representation rotate sample scale score select
    sentence seq set snail space split stack state step swap system task test text token training tree value
    vector word
    """.split()
)
MATCHED_AS_WRITTEN = {"mAP"}  # short, with a capital after its first letter


def rows(stem: str) -> list[list[str]]:
    text = (files("vocabularies") / f"{stem}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")[1:]]


def slug(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9.+]+", "-", letters).strip("-")


@pytest.mark.parametrize("stem", STEMS)
def test_a_vocabulary_is_large_enough_to_be_of_use(stem: str) -> None:
    assert len(rows(stem)) >= AT_LEAST[stem]


@pytest.mark.parametrize("stem", STEMS)
def test_the_lines_are_sorted_by_id_and_their_aliases_by_letter(stem: str) -> None:
    ids = [row[0] for row in rows(stem)]
    assert ids == sorted(ids)
    for row in rows(stem):
        assert row[2].split("|") == sorted(row[2].split("|")), row[0]


def test_an_id_is_the_prefix_of_its_type_and_the_slug_of_its_name() -> None:
    wrong = [entity.id for entity in ENTITIES if entity.id != f"{entity.type.id_prefix}:{slug(entity.name)}"]
    assert wrong == []


def test_no_alias_repeats_the_name_or_another_alias() -> None:
    for stem in STEMS:
        for row in rows(stem):
            forms = [row[1], *(form.removeprefix("~") for form in row[2].split("|"))]
            assert [form for form, count in Counter(forms).items() if count > 1] == [], row[0]


@pytest.mark.parametrize("entity_type", EntityType)
def test_every_type_has_entities(entity_type: EntityType) -> None:
    assert any(entity.type is entity_type for entity in ENTITIES)


def test_no_name_belongs_to_entities_of_two_types() -> None:
    owners: defaultdict[str, set[EntityType]] = defaultdict(set)
    for entity in ENTITIES:
        for form in forms_of(entity):
            owners[surface_key(form)].add(entity.type)
    assert {key for key, types in owners.items() if len(types) > 1} == ONE_ACRONYM_FOR_BOTH


def test_no_name_is_an_ordinary_word_of_papers() -> None:
    forms = {form for entity in ENTITIES for form in forms_of(entity)}
    assert {form for form in forms if form.casefold() in NO_NAMES} <= MATCHED_AS_WRITTEN


def test_every_address_given_as_a_source_is_a_secure_one() -> None:
    sources = {row[3] for stem in STEMS for row in rows(stem)}
    assert {source for source in sources if "://" in source and not source.startswith("https://")} == set()


def forms_of(entity: Entity) -> set[str]:
    """The forms that are looked for in text."""
    return {entity.name, *entity.aliases} - set(entity.unsought)
