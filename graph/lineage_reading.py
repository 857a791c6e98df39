"""What the graph knows of a lineage source: how far it was read, what it said, and what is still open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, cast

from graph.lineage_references import references_of
from graph.lineage_statements import DESCRIBED, MODEL_VERSION, RUN
from graph.storable_text import storable
from graph.store import GraphReader
from records import DatasetVersion, ExperimentRun, Lineage, ModelVersion
from records.lineage import Pairs

LABEL_OF: Final[Mapping[type, str]] = MappingProxyType(
    dict(zip((ExperimentRun, DatasetVersion, ModelVersion), DESCRIBED, strict=True))
)
SOURCE: Final = """
MATCH (s:LineageSource {id: $source})
RETURN s.kind AS kind, s.uri AS uri, s.synced_at AS synced_at, s.swept_at AS swept_at
"""
HASHES: Final = {
    label: f"""
UNWIND $ids AS id
MATCH (n:{label} {{id: id}})-[r:HAD_PRIMARY_SOURCE]->(s:LineageSource {{id: $source}})
RETURN n.id AS id, r.content_hash AS content_hash
"""
    for label in DESCRIBED
}
UNFINISHED: Final = """
MATCH (n:ExperimentRun)-[:HAD_PRIMARY_SOURCE]->(s:LineageSource {id: $source})
WHERE n.status IN ['RUNNING', 'SCHEDULED'] AND NOT n.deleted
RETURN n.id AS id ORDER BY id
"""
STANDING: Final = {
    label: f"""
MATCH (n:{label})-[:HAD_PRIMARY_SOURCE]->(s:LineageSource {{id: $source}})
WHERE NOT coalesce(n.deleted, false)
RETURN n.id AS id ORDER BY id
"""
    for label in (RUN, MODEL_VERSION)
}
TOLD_OF_RUNS: Final = """
UNWIND $ids AS id
MATCH (n:ExperimentRun {id: id})
RETURN n.id AS id, n.parameter_names AS parameter_names, n.parameter_values AS parameter_values,
       n.tag_names AS tag_names, n.tag_values AS tag_values
"""
PLACEHOLDERS: Final = {
    label: f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE n.placeholder RETURN n.id AS id"
    for label in DESCRIBED
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How far a source was read.

    `synced_at` and `swept_at` are when the last complete reading of what is new, and of everything, began;
    None where there was none.
    """

    kind: str
    uri: str
    synced_at: datetime | None
    swept_at: datetime | None


def source_state(store: GraphReader, source_id: str) -> SourceState | None:
    """How far the source was read; None for one that the graph does not know."""
    rows = store.read(SOURCE, {"source": source_id})
    if not rows:
        return None
    return SourceState(
        kind=str(rows[0]["kind"] or ""),
        uri=str(rows[0]["uri"] or ""),
        synced_at=cast("datetime | None", rows[0]["synced_at"]),
        swept_at=cast("datetime | None", rows[0]["swept_at"]),
    )


def content_hashes(
    store: GraphReader, record_type: type, ids: Iterable[str], *, source_id: str
) -> dict[str, str]:
    """By id, the hash of what the source last said of the nodes; without those that it never described."""
    wanted = {"ids": _storable(ids), "source": source_id}
    rows = store.read(HASHES[LABEL_OF[record_type]], wanted)
    return {str(row["id"]): str(row["content_hash"] or "") for row in rows}


def unfinished_runs(store: GraphReader, source_id: str) -> list[str]:
    """The source's runs that had not ended when it last told of them."""
    return [str(row["id"]) for row in store.read(UNFINISHED, {"source": source_id})]


def standing_ids(store: GraphReader, record_type: type, *, source_id: str) -> list[str]:
    """The runs or model versions that the source told of and that are not marked as deleted."""
    return [str(row["id"]) for row in store.read(STANDING[LABEL_OF[record_type]], {"source": source_id})]


def told_of_runs(store: GraphReader, run_ids: Iterable[str]) -> dict[str, ExperimentRun]:
    """By id, the runs that the graph holds, with their parameters and tags alone."""
    rows = store.read(TOLD_OF_RUNS, {"ids": _storable(run_ids)})
    return {
        str(row["id"]): ExperimentRun(
            id=str(row["id"]), parameters=_pairs(row, "parameter"), tags=_pairs(row, "tag")
        )
        for row in rows
    }


def placeholders_among(store: GraphReader, lineage: Lineage) -> tuple[str, ...]:
    """What the lineage refers to and no source has described, sorted."""
    found = {
        str(row["id"])
        for label, ids in references_of(lineage).items()
        if label in PLACEHOLDERS
        for row in store.read(PLACEHOLDERS[label], {"ids": _storable(ids)})
    }
    return tuple(sorted(found))


def _pairs(row: Mapping[str, object], kind: str) -> Pairs:
    names, values = row[f"{kind}_names"], row[f"{kind}_values"]
    return tuple(
        zip(cast("list[str] | None", names) or (), cast("list[str] | None", values) or (), strict=True)
    )


def _storable(ids: Iterable[str]) -> Sequence[object]:
    return [storable(each) for each in dict.fromkeys(ids)]
