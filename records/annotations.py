"""What extraction finds in a document: mentions, and relations between them and papers."""

from dataclasses import dataclass
from enum import StrEnum

from records.entities import EntityType
from records.facts import EvidenceKind, Polarity, Predicate
from records.identity import content_id
from records.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where a document names something.

    `surface` is the text at `span`; `expansion` is the long form where the document defines the surface
    form as an abbreviation, else empty. `confidence` lies in [0, 1]; `component` names what found it.
    """

    span: Span
    type: EntityType
    surface: str
    expansion: str
    confidence: float
    component: str

    @property
    def id(self) -> str:
        """The hash of span and type, unique in its document."""
        return content_id("mention", self.span.start, self.span.end, self.type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a sentence says that a paper does with the thing mentioned.

    The subject is the document's own paper, or the one that `cited_reference_id` points at. `signals` are
    short words for what speaks for it or against, sorted. `applied_to` are the words for what a step was
    applied to, where the sentence says it.
    """

    predicate: Predicate
    object: Mention
    cited_reference_id: str | None
    sentence: Span
    kind: EvidenceKind
    polarity: Polarity
    confidence: float
    component: str
    signals: tuple[str, ...] = ()
    applied_to: str = ""


class RelationType(StrEnum):
    """What a sentence says of two things that it mentions (the relations of SciER, Zhang et al., 2024).

    Compare-With and Synonym-Of hold in both directions, the others from head to tail: a head Used-For its
    tail, a head that is Part-Of its tail.
    """

    USED_FOR = "Used-For"
    PART_OF = "Part-Of"
    COMPARE_WITH = "Compare-With"
    EVALUATED_WITH = "Evaluated-With"
    TRAINED_WITH = "Trained-With"
    BENCHMARK_FOR = "Benchmark-For"
    SUBCLASS_OF = "SubClass-Of"
    SUBTASK_OF = "SubTask-Of"
    SYNONYM_OF = "Synonym-Of"

    @property
    def symmetric(self) -> bool:
        """Whether head and tail may change places."""
        return self in {RelationType.COMPARE_WITH, RelationType.SYNONYM_OF}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRelation:
    """What a sentence says of two mentions in it."""

    head: Mention
    tail: Mention
    type: RelationType
    sentence: Span
    polarity: Polarity
    confidence: float
    component: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableResult:
    """A figure in a table, and what it is of; `sentence` is its row.

    `setting` is what headers say beside data set and metric ("Test"), or empty. `best` tells that no figure
    of its column is better; `copied` that the paper says it is another's. `signals` say where the table tells
    what the figure is of.
    """

    method: Mention
    dataset: Mention
    metric: Mention
    setting: str
    figure: Span
    value: float
    sentence: Span
    best: bool
    copied: bool
    confidence: float
    component: str
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """All that was found in one document, in text order.

    `candidates` are relations that nothing has decided yet; each is to be weighed with all that speaks for
    the same fact.
    """

    document_id: str
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    entity_relations: tuple[EntityRelation, ...] = ()
    candidates: tuple[Relation, ...] = ()
    results: tuple[TableResult, ...] = ()
