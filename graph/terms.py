"""Which account of an entity stands, when jobs with different vocabularies give several."""

from dataclasses import dataclass
from datetime import datetime

from records import Entity
from records.entities import PROVISIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entity as the job that started at `as_of` knew it; None for a provisional one."""

    id: str
    name: str
    aliases: tuple[str, ...]
    vocabulary: str
    as_of: datetime | None

    @property
    def curated(self) -> bool:
        """Whether it stands in a vocabulary."""
        return self.vocabulary != PROVISIONAL


def term_of(entity: Entity, *, started_at: datetime) -> Term:
    """The account that a job gives of an entity."""
    return Term(
        id=entity.id,
        name=entity.name or entity.id,
        aliases=entity.aliases,
        vocabulary=entity.vocabulary,
        as_of=None if entity.vocabulary == PROVISIONAL else started_at,
    )


def standing(one: Term, other: Term) -> Term:
    """The account that stands of two, whichever came first into the graph.

    A vocabulary beats a provisional name. Of two vocabularies the one used last is right, for vocabularies
    are corrected. Provisional names come from surface forms, of which none is better: the first in the
    alphabet.
    """
    if one.curated != other.curated:
        return one if one.curated else other
    if one.as_of is None or other.as_of is None:
        return min(one, other, key=lambda term: (term.name, term.aliases))
    return max(one, other, key=lambda term: (term.as_of, term.name, term.aliases, term.vocabulary))
