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
    PaperResult,
    PaperSummary,
    Quote,
    ResultSummary,
)
from graph.bridging import (
    BridgeCounts,
    BridgeLink,
    Judgement,
    LinkCandidate,
    bridge_links,
    judge_links,
    write_links,
)
from graph.lineage_marking import mark_synced
from graph.lineage_nodes import content_hash
from graph.lineage_reading import (
    SourceState,
    content_hashes,
    placeholders_among,
    source_state,
    standing_ids,
    told_of_runs,
    unfinished_runs,
)
from graph.lineage_references import parent_circles
from graph.lineage_writing import write_lineage
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
    "BridgeCounts",
    "BridgeLink",
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
    "Judgement",
    "LinkCandidate",
    "PaperAnswer",
    "PaperFact",
    "PaperMatches",
    "PaperResult",
    "PaperSummary",
    "Quote",
    "ResultSummary",
    "SourceState",
    "WriteCounts",
    "all_entities",
    "bridge_links",
    "content_hash",
    "content_hashes",
    "fact_provenance",
    "has_job",
    "introduced",
    "judge_links",
    "mark_synced",
    "open_store",
    "paper_facts",
    "papers_matching",
    "parent_circles",
    "placeholders_among",
    "source_state",
    "standing_ids",
    "statistics",
    "told_of_runs",
    "unfinished_runs",
    "write_job",
    "write_lineage",
    "write_links",
]
