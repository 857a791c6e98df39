"""What a person may have meant who typed a name that nothing has."""

from rapidfuzz import fuzz, process

from canonicalize.name_index import NameIndex, Owner
from canonicalize.surface_forms import surface_key, surface_words
from records import Entity, EntityType

MOST_SUGGESTIONS = 3
MOST_CONSIDERED = 24
LEAST_SIMILARITY = 62.0
WIDEST_GAP = 15.0  # what is much less like the typed name than the best one is noise
PART_OF_NAME_WEIGHT = 0.85


def suggestions(name: str, index: NameIndex, types: tuple[EntityType, ...]) -> tuple[Entity, ...]:
    """The three entities whose names are most like the one typed, best first, or fewer.

    Names are compared letter by letter without their gaps, and word by word, so that a part of a name finds
    it too.
    """
    owned = [pair for entity_type in types for pair in index.keys(entity_type)]
    best: dict[str, tuple[float, Entity]] = {}
    for owner, similarity in (*_like_letters(name, owned), *_sharing_words(name, owned)):
        entity = owner.entity
        if similarity >= LEAST_SIMILARITY and similarity > best.get(entity.id, (0.0, entity))[0]:
            best[entity.id] = (similarity, entity)
    ranked = sorted(best.values(), key=lambda scored: (-scored[0], len(scored[1].name), scored[1].id))
    return tuple(
        entity for similarity, entity in ranked[:MOST_SUGGESTIONS] if similarity > ranked[0][0] - WIDEST_GAP
    )


def _like_letters(name: str, owned: list[tuple[str, Owner]]) -> list[tuple[Owner, float]]:
    keys = [key for key, _ in owned]
    found = process.extract(surface_key(name), keys, scorer=fuzz.ratio, limit=MOST_CONSIDERED)
    return [(owned[place][1], similarity) for _, similarity, place in found]


def _sharing_words(name: str, owned: list[tuple[str, Owner]]) -> list[tuple[Owner, float]]:
    names = [" ".join(surface_words(owner.form)) for _, owner in owned]
    typed = " ".join(surface_words(name))
    found = process.extract(typed, names, scorer=fuzz.token_set_ratio, limit=MOST_CONSIDERED)
    return [(owned[place][1], similarity * PART_OF_NAME_WEIGHT) for _, similarity, place in found]
