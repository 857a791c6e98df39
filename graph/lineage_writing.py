"""Writing the lineage that a source tells, whole or not at all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from graph import lineage_statements as statements
from graph import nodes
from graph.growth import graph_size
from graph.lineage_nodes import Described, beside, content_hash, properties_of, source_properties
from graph.lineage_references import check_references, references_of
from graph.nodes import Row
from graph.storable_text import StorableTransaction, storable
from graph.store import GraphStore, GraphTransaction
from graph.writing import WriteCounts
from records import Agent, DatasetRole, Derivation, ExperimentRun, Lineage, ModelVersion

Item = TypeVar("Item")

ROWS_AT_ONCE: Final = 1000


def write_lineage(store: GraphStore, lineage: Lineage) -> WriteCounts:
    """Writes what one source tells in one transaction; telling it again changes nothing.

    The properties of a node are those of its last description. Where several sources describe the same node,
    a field that the last one leaves empty stays, and parameters, metrics and tags are joined by name. Edges
    are only added. References to what the graph does not hold make placeholders. Raises RejectedInputError
    for an empty id, and for a run that is its own parent, directly or through other runs of the same lineage.
    """
    check_references(lineage)
    with store.transaction() as raw:
        transaction = StorableTransaction(raw)
        nodes_before, edges_before = graph_size(transaction)
        source = {"id": lineage.source.id, "props": source_properties(lineage.source)}
        transaction.run(statements.MERGE_SOURCE, source)
        _refer(transaction, lineage)
        _describe(transaction, statements.RUN, lineage.runs, source=lineage.source.id)
        _describe(transaction, statements.DATASET_VERSION, lineage.dataset_versions, source=lineage.source.id)
        _describe(transaction, statements.MODEL_VERSION, lineage.model_versions, source=lineage.source.id)
        _link_runs(transaction, lineage.runs)
        _link_models(transaction, lineage.runs, lineage.model_versions)
        nodes_after, edges_after = graph_size(transaction)
    return WriteCounts(nodes=nodes_after - nodes_before, edges=edges_after - edges_before)


def _refer(transaction: GraphTransaction, lineage: Lineage) -> None:
    for label, ids in references_of(lineage).items():
        for batch in _batches([{"id": reference} for reference in ids]):
            transaction.run(statements.REFER_TO[label], {"rows": batch})


def _describe(
    transaction: GraphTransaction, label: str, records: Sequence[Described], *, source: str
) -> None:
    described = {storable(record.id): record for record in records}
    for batch in _batches(list(described)):
        told = _told_by_others(transaction, label, batch, source=source)
        rows = [{"id": key, "props": beside(told.get(key), properties_of(described[key]))} for key in batch]
        transaction.run(statements.DESCRIBE[label], {"rows": rows})
        hashes = [{"id": key, "content_hash": content_hash(described[key])} for key in batch]
        transaction.run(statements.LINK_TO_SOURCE[label], {"rows": hashes, "source": source})


def _told_by_others(
    transaction: GraphTransaction, label: str, ids: Sequence[object], *, source: str
) -> dict[object, Row]:
    """By id, what other sources said of the nodes; most graphs have no other source."""
    if not transaction.run(statements.OTHER_SOURCES, {"source": source}):
        return {}
    rows = transaction.run(statements.TOLD_BY_OTHERS[label], {"ids": ids, "source": source})
    return {row["id"]: row for row in rows}


def _link_runs(transaction: GraphTransaction, runs: Iterable[ExperimentRun]) -> None:
    uses: dict[DatasetRole, list[Row]] = defaultdict(list)
    agents: dict[str, Row] = {}
    operators: list[Row] = []
    artifacts: list[Row] = []
    parents: list[Row] = []
    for run in runs:
        for role, dataset, context in _uses(run):
            uses[role].append({**_ends(run.id, dataset), "context": context or None})
        if run.operator:
            agent = Agent(name=run.operator)
            agents[agent.id] = nodes.agent_node(agent)
            operators.append(_ends(run.id, agent.id))
        artifacts.extend(_ends(artifact, run.id) for artifact in run.artifacts)
        if run.parent_id:
            parents.append(_ends(run.id, run.parent_id))
    for role, rows in uses.items():
        _run_in_batches(transaction, statements.LINK_DATASETS[role], rows)
    _run_in_batches(transaction, statements.MERGE_AGENTS, list(agents.values()))
    _run_in_batches(transaction, statements.LINK_OPERATORS, operators)
    _run_in_batches(transaction, statements.LINK_ARTIFACTS_TO_RUNS, artifacts)
    _run_in_batches(transaction, statements.LINK_PARENTS, parents)


def _uses(run: ExperimentRun) -> Iterator[tuple[DatasetRole, str, str]]:
    """A run may use a dataset version several times in one role: the contexts then share an edge."""
    contexts: dict[tuple[DatasetRole, str], set[str]] = defaultdict(set)
    for use in run.datasets:
        contexts[use.role, use.dataset_id].update([use.context] if use.context else [])
    for (role, dataset), words in contexts.items():
        yield role, dataset, ", ".join(sorted(words))


def _link_models(
    transaction: GraphTransaction, runs: Iterable[ExperimentRun], models: Iterable[ModelVersion]
) -> None:
    made_by = [_ends(model, run.id) for run in runs for model in run.models]
    derived: dict[Derivation, list[Row]] = defaultdict(list)
    alternates: list[Row] = []
    for model in models:
        if model.run_id:
            made_by.append(_ends(model.id, model.run_id))
        for derivation in model.derived_from:
            derived[derivation.kind].append(_ends(model.id, derivation.base_id))
        alternates.extend(_ends(model.id, other) for other in model.same_as if other != model.id)
    _run_in_batches(transaction, statements.LINK_MODELS_TO_RUNS, made_by)
    for kind, rows in derived.items():
        _run_in_batches(transaction, statements.LINK_DERIVATIONS[kind], rows)
    _run_in_batches(transaction, statements.LINK_ALTERNATES, alternates)


def _ends(start: str, end: str) -> Row:
    return {"from_id": start, "to_id": end}


def _run_in_batches(transaction: GraphTransaction, cypher: str, rows: Sequence[Row]) -> None:
    for batch in _batches(rows):
        transaction.run(cypher, {"rows": batch})


def _batches(rows: Sequence[Item]) -> Iterator[list[Item]]:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield list(rows[start : start + ROWS_AT_ONCE])
