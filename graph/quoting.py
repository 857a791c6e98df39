"""Writing facts with their evidence, and what became of the evidence of earlier readings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from graph import nodes, statements
from graph.readings import History, Reading
from graph.store import GraphTransaction
from records import EntityType, Evidence, ExtractionJob, Fact, Polarity, Result


def best_readings(evidence: Iterable[Evidence]) -> dict[str, Evidence]:
    """The evidence by id; where two components read the same fact from one span, the surer one stands."""
    best: dict[str, Evidence] = {}
    for one in sorted(evidence, key=lambda each: (each.confidence, each.component, each.kind)):
        best[one.id] = one
    return best


def history_of(transaction: GraphTransaction, document_id: str) -> History:
    """All readings of a document that the graph has, and which evidence each gave."""
    document = {"document": document_id}
    readings = [
        Reading(started_at=cast("datetime", row["started_at"]), job_id=str(row["job"]))
        for row in transaction.run(statements.READINGS, document)
    ]
    given: dict[str, set[str]] = defaultdict(set)
    for row in transaction.run(statements.EVIDENCE_OF_DOCUMENT, document):
        given[str(row["evidence"])].add(str(row["job"]))
    return History(
        readings=tuple(sorted(readings)),
        evidence={evidence_id: frozenset(jobs) for evidence_id, jobs in given.items()},
    )


def history_with(transaction: GraphTransaction, job: ExtractionJob, evidence_ids: Iterable[str]) -> History:
    """The history of the job's document as it is once the job is written."""
    known = history_of(transaction, job.document_id)
    reading = Reading(started_at=job.started_at, job_id=job.id)
    given = dict(known.evidence)
    for evidence_id in evidence_ids:
        given[evidence_id] = given.get(evidence_id, frozenset()) | {job.id}
    return History(readings=tuple(sorted({*known.readings, reading})), evidence=given)


def invalidate(transaction: GraphTransaction, history: History) -> None:
    """Marks the evidence that a later reading of its document did not give again."""
    rows = [{"evidence": key, "job": later} for key, later in history.invalidations()]
    transaction.run(statements.INVALIDATE, {"rows": rows})


def write_facts(transaction: GraphTransaction, evidence: Iterable[Evidence], *, job: str) -> None:
    """Writes the facts that the evidence is about, with their subjects and objects."""
    facts: dict[str, Fact] = {}
    objects: dict[EntityType, dict[str, str]] = defaultdict(dict)
    reported: dict[str, Result] = {}
    for one in evidence:
        facts[one.fact.id] = one.fact
        if one.reported:
            reported[one.fact.id] = one.reported.result
        else:
            objects[one.link.entity.type][one.fact.id] = one.fact.object_id
    rows = [nodes.node(fact_id, predicate=fact.predicate.value) for fact_id, fact in facts.items()]
    transaction.run(statements.MERGE_FACTS, {"rows": rows})
    subjects = [{"fact": fact_id, "subject": fact.subject_id} for fact_id, fact in facts.items()]
    transaction.run(statements.LINK_SUBJECTS, {"rows": subjects})
    for entity_type, object_of in objects.items():
        ends = [{"fact": fact_id, "object": object_id} for fact_id, object_id in object_of.items()]
        transaction.run(statements.LINK_OBJECTS[entity_type], {"rows": ends})
    _write_results(transaction, reported)
    transaction.run(statements.LINK_FACTS_TO_JOB, {"facts": list(facts), "job": job})


def _write_results(transaction: GraphTransaction, reported: Mapping[str, Result]) -> None:
    """Writes the results that facts report, and what they are of."""
    results = {result.id: result for result in reported.values()}
    transaction.run(statements.MERGE_RESULTS, {"rows": [nodes.result_node(one) for one in results.values()]})
    parts = [
        {"id": one.id, "method": one.method_id, "dataset": one.dataset_id, "metric": one.metric_id}
        for one in results.values()
    ]
    transaction.run(statements.LINK_RESULTS, {"rows": parts})
    ends = [{"fact": fact_id, "object": result.id} for fact_id, result in reported.items()]
    transaction.run(statements.LINK_REPORTED, {"rows": ends})


def write_evidence(
    transaction: GraphTransaction, evidence: Mapping[str, Evidence], *, job: ExtractionJob, history: History
) -> None:
    """Writes the quotes; of one that several readings gave, the newest reading's account stands."""
    standing = {key: one for key, one in evidence.items() if history.newest_of(key) == job.id}
    rows = [nodes.evidence_node(one, job=job.id) for one in standing.values()]
    transaction.run(statements.MERGE_EVIDENCE, {"rows": rows})
    where = {"evidence": list(evidence), "document": job.document_id, "job": job.id}
    transaction.run(statements.LINK_EVIDENCE, where)
    _write_stances(transaction, standing, history)
    invalidate(transaction, history)


def _write_stances(transaction: GraphTransaction, evidence: Mapping[str, Evidence], history: History) -> None:
    known: dict[Polarity, list[str]] = defaultdict(list)
    stances: dict[Polarity, list[dict[str, object]]] = defaultdict(list)
    for key, one in evidence.items():
        stances[one.polarity].append({"evidence": key, "fact": one.fact.id})
        if len(history.evidence[key]) > 1:
            known[one.polarity].append(key)
    for polarity, keys in known.items():
        for other in _others(polarity):
            transaction.run(statements.UNLINK_STANCES[other], {"evidence": keys})
    for polarity, rows in stances.items():
        transaction.run(statements.LINK_STANCES[polarity], {"rows": rows})


def _others(polarity: Polarity) -> Sequence[Polarity]:
    return [other for other in Polarity if other is not polarity]
