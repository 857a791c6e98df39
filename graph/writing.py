"""Writing what one extraction job found, whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph import nodes, statements
from graph.believing import refresh_beliefs
from graph.bibliography import description_of
from graph.describing import write_entities, write_papers
from graph.growth import graph_size
from graph.quoting import best_readings, history_with, write_evidence, write_facts
from graph.readings import History
from graph.storable_text import StorableTransaction
from graph.store import GraphReader, GraphStore, GraphTransaction
from records import EntityType, Evidence, JobOutput, RejectedInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteCounts:
    """By how many nodes and edges the graph grew; edges can be negative when facts lost their evidence."""

    nodes: int
    edges: int


def has_job(store: GraphReader, job_id: str) -> bool:
    """Whether the job is in the graph; a job that is there is there whole."""
    return bool(store.read(statements.FIND_JOB, {"job": job_id}))


def write_job(store: GraphStore, output: JobOutput) -> WriteCounts:
    """Writes the job in one transaction; a job that the graph has already changes nothing.

    The graph that results does not depend on the order in which jobs are written. Of several readings of
    one document the one that started last is current: evidence that it did not give again is marked
    WAS_INVALIDATED_BY and counts no more. Removed are only edges that say what holds now: shortcut edges of
    facts without support, the MANIFESTATION_OF of a document whose paper turned out to be another one,
    and an evidence's stance when a newer reading sees it the other way.
    """
    _check_output(output)
    with store.transaction() as raw:
        transaction = StorableTransaction(raw)
        if transaction.run(statements.FIND_JOB, {"job": output.job.id}):
            return WriteCounts(nodes=0, edges=0)
        nodes_before, edges_before = graph_size(transaction)
        evidence = best_readings(output.evidence)
        history = history_with(transaction, output.job, evidence)
        current = history.current_job == output.job.id
        _write_provenance(transaction, output, history)
        write_papers(
            transaction,
            own=output.paper,
            cited=output.cited,
            manifested_by=output.document.id if current else None,
        )
        write_entities(transaction, output.entities, started_at=output.job.started_at)
        write_facts(transaction, evidence.values(), job=output.job.id)
        write_evidence(transaction, evidence, job=output.job, history=history)
        refresh_beliefs(transaction, output.document.id)
        nodes_after, edges_after = graph_size(transaction)
    return WriteCounts(nodes=nodes_after - nodes_before, edges=edges_after - edges_before)


def _write_provenance(transaction: GraphTransaction, output: JobOutput, history: History) -> None:
    version, job, document = output.pipeline_version, output.job, output.document
    document_row = nodes.node(document.id)
    if history.current_job == job.id:
        stated = description_of(output.paper)
        document_row = nodes.document_node(document, stated, current_job=job.id)
    transaction.run(statements.MERGE_PIPELINE_VERSIONS, {"rows": [nodes.pipeline_version_node(version)]})
    transaction.run(statements.MERGE_AGENTS, {"rows": [nodes.agent_node(output.agent)]})
    transaction.run(statements.MERGE_DOCUMENTS, {"rows": [document_row]})
    transaction.run(statements.MERGE_JOBS, {"rows": [nodes.job_node(job)]})
    ends = {
        "job": job.id,
        "document": document.id,
        "pipeline_version": version.id,
        "agent": output.agent.id,
    }
    transaction.run(statements.LINK_JOB, ends)


def _check_output(output: JobOutput) -> None:
    """An edge to a node that is not there would silently not be made; a quote is what its fact rests on."""
    if output.job.document_id != output.document.id:
        raise RejectedInputError(f"job {output.job.id} is about another document than {output.document.id}")
    if output.job.pipeline_version_id != output.pipeline_version.id:
        raise RejectedInputError(f"job {output.job.id} is of another pipeline version than the one given")
    papers = {output.paper.id, *(paper.id for paper in output.cited)}
    entities = {entity.id: entity.type for entity in output.entities}
    for one in output.evidence:
        where = f"evidence {one.id} of document {output.document.name!r}"
        if one.document_id != output.document.id:
            raise RejectedInputError(f"{where} quotes another document: {one.document_id}")
        if output.document.text[one.span.start : one.span.end] != one.quote:
            raise RejectedInputError(
                f"{where} quotes what the document does not say from {one.span.start} to {one.span.end}: "
                "read it again with the component that made it mended"
            )
        if one.fact.subject_id not in papers:
            raise RejectedInputError(
                f"{where} is about a paper that the job does not hold: {one.fact.subject_id}"
            )
        if not _holds_object(one, entities):
            raise RejectedInputError(
                f"{where} is about an entity that the job does not hold: {one.fact.object_id}"
            )


def _holds_object(evidence: Evidence, entities: Mapping[str, EntityType]) -> bool:
    """Whether the job holds what the evidence is about: an entity, or all three that a result is of."""
    if evidence.reported is None:
        return entities.get(evidence.fact.object_id) is evidence.link.entity.type
    result = evidence.reported.result
    parts = {
        result.method_id: EntityType.METHOD,
        result.dataset_id: EntityType.DATASET,
        result.metric_id: EntityType.METRIC,
    }
    return evidence.fact.object_id == result.id and all(
        entities.get(key) is kind for key, kind in parts.items()
    )
