"""What every recogniser does, whichever model is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from records import EntityType, RelationType


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMention:
    """A mention from character `start` up to `end` of its sentence; `confidence` in [0, 1]."""

    start: int
    end: int
    type: EntityType
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRelation:
    """A relation between two mentions, given by their places in `Recognised.mentions`."""

    head: int
    tail: int
    type: RelationType
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What one sentence holds; mentions of one type do not overlap, those of different types may."""

    mentions: tuple[FoundMention, ...] = ()
    relations: tuple[FoundRelation, ...] = ()


class Recogniser(Protocol):
    """Finds entities and the relations between them."""

    name: str
    """Written on every mention as its component."""

    def recognise(self, passages: Sequence[Sequence[str]]) -> list[list[Recognised]]:
        """What each sentence of each passage of one document holds; a passage is consecutive sentences."""
