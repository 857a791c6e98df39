"""The graph of facts: one protocol for its stores, writing a job whole, and the questions."""

from graph.answers import (
    DocumentSummary,
    EntitySummary,
    EvidenceAnswer,
    FactAnswer,
    FactGroup,
    GraphStatistics,
    Introduction,
    JobAnswer,
    PaperAnswer,
    PaperFact,
    PaperMatches,
    PaperSummary,
    Quote,
)
from graph.opening import open_store
from graph.questions import (
    all_entities,
    fact_provenance,
    introduced,
    paper_facts,
    papers_matching,
    statistics,
)
from graph.store import GraphReader, GraphStore, GraphTransaction
from graph.writing import WriteCounts, has_job, write_job

__all__ = [
    "DocumentSummary",
    "EntitySummary",
    "EvidenceAnswer",
    "FactAnswer",
    "FactGroup",
    "GraphReader",
    "GraphStatistics",
    "GraphStore",
    "GraphTransaction",
    "Introduction",
    "JobAnswer",
    "PaperAnswer",
    "PaperFact",
    "PaperMatches",
    "PaperSummary",
    "Quote",
    "WriteCounts",
    "all_entities",
    "fact_provenance",
    "has_job",
    "introduced",
    "open_store",
    "paper_facts",
    "papers_matching",
    "statistics",
    "write_job",
]
