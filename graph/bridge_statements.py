"""Every Cypher text that reads or writes the bridge between lineage and canonical entities.

For each kind of lineage node one edge type leads to one entity type; the labels come from this closed list.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.lineage_statements import DATASET_VERSION, MODEL_VERSION, RUN
from records import EntityType

PROPOSED: Final = "PROPOSED_AS"

# By label, the type of the edge and the entities that it leads to.
BRIDGES: Final[Mapping[str, tuple[str, EntityType]]] = MappingProxyType(
    {
        DATASET_VERSION: ("SPECIALIZATION_OF", EntityType.DATASET),
        MODEL_VERSION: ("SPECIALIZATION_OF", EntityType.METHOD),
        RUN: ("APPLIES", EntityType.PREPROCESSING_STEP),
    }
)

LINKED_TYPES: Final = frozenset(entity_type for _, entity_type in BRIDGES.values())


def _by_label(template: str) -> Mapping[str, str]:
    return MappingProxyType(
        {
            label: template.replace("LABEL", label).replace("RELATION", relation).replace("ENTITY", entity)
            for label, (relation, entity) in BRIDGES.items()
        }
    )


def _merge(edge: str, more: str = "") -> str:
    return f"""
UNWIND $rows AS row
MATCH (n:LABEL {{id: row.node}}) MATCH (e:ENTITY {{id: row.entity}})
MERGE (n)-[r:{edge}]->(e)
SET r.link_id = row.link_id, r.score = row.score, r.reasons = row.reasons, r.judgement = row.judgement,
    r.judged_by = row.judged_by, r.judged_at = row.judged_at{more}
"""


def _delete(edge: str) -> str:
    return f"""
UNWIND $rows AS row
MATCH (n:LABEL {{id: row.node}})-[r:{edge}]->(e:ENTITY {{id: row.entity}})
DELETE r
"""


COUNT_LINEAGE: Final = f"MATCH (n:{'|'.join(BRIDGES)}) RETURN count(n) AS count"

# What there is to link
DATASET_VERSIONS: Final = """
MATCH (n:DatasetVersion)
RETURN n.id AS id, n.dataset_name AS dataset_name, n.digest AS digest, n.source_uri AS source_uri,
       n.tag_names AS tag_names, n.tag_values AS tag_values
ORDER BY id
"""
MODEL_VERSIONS: Final = """
MATCH (n:ModelVersion)
RETURN n.id AS id, n.model_name AS model_name, n.source_uri AS source_uri,
       n.parameter_names AS parameter_names, n.parameter_values AS parameter_values,
       n.tag_names AS tag_names, n.tag_values AS tag_values
ORDER BY id
"""
MAKERS: Final = """
MATCH (n:ModelVersion)-[:WAS_GENERATED_BY]->(r:ExperimentRun)
RETURN n.id AS id, r.id AS run
ORDER BY id, run
"""
BASES: Final = """
MATCH (n:ModelVersion)-[r:FINE_TUNED_FROM|QUANTIZED_FROM]->(b:ModelVersion)
RETURN n.id AS id, type(r) AS derivation, b.id AS base
ORDER BY id, base
"""
RUNS: Final = """
MATCH (n:ExperimentRun)
RETURN n.id AS id, n.deleted AS deleted, n.parameter_names AS parameter_names,
       n.parameter_values AS parameter_values, n.tag_names AS tag_names, n.tag_values AS tag_values
ORDER BY id
"""

# What is linked or was considered
LINKS: Final = _by_label(
    f"""
MATCH (n:LABEL)-[r:RELATION|{PROPOSED}]->(e:ENTITY)
RETURN n.id AS node, type(r) AS edge, e.id AS entity, e.name AS name, r.link_id AS link_id,
       r.score AS score, r.reasons AS reasons, r.judgement AS judgement, r.judged_by AS judged_by,
       r.judged_at AS judged_at
ORDER BY node, entity
"""
)
LINK_STATES: Final = _by_label(
    f"""
MATCH (n:LABEL)-[r:RELATION|{PROPOSED}]->(e:ENTITY)
RETURN r.link_id AS link_id, r.judgement AS judgement, r.score AS score
"""
)
LINK: Final = _by_label(_merge("RELATION"))
UNLINK: Final = _by_label(_delete("RELATION"))
PROPOSE: Final = _by_label(_merge(PROPOSED, ", r.relation = row.relation"))
UNPROPOSE: Final = _by_label(_delete(PROPOSED))
