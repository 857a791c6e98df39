"""What flows between the stages: frozen records, built on the standard library alone."""

from records.annotations import Annotations, Mention, Relation
from records.documents import Box, Callout, Document, Line, Page, PageSource, Reference, Section, SectionKind
from records.entities import Entity, EntityType, Link, LinkStatus
from records.errors import (
    GraphUnavailableError,
    PaperlineageError,
    RejectedInputError,
    UnavailableError,
    UnreadablePdfError,
    VocabularyError,
)
from records.facts import Evidence, EvidenceKind, Fact, Polarity, Predicate
from records.identity import content_id, normalised_title
from records.papers import Paper, PaperStatus, paper_id
from records.provenance import Agent, ExtractionJob, JobOutput, PipelineVersion
from records.spans import Span

__all__ = [
    "Agent",
    "Annotations",
    "Box",
    "Callout",
    "Document",
    "Entity",
    "EntityType",
    "Evidence",
    "EvidenceKind",
    "ExtractionJob",
    "Fact",
    "GraphUnavailableError",
    "JobOutput",
    "Line",
    "Link",
    "LinkStatus",
    "Mention",
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
    "UnavailableError",
    "UnreadablePdfError",
    "VocabularyError",
    "content_id",
    "normalised_title",
    "paper_id",
]
