"""The whole way over the sample papers: what is true in them is found, what is not is not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from canonicalize import Linker
from flows.compose import open_graph
from flows.ingesting import ingest_paths
from flows.settings import Settings
from graph import GraphStore, all_entities, fact_provenance, introduced

SAMPLES = Path(__file__).parents[2] / "samples"
TRUTH = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
PAPERS = sorted(name for name in TRUTH if name.endswith(".pdf"))
STATED = """
MATCH (d:Document) MATCH (d)-[:MANIFESTATION_OF]->(p:Paper) MATCH (f:Fact)-[:SUBJECT]->(p)
MATCH (f)-[:OBJECT]->(e)
WHERE d.file_name = $file AND f.belief > 0
RETURN f.predicate AS predicate, e.id AS object
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    settings = Settings(home=tmp_path_factory.mktemp("samples"), prefect_api_url="")
    outcomes = ingest_paths([SAMPLES], settings)
    assert [outcome.reason for outcome in outcomes] == [""] * len(PAPERS)
    with open_graph(settings, read_only=True) as graph:
        yield graph


def stated(store: GraphStore, file: str) -> set[tuple[object, object]]:
    return {(row["predicate"], row["object"]) for row in store.read(STATED, {"file": file})}


def objects(store: GraphStore, row: dict[str, str]) -> set[tuple[object, object]]:
    """The row's fact, once for every entity that bears its object's name."""
    return {
        (row["predicate"], entity.id) for entity in Linker(all_entities(store)).find(row["object"]).entities
    }


@pytest.mark.parametrize("file", PAPERS)
def test_nothing_is_stated_that_the_paper_denies_plans_or_merely_lists(store: GraphStore, file: str) -> None:
    found = stated(store, file)
    assert [row for row in TRUTH[file]["never"] if found & objects(store, row)] == []


@pytest.mark.parametrize("file", PAPERS)
def test_every_introduction_of_the_paper_is_found(store: GraphStore, file: str) -> None:
    found = stated(store, file)
    claims = [row for row in TRUTH[file]["facts"] if row["predicate"] == "INTRODUCES"]
    assert [row["object"] for row in claims if not found & objects(store, row)] == []


@pytest.mark.parametrize("file", PAPERS)
def test_every_entry_of_the_bibliography_becomes_a_cited_paper(store: GraphStore, file: str) -> None:
    query = """
    MATCH (d:Document) WHERE d.file_name = $file
    MATCH (d)-[:MANIFESTATION_OF]->(p:Paper) MATCH (p)-[:CITES]->(c:Paper)
    RETURN count(c) AS cited
    """
    (row,) = store.read(query, {"file": file})
    assert row["cited"] == TRUTH[file]["references"]


def test_the_invented_step_is_attributed_by_itself_and_by_both_papers_that_cite_it(store: GraphStore) -> None:
    (step,) = Linker(all_entities(store)).find("BATF").entities
    answer, *others = introduced(store, step.id)
    assert (answer.paper.title, others) == (TRUTH["gap-tokenization.pdf"]["title"], [])
    quoted = {str(evidence.kind) for evidence in answer.evidence}
    assert quoted == {"own claim", "citing sentence"}
    citing = {evidence.document for evidence in answer.evidence if evidence.kind == "citing sentence"}
    assert len(citing) == 2


def test_every_quote_of_a_fact_names_its_page_job_and_vocabularies(store: GraphStore) -> None:
    (step,) = Linker(all_entities(store)).find("BATF").entities
    (row,) = store.read(
        "MATCH (p:Paper)-[r:INTRODUCES]->(e:PreprocessingStep) WHERE e.id = $id RETURN r.fact_id AS fact",
        {"id": step.id},
    )
    answer = fact_provenance(store, str(row["fact"]))
    assert all(
        evidence.pages and evidence.quote and evidence.job.code_version for evidence in answer.evidence
    )
    assert {name for evidence in answer.evidence for name, _ in evidence.job.vocabularies} >= {
        "methods",
        "datasets",
    }
