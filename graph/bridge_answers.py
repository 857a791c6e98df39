"""What the questions across the bridge answer with: frozen records, ready for JSON by dataclasses.asdict."""

from dataclasses import dataclass
from enum import StrEnum

from graph.answers import EntitySummary, PaperSummary, Quote
from records import Predicate, Standing


class LineageKind(StrEnum):
    """The kinds of lineage nodes, as people call them."""

    RUN = "run"
    DATASET_VERSION = "dataset version"
    MODEL_VERSION = "model version"


class Consequence(StrEnum):
    """What has to be done again when the thing asked about turns out wrong."""

    MAKE_AGAIN = "make again"
    MEASURE_AGAIN = "measure again"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageSummary:
    """A run, dataset version or model version in short; a placeholder is only referred to so far."""

    id: str
    kind: LineageKind
    name: str
    placeholder: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """One edge of a path, in the direction of the path, and in words.

    `relation` is the edge's type in the graph; `against` tells that the edge points the other way there.
    `score` is that of a link of the bridge, and 1 where a source told the edge.
    """

    subject: str
    relation: str
    object: str
    against: bool
    score: float
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroducingPaper:
    """A paper that introduced an entity, with its best quote."""

    paper: PaperSummary
    entity: EntitySummary
    belief: float
    standing: Standing
    fact_id: str
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """Something of ours that rests on what was asked about, by its shortest path to the entity.

    `strength` is the product of the scores along the path and of the belief that the paper introduced the
    entity, where a paper was asked about.
    """

    node: LineageSummary
    consequence: Consequence
    entity: EntitySummary
    paper: PaperSummary | None
    strength: float
    path: tuple[PathStep, ...]
    in_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A paper that a model version rests on; `evaluated_only` where its dataset only measured the model."""

    source: IntroducingPaper
    strength: float
    evaluated_only: bool
    path: tuple[PathStep, ...]
    in_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRelation:
    """What a paper does with an entity, with its best quote."""

    paper: PaperSummary
    predicate: Predicate
    entity: EntitySummary
    belief: float
    standing: Standing
    fact_id: str
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class UntriedMethod:
    """A method in papers that nothing of ours used: how many papers support it, and how much in all."""

    method: EntitySummary
    papers: int
    support: float
    introduced_by: PaperSummary | None
