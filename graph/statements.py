"""Every Cypher text that writes, in the subset that all stores share.

Labels and edge types come from the closed lists of `schema`; what papers say comes in as parameters.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.schema import ENTITY_LABELS, RESULT, STANCES
from records import EntityType, Polarity, Predicate


def _merge_nodes(label: str) -> str:
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.props"


COUNT_NODES: Final = "MATCH (n) RETURN count(n) AS count"
COUNT_EDGES: Final = "MATCH ()-[r]->() RETURN count(r) AS count"

# The job, and what it rests on
FIND_JOB: Final = "MATCH (j:ExtractionJob {id: $job}) RETURN j.id AS id"
MERGE_PIPELINE_VERSIONS: Final = _merge_nodes("PipelineVersion")
MERGE_AGENTS: Final = _merge_nodes("Agent")
MERGE_DOCUMENTS: Final = _merge_nodes("Document")
MERGE_JOBS: Final = _merge_nodes("ExtractionJob")
LINK_JOB: Final = """
MATCH (j:ExtractionJob {id: $job})
MATCH (d:Document {id: $document})
MATCH (v:PipelineVersion {id: $pipeline_version})
MATCH (a:Agent {id: $agent})
MERGE (j)-[:USED]->(d)
MERGE (j)-[:HAD_PLAN]->(v)
MERGE (j)-[:WAS_ASSOCIATED_WITH]->(a)
"""
READINGS: Final = """
MATCH (d:Document {id: $document})<-[:USED]-(j:ExtractionJob)
RETURN j.id AS job, j.started_at AS started_at
"""
EVIDENCE_OF_DOCUMENT: Final = """
MATCH (d:Document {id: $document})<-[:WAS_QUOTED_FROM]-(e:Evidence)-[:WAS_GENERATED_BY]->(j:ExtractionJob)
RETURN e.id AS evidence, j.id AS job
"""

# Papers
MERGE_PAPERS: Final = "UNWIND $rows AS row MERGE (p:Paper {id: row.id}) ON CREATE SET p.title = row.title"
MANIFESTED_PAPERS: Final = """
MATCH (d:Document {id: $document})-[:MANIFESTATION_OF]->(p:Paper) RETURN p.id AS paper
"""
UNLINK_OTHER_PAPERS: Final = """
MATCH (d:Document {id: $document})-[m:MANIFESTATION_OF]->(p:Paper) WHERE p.id <> $paper DELETE m
"""
LINK_PAPER: Final = """
MATCH (d:Document {id: $document}) MATCH (p:Paper {id: $paper}) MERGE (d)-[:MANIFESTATION_OF]->(p)
"""
NOTED_OF_PAPERS: Final = """
UNWIND $papers AS paper
MATCH (p:Paper {id: paper})
RETURN p.id AS paper, p.noted_title AS title, p.noted_authors AS authors, p.noted_year AS year,
       p.noted_doi AS doi, p.noted_arxiv_id AS arxiv_id
"""
STATED_BY_DOCUMENTS: Final = """
UNWIND $papers AS paper
MATCH (p:Paper {id: paper})<-[:MANIFESTATION_OF]-(d:Document)
RETURN p.id AS paper, d.stated_title AS title, d.stated_authors AS authors, d.stated_year AS year,
       d.stated_doi AS doi, d.stated_arxiv_id AS arxiv_id
"""
DESCRIBE_PAPERS: Final = _merge_nodes("Paper")
LINK_CITATIONS: Final = """
UNWIND $rows AS row
MATCH (citing:Paper {id: row.citing}) MATCH (cited:Paper {id: row.cited}) MERGE (citing)-[:CITES]->(cited)
"""

# Entities
KNOWN_ENTITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        label: f"""
UNWIND $ids AS id
MATCH (n:{label} {{id: id}})
RETURN n.id AS id, n.name AS name, n.aliases AS aliases, n.vocabulary AS vocabulary, n.as_of AS as_of
"""
        for label in ENTITY_LABELS
    }
)
MERGE_ENTITIES: Final[Mapping[EntityType, str]] = MappingProxyType(
    {entity_type: _merge_nodes(entity_type.value) for entity_type in EntityType}
)

# Facts and evidence
MERGE_FACTS: Final = _merge_nodes("Fact")
LINK_SUBJECTS: Final = """
UNWIND $rows AS row
MATCH (f:Fact {id: row.fact}) MATCH (p:Paper {id: row.subject}) MERGE (f)-[:SUBJECT]->(p)
"""
LINK_OBJECTS: Final[Mapping[EntityType, str]] = MappingProxyType(
    {
        entity_type: f"""
UNWIND $rows AS row
MATCH (f:Fact {{id: row.fact}}) MATCH (o:{entity_type.value} {{id: row.object}}) MERGE (f)-[:OBJECT]->(o)
"""
        for entity_type in EntityType
    }
)
MERGE_RESULTS: Final = _merge_nodes(RESULT)
LINK_RESULTS: Final = """
UNWIND $rows AS row
MATCH (r:Result {id: row.id})
MATCH (m:Method {id: row.method}) MATCH (d:Dataset {id: row.dataset}) MATCH (s:Metric {id: row.metric})
MERGE (r)-[:OF_METHOD]->(m)
MERGE (r)-[:ON_DATASET]->(d)
MERGE (r)-[:BY_METRIC]->(s)
"""
LINK_REPORTED: Final = """
UNWIND $rows AS row
MATCH (f:Fact {id: row.fact}) MATCH (r:Result {id: row.object}) MERGE (f)-[:OBJECT]->(r)
"""
LINK_FACTS_TO_JOB: Final = """
UNWIND $facts AS fact
MATCH (f:Fact {id: fact}) MATCH (j:ExtractionJob {id: $job}) MERGE (f)-[:WAS_GENERATED_BY]->(j)
"""
MERGE_EVIDENCE: Final = _merge_nodes("Evidence")
LINK_EVIDENCE: Final = """
UNWIND $evidence AS id
MATCH (e:Evidence {id: id}) MATCH (d:Document {id: $document}) MATCH (j:ExtractionJob {id: $job})
MERGE (e)-[:WAS_QUOTED_FROM]->(d)
MERGE (e)-[:WAS_GENERATED_BY]->(j)
"""
LINK_STANCES: Final[Mapping[Polarity, str]] = MappingProxyType(
    {
        polarity: f"""
UNWIND $rows AS row
MATCH (e:Evidence {{id: row.evidence}}) MATCH (f:Fact {{id: row.fact}}) MERGE (e)-[:{stance}]->(f)
"""
        for polarity, stance in STANCES.items()
    }
)
UNLINK_STANCES: Final[Mapping[Polarity, str]] = MappingProxyType(
    {
        polarity: f"UNWIND $evidence AS id MATCH (e:Evidence {{id: id}})-[r:{stance}]->(f:Fact) DELETE r"
        for polarity, stance in STANCES.items()
    }
)
INVALIDATE: Final = """
UNWIND $rows AS row
MATCH (e:Evidence {id: row.evidence}) MATCH (j:ExtractionJob {id: row.job})
MERGE (e)-[:WAS_INVALIDATED_BY]->(j)
"""

# Beliefs, and the shortcut edges that carry them
FACTS_OF_DOCUMENT: Final = f"""
MATCH (d:Document {{id: $document}})<-[:WAS_QUOTED_FROM]-(e:Evidence)
MATCH (e)-[:{"|".join(STANCES.values())}]->(f:Fact)
RETURN DISTINCT f.id AS fact, f.predicate AS predicate
"""
LIVE_SUPPORT: Final = """
UNWIND $facts AS fact
MATCH (f:Fact {id: fact})<-[:SUPPORTS]-(e:Evidence)-[:WAS_QUOTED_FROM]->(d:Document)
WHERE e.job = d.current_job
MATCH (d)-[:MANIFESTATION_OF]->(p:Paper)
RETURN f.id AS fact, p.id AS paper, d.stated_authors AS authors, e.confidence AS confidence
"""
SET_BELIEFS: Final = "UNWIND $rows AS row MATCH (f:Fact {id: row.fact}) SET f.belief = row.belief"
SET_SHORTCUTS: Final[Mapping[Predicate, str]] = MappingProxyType(
    {
        predicate: f"""
UNWIND $rows AS row
MATCH (f:Fact {{id: row.fact}}) MATCH (f)-[:SUBJECT]->(p:Paper) MATCH (f)-[:OBJECT]->(o)
MERGE (p)-[r:{predicate.value}]->(o)
SET r.fact_id = row.fact, r.belief = row.belief
"""
        for predicate in Predicate
    }
)
DROP_SHORTCUTS: Final[Mapping[Predicate, str]] = MappingProxyType(
    {
        predicate: f"""
UNWIND $facts AS fact
MATCH (f:Fact {{id: fact}}) MATCH (f)-[:SUBJECT]->(p:Paper) MATCH (f)-[:OBJECT]->(o)
MATCH (p)-[r:{predicate.value}]->(o)
DELETE r
"""
        for predicate in Predicate
    }
)
