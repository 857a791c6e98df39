"""Canonical things that papers write about, and how a surface form was linked to one."""

from dataclasses import dataclass
from enum import StrEnum


class EntityType(StrEnum):
    """The five types; the value is also the graph's node label.

    A preprocessing step is an operation on data before or while it is fed to a model; layers, losses and
    optimisers are methods. A baseline is a role (COMPARES_AGAINST), not a type.
    """

    METHOD = "Method"
    DATASET = "Dataset"
    PREPROCESSING_STEP = "PreprocessingStep"
    TASK = "Task"
    METRIC = "Metric"

    @property
    def id_prefix(self) -> str:
        """The first part of the ids of this type's entities: "step" in "step:byte-pair-encoding"."""
        return "step" if self is EntityType.PREPROCESSING_STEP else self.value.lower()


PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A canonical thing: `id` is its type's prefix and a slug of its name ("dataset:squad-1.1").

    `vocabulary` names the vocabulary file that it stands in, or is `provisional` for a name that papers
    use and no vocabulary knows yet. `aliases` are sorted and do not repeat the name. `unsought` are those of
    them that are too common to be looked for in text: they name the thing only where a mention was found.
    """

    id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...]
    vocabulary: str
    unsought: tuple[str, ...] = ()


class LinkStatus(StrEnum):
    """How sure the link from a surface form to its entity is, and by what right."""

    EXACT = "exact"
    SCORED = "scored"
    JUDGED = "judged"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A surface form of a type linked to an entity; `score` lies in [0, 1], `reasons` are for people."""

    surface: str
    type: EntityType
    entity: Entity
    status: LinkStatus
    score: float
    reasons: tuple[str, ...]
