"""Every Cypher text that writes lineage, in the subset that all stores share.

Labels and edge types come from closed lists; what a tracking server or a payload says comes in as parameters.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from records import DatasetRole, Derivation

RUN: Final = "ExperimentRun"
DATASET_VERSION: Final = "DatasetVersion"
MODEL_VERSION: Final = "ModelVersion"
ARTIFACT: Final = "Artifact"
DESCRIBED: Final = (RUN, DATASET_VERSION, MODEL_VERSION)


def _by_label(template: str) -> Mapping[str, str]:
    return MappingProxyType({label: template.replace("LABEL", label) for label in DESCRIBED})


def _link(start: str, edge: str, end: str, then: str = "") -> str:
    return f"""
UNWIND $rows AS row
MATCH (a:{start} {{id: row.from_id}}) MATCH (b:{end} {{id: row.to_id}}) MERGE (a)-[r:{edge}]->(b) {then}
"""


# Nodes. What is only referred to is a placeholder until a source describes it, and never again after that.
MERGE_SOURCE: Final = """
MERGE (s:LineageSource {id: $id}) SET s += $props
"""
REFER_TO: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_by_label("UNWIND $rows AS row MERGE (n:LABEL {id: row.id}) ON CREATE SET n.placeholder = true"),
        # An artifact is no more than its reference, so there is nothing that could be missing of it.
        ARTIFACT: "UNWIND $rows AS row MERGE (n:Artifact {id: row.id})",
    }
)
MERGE_AGENTS: Final = "UNWIND $rows AS row MERGE (n:Agent {id: row.id}) SET n += row.props"
DESCRIBE: Final = _by_label("UNWIND $rows AS row MERGE (n:LABEL {id: row.id}) SET n += row.props")
LINK_TO_SOURCE: Final = _by_label(
    """
UNWIND $rows AS row
MATCH (n:LABEL {id: row.id}) MATCH (s:LineageSource {id: $source})
MERGE (n)-[r:HAD_PRIMARY_SOURCE]->(s)
SET r.content_hash = row.content_hash
"""
)

# What other sources said of the same nodes: their pairs stay beside the new ones.
OTHER_SOURCES: Final = "MATCH (s:LineageSource) WHERE s.id <> $source RETURN s.id AS id LIMIT 1"
TOLD_BY_OTHERS: Final = _by_label(
    """
UNWIND $ids AS id
MATCH (n:LABEL {id: id})-[:HAD_PRIMARY_SOURCE]->(s:LineageSource)
WHERE s.id <> $source
RETURN DISTINCT n.id AS id, n.parameter_names AS parameter_names, n.parameter_values AS parameter_values,
       n.metric_names AS metric_names, n.metric_values AS metric_values,
       n.tag_names AS tag_names, n.tag_values AS tag_values
"""
)

# Edges
LINK_DATASETS: Final[Mapping[DatasetRole, str]] = MappingProxyType(
    {role: _link(RUN, role.value, DATASET_VERSION, "SET r.context = row.context") for role in DatasetRole}
)
LINK_MODELS_TO_RUNS: Final = _link(MODEL_VERSION, "WAS_GENERATED_BY", RUN)
LINK_ARTIFACTS_TO_RUNS: Final = _link(ARTIFACT, "WAS_GENERATED_BY", RUN)
LINK_PARENTS: Final = _link(RUN, "PART_OF", RUN)
LINK_OPERATORS: Final = _link(RUN, "WAS_ASSOCIATED_WITH", "Agent")
LINK_DERIVATIONS: Final[Mapping[Derivation, str]] = MappingProxyType(
    {kind: _link(MODEL_VERSION, kind.value, MODEL_VERSION) for kind in Derivation}
)
LINK_ALTERNATES: Final = _link(MODEL_VERSION, "ALTERNATE_OF", MODEL_VERSION)

# How far a source was read
MARK_SYNCED: Final = "MATCH (s:LineageSource {id: $source}) SET s.synced_at = $synced_at"
MARK_SWEPT: Final = "MATCH (s:LineageSource {id: $source}) SET s.swept_at = $swept_at"
# What a source no longer has stays, and counts no more. Without its hash it is new when it comes back.
MARK_VANISHED: Final = MappingProxyType(
    {
        label: f"""
UNWIND $ids AS id
MATCH (n:{label} {{id: id}})-[r:HAD_PRIMARY_SOURCE]->(s:LineageSource {{id: $source}})
SET n.deleted = true, r.content_hash = ''
"""
        for label in (RUN, MODEL_VERSION)
    }
)
