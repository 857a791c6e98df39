"""How fast facts get into each store, and how fast the questions answer.

`python -m benchmarks.graph [--papers FOLDER ...]` reads the papers once (the samples where none are named),
then writes the same jobs into a fresh kglite file and, where a Neo4j server can be had, into Neo4j. The peer
of a store is the least that any writer has to do in it: merging the same nodes and edges in one transaction
a document, without what makes jobs repeatable, orderless and believed.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.made_lineage import publish_made_lineage
from benchmarks.stores import MeasuredStore, measured_stores
from benchmarks.timings import summary
from flows.ingestion import ingest_batch
from flows.lineage_questions import impact_of
from flows.outcomes import Silence
from flows.pdf_files import pdf_files
from flows.questions import who_introduced
from flows.settings import Settings
from flows.stages import InProcess
from flows.workbench import Workbench
from graph import GraphReader, GraphStore, nodes, statements, write_job
from graph.bibliography import description_of
from graph.terms import term_of
from records import Entity, EntityType, JobOutput, Polarity

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ASKED = 100

Statement = tuple[str, dict[str, object]]
"""Cypher and its parameters."""


@dataclass(frozen=True, slots=True)
class OutputCollector(Silence):
    """Keeps what every document gave."""

    outputs: list[JobOutput] = field(default_factory=list)

    def wrote(self, output: JobOutput) -> None:
        """Keeps it."""
        self.outputs.append(output)


def main() -> None:
    """Measures, and prints one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--papers", nargs="+", type=Path, default=[SAMPLES], metavar="FOLDER")
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    outputs = read_papers(given.papers)
    facts = len({one.fact.id for output in outputs for one in output.evidence})
    report: dict[str, object] = {
        "papers": len(outputs),
        "facts": facts,
        "evidence": sum(len(output.evidence) for output in outputs),
    }
    with measured_stores() as stores:
        for store in stores:
            rounds = given.rounds
            report[store.name] = store.missing or measured(store, outputs, facts=facts, rounds=rounds)
    print(json.dumps(report, indent=2))


def read_papers(folders: Sequence[Path]) -> list[JobOutput]:
    """The outputs of the papers' jobs, in order."""
    collector = OutputCollector()
    with TemporaryDirectory() as home:
        settings = Settings(home=Path(home), graph_url="", prefect_api_url="")
        files = pdf_files(folders)
        with Workbench(settings) as workbench:
            ingest_batch(files, workbench, runner=InProcess(), listener=collector)
    return collector.outputs


def measured(
    store: MeasuredStore, outputs: Sequence[JobOutput], *, facts: int, rounds: int
) -> dict[str, object]:
    """Writing, the medians of the rounds, and asking, in one kind of store."""
    peer, ours = [], []
    for _ in range(rounds):
        with store.emptied().open() as opened:
            peer.append(timed(partial(write_all, opened, outputs, write_least)))
        with store.emptied().open() as opened:
            ours.append(timed(partial(write_all, opened, outputs, write_job)))
    place = store.emptied()
    with place.open() as opened:
        write_all(opened, outputs, write_job)
        made = publish_made_lineage(opened)
    with place.open(read_only=True) as opened:
        latencies = asked(opened)
    return {
        "facts_per_s": round(facts / median(ours), 1),
        "peer_facts_per_s": round(facts / median(peer), 1),
        "times_the_peer": round(median(ours) / median(peer), 2),
        "write_all_s": [round(value, 3) for value in ours],
        "peer_all_s": [round(value, 3) for value in peer],
        "lineage": made,
        **latencies,
    }


def write_all(
    store: GraphStore, outputs: Sequence[JobOutput], write: Callable[[GraphStore, JobOutput], object]
) -> None:
    """Writes job after job."""
    for output in outputs:
        write(store, output)


def asked(store: GraphReader) -> dict[str, object]:
    """The latencies of the questions, names looked up and all, for the entities that papers say most of."""
    names = most_mentioned(store)
    return {
        "ask_introduced": summary([timed(partial(who_introduced, store, name)) for name in names]),
        "ask_impact": summary([timed(partial(impact_of, store, name)) for name in names]),
    }


def most_mentioned(store: GraphReader) -> list[str]:
    """The ids of the entities with the most facts."""
    rows = store.read(
        "MATCH (f:Fact)-[:OBJECT]->(o:Method|Dataset|PreprocessingStep) "
        "RETURN o.id AS id, count(f) AS facts ORDER BY facts DESC, id"
    )
    return [str(row["id"]) for row in rows[:ASKED]]


def timed(work: Callable[[], object]) -> float:
    """How long it takes, in seconds."""
    began = perf_counter()
    work()
    return perf_counter() - began


def write_least(store: GraphStore, output: JobOutput) -> None:
    """Merges the job's nodes and edges, and nothing more."""
    with store.transaction() as transaction:
        for cypher, parameters in least_statements(output):
            transaction.run(cypher, parameters)


def least_statements(output: JobOutput) -> Iterator[Statement]:
    """The statements of the peer."""
    yield from _of_provenance(output)
    yield from _of_facts(output)
    yield from _of_results(output)
    yield from _of_evidence(output)


def _of_provenance(output: JobOutput) -> Iterator[Statement]:
    job, stated = output.job, description_of(output.paper)
    yield (
        statements.MERGE_DOCUMENTS,
        {"rows": [nodes.document_node(output.document, stated, current_job=job.id)]},
    )
    yield statements.MERGE_JOBS, {"rows": [nodes.job_node(job)]}
    papers = [{"id": paper.id, "title": paper.title or "untitled"} for paper in (output.paper, *output.cited)]
    yield statements.MERGE_PAPERS, {"rows": papers}
    cited = [{"citing": output.paper.id, "cited": paper.id} for paper in output.cited]
    yield statements.LINK_CITATIONS, {"rows": cited}
    for entity_type, entities in by_type(output.entities).items():
        rows = [nodes.entity_node(term_of(one, started_at=job.started_at)) for one in entities]
        yield statements.MERGE_ENTITIES[entity_type], {"rows": rows}


def _of_facts(output: JobOutput) -> Iterator[Statement]:
    facts = {one.fact.id: one for one in output.evidence}
    fact_rows = [nodes.node(key, predicate=one.fact.predicate.value) for key, one in facts.items()]
    yield statements.MERGE_FACTS, {"rows": fact_rows}
    subjects = [{"fact": key, "subject": one.fact.subject_id} for key, one in facts.items()]
    yield statements.LINK_SUBJECTS, {"rows": subjects}
    for entity_type in by_type(output.entities):
        ends = [
            {"fact": key, "object": one.fact.object_id}
            for key, one in facts.items()
            if one.link.entity.type is entity_type and one.reported is None
        ]
        yield statements.LINK_OBJECTS[entity_type], {"rows": ends}


def _of_results(output: JobOutput) -> Iterator[Statement]:
    reported = {one.fact.id: one.reported.result for one in output.evidence if one.reported}
    yield statements.MERGE_RESULTS, {"rows": [nodes.result_node(one) for one in reported.values()]}
    parts = [
        {"id": one.id, "method": one.method_id, "dataset": one.dataset_id, "metric": one.metric_id}
        for one in reported.values()
    ]
    yield statements.LINK_RESULTS, {"rows": parts}
    objects = [{"fact": key, "object": one.id} for key, one in reported.items()]
    yield statements.LINK_REPORTED, {"rows": objects}


def _of_evidence(output: JobOutput) -> Iterator[Statement]:
    job, evidence = output.job.id, {one.id: one for one in output.evidence}
    quotes = [nodes.evidence_node(one, job=job) for one in evidence.values()]
    yield statements.MERGE_EVIDENCE, {"rows": quotes}
    yield (
        statements.LINK_EVIDENCE,
        {"evidence": list(evidence), "document": output.document.id, "job": job},
    )
    for polarity in Polarity:
        stances = [
            {"evidence": key, "fact": one.fact.id}
            for key, one in evidence.items()
            if one.polarity is polarity
        ]
        yield statements.LINK_STANCES[polarity], {"rows": stances}


def by_type(entities: Iterable[Entity]) -> dict[EntityType, list[Entity]]:
    """The entities by their type."""
    groups: dict[EntityType, list[Entity]] = {}
    for entity in entities:
        groups.setdefault(entity.type, []).append(entity)
    return groups


if __name__ == "__main__":
    main()
