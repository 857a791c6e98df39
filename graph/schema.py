"""The graph's closed lists of labels and edge types, and its constraints."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.store import GraphStore
from records import EntityType, Polarity

ENTITY_LABELS: Final = tuple(entity_type.value for entity_type in EntityType)
RESULT: Final = "Result"
LINEAGE_LABELS: Final = ("ExperimentRun", "DatasetVersion", "ModelVersion", "Artifact", "LineageSource")
LABELS: Final = (
    "Document",
    "Paper",
    "Fact",
    "Evidence",
    RESULT,
    "ExtractionJob",
    "PipelineVersion",
    "Agent",
    *ENTITY_LABELS,
    *LINEAGE_LABELS,
)

# What a result is of.
RESULT_PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {"OF_METHOD": "Method", "ON_DATASET": "Dataset", "BY_METRIC": "Metric"}
)

# What an evidence's edge to its fact is called. Only affirmed evidence supports; what denies the fact or
# only considers it stays reachable from it, and never counts.
STANCES: Final[Mapping[Polarity, str]] = MappingProxyType(
    {
        Polarity.AFFIRMED: "SUPPORTS",
        Polarity.NEGATED: "CONTRADICTS",
        Polarity.HYPOTHETICAL: "CONSIDERS",
    }
)
CONSTRAINTS: Final = tuple(
    f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for label in LABELS
)


def ensure_schema(store: GraphStore) -> None:
    """Makes the constraints that are missing; the uniqueness of ids is also their index."""
    store.define(CONSTRAINTS)
