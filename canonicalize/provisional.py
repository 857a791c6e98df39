"""Entities for names that papers use and no vocabulary knows yet."""

from canonicalize.name_index import NameIndex
from canonicalize.spelling import singular
from canonicalize.surface_forms import LEADING_WORDS, head_nouns, is_proper_name, slug, surface_words, tidied
from records import Entity, EntityType, content_id
from records.entities import PROVISIONAL


def provisional_entity(surface: str, entity_type: EntityType, *, expansion: str, index: NameIndex) -> Entity:
    """The entity that stands for a name until a vocabulary takes it in.

    Its id comes from the words of the name alone, so all documents that use the name mean one entity. The
    long form is the name where the document gives one; the surface form is then the alias.
    """
    name = bare_name(expansion if expansion.strip() else surface, entity_type)
    alias = tidied(surface)
    words = surface_words(name)
    entity_id = f"{entity_type.id_prefix}:{slug(words) if words else content_id(name)[:8]}"
    taken = index.with_id(entity_id)
    if taken and taken.vocabulary != PROVISIONAL:
        entity_id = f"{entity_id}-{content_id(*words)[:8]}"
    return Entity(
        id=entity_id,
        name=name,
        type=entity_type,
        aliases=(alias,) if expansion.strip() and alias != name else (),
        vocabulary=PROVISIONAL,
    )


def bare_name(surface: str, entity_type: EntityType) -> str:
    """The tidied surface form without leading articles, and without "dataset", "model" and their like after a
    proper name: "the FooNet model" is FooNet, but "attention model" stays whole."""
    words = tidied(surface).split(" ")
    while len(words) > 1 and words[0].casefold() in LEADING_WORDS:
        words = words[1:]
    nouns = head_nouns(entity_type)
    while len(words) > 1 and singular(words[-1].casefold()) in nouns and is_proper_name(words[-2]):
        words = words[:-1]
    return " ".join(words)
