"""Surface forms linked to canonical entities, with the reasons in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from canonicalize.misspellings import Misspellings
from canonicalize.name_index import NameIndex, Owner
from canonicalize.provisional import provisional_entity
from canonicalize.suggestions import suggestions
from canonicalize.surface_forms import core_words, is_proper_name, joined, surface_key, surface_words
from records import Entity, EntityType, Link, LinkStatus

OTHER_ORDER_SCORE = 0.95
PROVISIONAL_SCORE = 0.5  # nothing speaks for or against
SHARED_WORDS = 0.5
WORD_START = 4
MOST_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """The entities that bear a name as typed, by id; where there are none, up to three that it may mean."""

    entities: tuple[Entity, ...]
    suggestions: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class _Finding:
    entity: Entity
    status: LinkStatus
    score: float
    reason: str


class Linker:
    """Links surface forms to the entities given, and to provisional ones where no entity bears the name."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._index = NameIndex(entities)
        self._misspellings = Misspellings(self._index)
        self._remembered: dict[tuple[str, EntityType, str], Link] = {}

    def link(self, surface: str, type: EntityType, *, expansion: str = "") -> Link:  # noqa: A002
        """The link of a surface form; `expansion` is the long form that the document gives it, if any.

        A document's own long form has the last word: where it names something else than the surface form
        usually does, the link follows it. Raises ValueError for a surface form of blanks.
        """
        if not surface.strip():
            raise ValueError("a surface form of blanks names nothing")
        asked = (surface, type, expansion)
        if (known := self._remembered.get(asked)) is not None:
            return known
        found = self._found(surface, type, expansion) or _new(surface, type, expansion, self._index)
        link = Link(
            surface=surface,
            type=type,
            entity=found.entity,
            status=found.status,
            score=found.score,
            reasons=(found.reason,),
        )
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[asked] = link
        return link

    def find(self, name: str, type: EntityType | None = None) -> NameMatch:  # noqa: A002
        """The entities of a type, or of any, that bear a name as people type it; ids are taken for names."""
        types = (type,) if type else tuple(EntityType)
        found = {entity.id: entity for entity in self._bearers(name, types)}
        if found:
            return NameMatch(entities=tuple(found[key] for key in sorted(found)), suggestions=())
        if not surface_key(name):
            return NameMatch(entities=(), suggestions=())
        return NameMatch(entities=(), suggestions=suggestions(name, self._index, types))

    def _bearers(self, name: str, types: tuple[EntityType, ...]) -> Iterator[Entity]:
        by_id = self._index.with_id(name.strip().lower())
        if by_id and by_id.type in types:
            yield by_id
        exact = [self._index.owner(surface_key(name), entity_type) for entity_type in types]
        rough = [
            self._index.owner_of_core(joined(core_words(name, entity_type)), entity_type)
            for entity_type in types
        ]
        for owner in exact if any(exact) else rough:
            if owner:
                yield owner.entity

    def _found(self, surface: str, entity_type: EntityType, expansion: str) -> _Finding | None:
        exact = self._exact(surface, entity_type)
        if not expansion.strip():
            return exact or self._scored(surface, entity_type)
        long_form = self._exact(expansion, entity_type)
        if exact and (long_form is None or long_form.entity == exact.entity):
            if long_form or not _contradicts(expansion, exact.entity):
                return exact
            exact = None
        if long_form:
            reason = f'The document spells "{surface}" out as "{expansion}". {long_form.reason}'
            return _Finding(long_form.entity, long_form.status, long_form.score, reason)
        return exact or self._scored(expansion, entity_type)

    def _exact(self, surface: str, entity_type: EntityType) -> _Finding | None:
        key = surface_key(surface)
        if owner := self._index.owner(key, entity_type):
            return _Finding(owner.entity, LinkStatus.EXACT, 1.0, _same_name(surface, owner))
        core = joined(core_words(surface, entity_type))
        if (core != key or is_proper_name(surface)) and (
            owner := self._index.owner_of_core(core, entity_type)
        ):
            return _Finding(owner.entity, LinkStatus.EXACT, 1.0, _same_core(owner))
        return None

    def _scored(self, surface: str, entity_type: EntityType) -> _Finding | None:
        if (turned := _without_of(surface)) and (owner := self._index.owner(turned, entity_type)):
            reason = f'The surface form says "{owner.form}" in another order.'
            return _Finding(owner.entity, LinkStatus.SCORED, OTHER_ORDER_SCORE, reason)
        if close := self._misspellings.closest(surface, entity_type):
            owner, score = close
            reason = f'The surface form is "{owner.form}" but for one letter of an ordinary word.'
            return _Finding(owner.entity, LinkStatus.SCORED, score, reason)
        return None


def _new(surface: str, entity_type: EntityType, expansion: str, index: NameIndex) -> _Finding:
    entity = provisional_entity(surface, entity_type, expansion=expansion, index=index)
    reason = f"No vocabulary knows {entity.name} as a {entity_type.value} yet."
    return _Finding(entity, LinkStatus.PROVISIONAL, PROVISIONAL_SCORE, reason)


def _same_name(surface: str, owner: Owner) -> str:
    if surface.strip() == owner.form:
        likeness = "character for character"
    elif surface.strip().casefold() == owner.form.casefold():
        likeness = "character for character but for case"
    else:
        likeness = f'"{owner.form}", but for hyphens, spelling or number'
    if owner.form == owner.entity.name:
        return f"The surface form is the name of {owner.entity.name}, {likeness}."
    return f"The surface form is an alias of {owner.entity.name}, {likeness}."


def _same_core(owner: Owner) -> str:
    bond = "the name" if owner.form == owner.entity.name else f'the alias "{owner.form}"'
    return (
        f"The surface form is {bond} of {owner.entity.name}, once the words that only introduce or class a"
        " name are left out of both."
    )


def _contradicts(expansion: str, entity: Entity) -> bool:
    """Whether a long form shares fewer than half of its words with every long form that the entity has.

    Words that start alike count as shared ("convolution", "convolutional"). An entity of which no long form
    is known is not contradicted.
    """
    written = _word_starts(expansion)
    known = [starts for form in (entity.name, *entity.aliases) if len(starts := _word_starts(form)) > 1]
    return bool(known) and all(len(written & starts) < SHARED_WORDS * len(written) for starts in known)


def _word_starts(form: str) -> frozenset[str]:
    return frozenset(word[:WORD_START] for word in surface_words(form))


def _without_of(surface: str) -> str:
    """The key of "A of B" said as "B A", or nothing."""
    words = surface_words(surface)
    if words.count("of") != 1:
        return ""
    place = words.index("of")
    before, after = words[:place], tuple(word for word in words[place + 1 :] if word not in {"the", "all"})
    return surface_key(" ".join((*after, *before))) if before and after else ""
