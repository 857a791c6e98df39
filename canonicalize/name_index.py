"""Who owns which name: entities found by the keys of their names and aliases."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from canonicalize.surface_forms import core_words, joined, surface_key, surface_words
from records import Entity, EntityType
from records.entities import PROVISIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """An entity and the one of its names and aliases that led to it."""

    entity: Entity
    form: str

    @property
    def precedence(self) -> tuple[bool, bool, str]:
        """Sorts a key's better owner first: curated before provisional, name before alias, then by id."""
        return self.entity.vocabulary == PROVISIONAL, self.form != self.entity.name, self.entity.id


class NameIndex:
    """The owners of all names and aliases of some entities, by type and key."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_id: dict[str, Entity] = {}
        self._by_key: dict[EntityType, dict[str, Owner]] = {entity_type: {} for entity_type in EntityType}
        self._by_core: dict[EntityType, dict[str, Owner]] = {entity_type: {} for entity_type in EntityType}
        self.known_words: set[str] = set()
        for entity in entities:
            self._by_id[entity.id] = entity
            for form in (entity.name, *entity.aliases):
                self._take_in(Owner(entity=entity, form=form))

    def _take_in(self, owner: Owner) -> None:
        entity_type = owner.entity.type
        core = joined(core_words(owner.form, entity_type))
        for owners, key in ((self._by_key, surface_key(owner.form)), (self._by_core, core)):
            known = owners[entity_type].get(key)
            if key and (known is None or owner.precedence < known.precedence):
                owners[entity_type][key] = owner
        self.known_words.update(surface_words(owner.form))

    def with_id(self, entity_id: str) -> Entity | None:
        """The entity with this id."""
        return self._by_id.get(entity_id)

    def owner(self, key: str, entity_type: EntityType) -> Owner | None:
        """The owner of a name with exactly this key."""
        return self._by_key[entity_type].get(key)

    def owner_of_core(self, core: str, entity_type: EntityType) -> Owner | None:
        """The owner of a name that has this core, as "MATH benchmark" has "math"."""
        return self._by_key[entity_type].get(core) or self._by_core[entity_type].get(core)

    def keys(self, entity_type: EntityType) -> Iterator[tuple[str, Owner]]:
        """Yields all keys of a type with their owners."""
        yield from self._by_key[entity_type].items()
