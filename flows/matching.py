"""Which canonical entities a piece of lineage stands for: clues looked up in vocabularies and graph."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from canonicalize import Linker
from canonicalize.surface_forms import is_proper_name, surface_words
from lineage.naming.candidates import Candidate, Clue, is_ordinary
from records import Entity, EntityType, LinkStatus
from records.entities import PROVISIONAL

# A link is taken for true by every question, so it needs a name that is the entity's own in a place that
# names such things: a name of the version itself (0.95), a path (0.9), either of them with one known ending
# left out (0.9). One more doubt, an ordinary word (0.6) or a folder further up (0.7), is a person's to judge.
LINK_FROM: Final = 0.8
# Below, a person who reads the list of proposals would mostly say no: a folder called like an ordinary word.
PROPOSE_FROM: Final = 0.5
MOST_UNSURE: Final = 0.75
PROVISIONAL_FACTOR: Final = 0.9
LEAST_PROVISIONAL: Final = 6
LEAST_PROVISIONAL_STEP: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entity that a piece of lineage may stand for; `confident` ones are linked, others proposed."""

    entity: Entity
    score: float
    reasons: tuple[str, ...]

    @property
    def confident(self) -> bool:
        """Whether the score is high enough to link without asking."""
        return self.score >= LINK_FROM


@dataclass(slots=True)
class _Standing:
    entity: Entity
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)


def matches(clues: Sequence[Clue], linker: Linker) -> tuple[Match, ...]:
    """What the clues stand for, best first; noise is left out.

    A version is one thing: where two places name different things, what the surer one names may be linked,
    the rest is proposed. Steps are many, and each stands for itself.
    """
    found = [_hits(clue, linker) for clue in clues]
    leading = max(found, key=lambda hits: hits[0].score if hits else 0.0, default=())
    agreed = {hit.entity.id for hit in leading}
    standing: dict[str, _Standing] = {}
    for hits in found:
        for hit in hits:
            several = hit.entity.type is EntityType.PREPROCESSING_STEP
            score = hit.score if several or hit.entity.id in agreed else min(hit.score, MOST_UNSURE)
            one = standing.setdefault(hit.entity.id, _Standing(entity=hit.entity))
            one.score = max(one.score, score)
            one.reasons.extend(reason for reason in hit.reasons if reason not in one.reasons)
    chosen = (one for one in standing.values() if one.score >= PROPOSE_FROM)
    return tuple(
        Match(entity=one.entity, score=round(one.score, 4), reasons=tuple(one.reasons))
        for one in sorted(chosen, key=lambda one: (-one.score, one.entity.id))
    )


def _hits(clue: Clue, linker: Linker) -> tuple[Match, ...]:
    """What one clue stands for: its likeliest name that is known, and what that is one size of.

    Other names in the clue are only worth a look; a step's are other ways to read the same words.
    """
    found: dict[str, Match] = {}
    for candidate in clue.candidates:
        if found and candidate.fallback:
            break
        match = _match(candidate, clue.type, linker)
        if match is None or match.entity.id in found:
            continue
        if found and clue.type is EntityType.PREPROCESSING_STEP:
            break
        sure = not found or candidate.broader
        score = match.score if sure else min(match.score, MOST_UNSURE)
        found[match.entity.id] = Match(entity=match.entity, score=score, reasons=match.reasons)
    return tuple(found.values())


def _match(candidate: Candidate, entity_type: EntityType, linker: Linker) -> Match | None:
    link = linker.link(candidate.name, entity_type)
    if link.status not in {LinkStatus.EXACT, LinkStatus.SCORED}:
        return None
    score = candidate.weight * link.score
    if link.status is LinkStatus.SCORED:
        score = min(score, MOST_UNSURE)
    if link.entity.vocabulary == PROVISIONAL:
        if is_ordinary(candidate.name):
            return None  # papers' "news" and "text" are no names of anybody's data
        score = score * PROVISIONAL_FACTOR if _is_telling(link.entity) else min(score, MOST_UNSURE)
    return Match(entity=link.entity, score=score, reasons=(candidate.reason, *link.reasons))


def _is_telling(entity: Entity) -> bool:
    """Whether a name that only papers know is enough by itself: a proper name, and not an acronym.

    Steps are seldom proper names; there the key says already what is listed, and two long words are telling.
    """
    if entity.type is EntityType.PREPROCESSING_STEP and len(entity.name) >= LEAST_PROVISIONAL_STEP:
        return len(surface_words(entity.name)) > 1
    return is_proper_name(entity.name) and len(entity.name) >= LEAST_PROVISIONAL
