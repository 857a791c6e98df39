"""Facts, the predicates that they may use, and the evidence that they rest on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from records.documents import Box
from records.entities import EntityType, Link
from records.identity import content_id
from records.results import ReportedResult
from records.spans import Span


class Predicate(StrEnum):
    """What a paper may be said to do; the value is also the type of the shortcut edge in the graph."""

    INTRODUCES = "INTRODUCES"
    USES = "USES"
    APPLIES_STEP = "APPLIES_STEP"
    TRAINS_ON = "TRAINS_ON"
    EVALUATES_ON = "EVALUATES_ON"
    COMPARES_AGAINST = "COMPARES_AGAINST"
    ADDRESSES = "ADDRESSES"
    REPORTS = "REPORTS"

    @property
    def range(self) -> frozenset[EntityType]:
        """The types of entities that the object may have; the subject is always a paper.

        What a paper REPORTS is a result, which is no entity.
        """
        return _RANGES[self]


_RANGES = {
    Predicate.INTRODUCES: frozenset(EntityType),
    Predicate.USES: frozenset({EntityType.METHOD, EntityType.METRIC}),
    Predicate.APPLIES_STEP: frozenset({EntityType.PREPROCESSING_STEP}),
    Predicate.TRAINS_ON: frozenset({EntityType.DATASET}),
    Predicate.EVALUATES_ON: frozenset({EntityType.DATASET}),
    Predicate.COMPARES_AGAINST: frozenset({EntityType.METHOD}),
    Predicate.ADDRESSES: frozenset({EntityType.TASK}),
    Predicate.REPORTS: frozenset(),
}


class Polarity(StrEnum):
    """Whether the sentence says that it is so; only affirmed evidence supports a fact."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"


class Standing(StrEnum):
    """How a fact is to be taken, by its belief."""

    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    DOUBTED = "doubted"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeliefThresholds:
    """The beliefs, in [0, 1], from which a fact is accepted, or at least proposed; what is below is doubted.

    Beliefs are calibrated: of facts believed 0.7, seven in ten are right, and more of those above it.
    """

    accepted: float = 0.7
    proposed: float = 0.3

    def standing(self, belief: float) -> Standing:
        """The standing of a fact of that belief."""
        if belief >= self.accepted:
            return Standing.ACCEPTED
        return Standing.PROPOSED if belief >= self.proposed else Standing.DOUBTED


DEFAULT_THRESHOLDS: Final = BeliefThresholds()


class EvidenceKind(StrEnum):
    """By what right a quote speaks for a fact."""

    OWN_CLAIM = "own claim"
    TITLE = "title"
    CITING_SENTENCE = "citing sentence"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Paper `subject_id`, predicate, entity `object_id`: one node, however many papers say it."""

    subject_id: str
    predicate: Predicate
    object_id: str

    @property
    def id(self) -> str:
        """The hash of the three."""
        return content_id("fact", self.subject_id, self.predicate, self.object_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A quote that a fact rests on, and how it was read.

    `quote` equals the document's text at `span`, character for character; `pages` count from 1 and pair
    with `boxes`, one for each printed line of the quote. `confidence` in [0, 1] is that of the component
    that read the relation, times that of the link of its object. `reasons` are what its fact's probability
    rests on, the weightiest first: "+ title names it" speaks for it, "- plural" against it. `reported` is the
    object of what a paper REPORTS; `link` is then that of its method. `applied_to` are the words for what a
    step was applied to, empty where the quote does not say it.
    """

    fact: Fact
    document_id: str
    span: Span
    quote: str
    pages: tuple[int, ...]
    boxes: tuple[Box, ...]
    section: str
    kind: EvidenceKind
    polarity: Polarity
    confidence: float
    component: str
    link: Link
    reasons: tuple[str, ...] = ()
    reported: ReportedResult | None = None
    applied_to: str = ""

    @property
    def links(self) -> tuple[Link, ...]:
        """Those of all the entities that it is about."""
        return (self.link, self.reported.dataset, self.reported.metric) if self.reported else (self.link,)

    @property
    def id(self) -> str:
        """The hash of fact, document and span."""
        return content_id("evidence", self.fact.id, self.document_id, self.span.start, self.span.end)
