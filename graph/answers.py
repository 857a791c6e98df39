"""What the questions answer with: frozen records, ready for JSON by dataclasses.asdict."""

from dataclasses import dataclass
from datetime import datetime

from records import EntityType, EvidenceKind, LinkStatus, PaperStatus, Polarity, Predicate, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySummary:
    """An entity in short."""

    id: str
    name: str
    type: EntityType


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSummary:
    """What a method reached on a data set by a metric; `written` is the figure as the paper prints it."""

    id: str
    method: EntitySummary
    dataset: EntitySummary
    metric: EntitySummary
    value: float
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSummary:
    """A paper in short."""

    id: str
    title: str
    year: int | None
    authors: tuple[str, ...]
    status: PaperStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quote that supports a fact: `page` is the first it stands on, `document` and `job` are ids."""

    quote: str
    page: int
    document: str
    section: str
    kind: EvidenceKind
    polarity: Polarity
    confidence: float
    job: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """A paper that introduced an entity, with the quotes that say so, surest first."""

    entity: EntitySummary
    paper: PaperSummary
    belief: float
    standing: Standing
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMatches:
    """The papers that a text names; where it names none, those whose titles come near."""

    papers: tuple[PaperSummary, ...]
    suggestions: tuple[PaperSummary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """A document in short; `name` is its file's name."""

    id: str
    name: str
    page_count: int
    job: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFact:
    """A fact of a paper with its best quote."""

    id: str
    object: EntitySummary
    belief: float
    standing: Standing
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperResult:
    """A result that a paper reports, with its best quote.

    `setting` is what the table's headers say beside data set and metric ("Test"), or empty. `best` tells that
    no figure of its column is better; `copied` that the paper says it is another's.
    """

    id: str
    result: ResultSummary
    belief: float
    standing: Standing
    setting: str
    best: bool
    copied: bool
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup:
    """A paper's facts of one predicate, most believed first."""

    predicate: Predicate
    facts: tuple[PaperFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAnswer:
    """A paper, its documents, what is known of it, what it reports, and how many papers here cite it."""

    paper: PaperSummary
    documents: tuple[DocumentSummary, ...]
    facts: tuple[FactGroup, ...]
    results: tuple[PaperResult, ...]
    cited_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobAnswer:
    """Who read a document when, and with which version of everything; pairs are name and hash or value."""

    id: str
    started_at: datetime
    ended_at: datetime
    operator: str
    flow_run_id: str
    flow_run_url: str
    code_version: str
    models: tuple[tuple[str, str], ...]
    vocabularies: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAnswer:
    """All that is known of one quote.

    `live` is false where the document's current job no longer gave it. `reasons` are what its fact was
    weighed by, `applied_to` is what a step was applied to, `setting` what a table's headers say beside data
    set and metric, where the quote says it. `boxes` are (x0, y0, x1, y1) in points, one for each of `pages`.
    """

    id: str
    quote: str
    pages: tuple[int, ...]
    boxes: tuple[tuple[float, float, float, float], ...]
    section: str
    kind: EvidenceKind
    polarity: Polarity
    confidence: float
    component: str
    surface: str
    link_status: LinkStatus
    link_score: float
    link_reasons: tuple[str, ...]
    reasons: tuple[str, ...]
    applied_to: str
    setting: str
    live: bool
    invalidated_by: tuple[str, ...]
    document: DocumentSummary
    job: JobAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class FactAnswer:
    """A fact with its whole provenance."""

    id: str
    subject: PaperSummary
    predicate: Predicate
    object: EntitySummary | ResultSummary
    belief: float
    evidence: tuple[EvidenceAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphStatistics:
    """How many nodes of each label and edges of each type there are, in alphabetical order."""

    nodes: tuple[tuple[str, int], ...]
    edges: tuple[tuple[str, int], ...]
