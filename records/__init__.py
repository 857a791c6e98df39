"""What flows between the stages: frozen records, built on the standard library alone."""

from records.annotations import Annotations, Mention, Relation
from records.documents import Box, Callout, Document, Line, Page, PageSource, Reference, Section, SectionKind
from records.entities import Entity, EntityType, Link, LinkStatus
from records.errors import (
    BucketUnavailableError,
    GraphUnavailableError,
    InvalidPayloadError,
    PaperlineageError,
    RejectedInputError,
    TrackingUnavailableError,
    UnavailableError,
    UnreadablePdfError,
    VocabularyError,
)
from records.facts import Evidence, EvidenceKind, Fact, Polarity, Predicate
from records.identity import content_id, normalised_title
from records.lineage import (
    DatasetRole,
    DatasetUse,
    DatasetVersion,
    Derivation,
    ExperimentRun,
    Lineage,
    LineageSource,
    ModelDerivation,
    ModelVersion,
)
from records.papers import Paper, PaperStatus, paper_id
from records.provenance import Agent, ExtractionJob, JobOutput, PipelineVersion
from records.spans import Span

__all__ = [
    "Agent",
    "Annotations",
    "Box",
    "BucketUnavailableError",
    "Callout",
    "DatasetRole",
    "DatasetUse",
    "DatasetVersion",
    "Derivation",
    "Document",
    "Entity",
    "EntityType",
    "Evidence",
    "EvidenceKind",
    "ExperimentRun",
    "ExtractionJob",
    "Fact",
    "GraphUnavailableError",
    "InvalidPayloadError",
    "JobOutput",
    "Line",
    "Lineage",
    "LineageSource",
    "Link",
    "LinkStatus",
    "Mention",
    "ModelDerivation",
    "ModelVersion",
    "Page",
    "PageSource",
    "Paper",
    "PaperStatus",
    "PaperlineageError",
    "PipelineVersion",
    "Polarity",
    "Predicate",
    "Reference",
    "RejectedInputError",
    "Relation",
    "Section",
    "SectionKind",
    "Span",
    "TrackingUnavailableError",
    "UnavailableError",
    "UnreadablePdfError",
    "VocabularyError",
    "content_id",
    "normalised_title",
    "paper_id",
]
