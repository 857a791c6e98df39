"""A job is written whole and once, and the graph does not depend on the order of the jobs."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest
from builders import LONG_AGO, document, evidence, job_output, paper
from crossing_jobs import BERT, BPE, GAGE, OUTPUT, OWN, PDF, SENNRICH, crossing_jobs, quotes
from graph_dump import dump
from graph_places import GraphPlace, embedded

from graph import GraphStore, WriteCounts, has_job, statistics, write_job
from records import JobOutput, Polarity, Predicate


def beliefs(store: GraphStore) -> dict[str, float]:
    """The belief of each fact, by predicate and object."""
    rows = store.read(
        "MATCH (f:Fact)-[:OBJECT]->(o) RETURN f.predicate AS predicate, o.name AS name, f.belief AS belief"
    )
    return {f"{row['predicate']} {row['name']}": round(float(str(row["belief"])), 6) for row in rows}


def shortcuts(store: GraphStore) -> list[str]:
    """The shortcut edges between papers and entities, in words."""
    kinds = "|".join(Predicate)
    rows = store.read(
        f"MATCH (p:Paper)-[r:{kinds}]->(o) "
        "RETURN p.title AS title, type(r) AS kind, o.name AS name, r.fact_id AS fact"
    )
    return sorted(f"{row['title']} {row['kind']} {row['name']}" for row in rows)


def test_a_job_becomes_nodes_and_edges(store: GraphStore) -> None:
    counts = write_job(store, OUTPUT)
    found = statistics(store)
    assert dict(found.nodes) == {
        "Agent": 1,
        "Dataset": 1,
        "Document": 1,
        "Evidence": 5,
        "ExtractionJob": 1,
        "Fact": 4,
        "Method": 1,
        "Paper": 3,
        "PipelineVersion": 1,
        "PreprocessingStep": 1,
    }
    assert dict(found.edges) == {
        "CITES": 2,
        "CONSIDERS": 1,
        "CONTRADICTS": 1,
        "HAD_PLAN": 1,
        "INTRODUCES": 1,
        "MANIFESTATION_OF": 1,
        "OBJECT": 4,
        "SUBJECT": 4,
        "SUPPORTS": 3,
        "USED": 1,
        "USES": 1,
        "WAS_ASSOCIATED_WITH": 1,
        "WAS_GENERATED_BY": 9,
        "WAS_QUOTED_FROM": 5,
    }
    assert counts == WriteCounts(
        nodes=sum(count for _, count in found.nodes), edges=sum(count for _, count in found.edges)
    )
    assert has_job(store, OUTPUT.job.id)
    assert not has_job(store, "another")


def test_only_affirmed_evidence_supports_a_fact(store: GraphStore) -> None:
    write_job(store, OUTPUT)
    assert beliefs(store) == {
        "INTRODUCES byte-pair encoding": 0.8,  # two quotes of one paper are one source
        "USES BERT": 0.8,
        "EVALUATES_ON SQuAD": 0.0,
        "TRAINS_ON SQuAD": 0.0,
    }
    assert shortcuts(store) == [
        "Neural machine translation of rare words INTRODUCES byte-pair encoding",
        "Some words about subwords USES BERT",
    ]


def test_what_a_quote_says_of_itself_is_stored(store: GraphStore) -> None:
    write_job(store, OUTPUT)
    columns = (
        "quote pages boxes span_start span_end section kind polarity confidence component surface job".split()
    )
    columns += ["link_status", "link_score", "link_reasons"]
    returned = ", ".join(f"e.{column} AS {column}" for column in columns)
    rows = store.read(f"MATCH (e:Evidence {{span_start: 100}}) RETURN {returned}")
    assert rows == [
        {
            "quote": "We propose it.",
            "pages": [2, 3],
            "boxes": [1.0, 2.0, 3.0, 4.0, 5.5, 6.0, 7.0, 8.0],
            "span_start": 100,
            "span_end": 114,
            "section": "introduction",
            "kind": "own claim",
            "polarity": "affirmed",
            "confidence": 0.8,
            "component": "cue_rules",
            "surface": "BERT",
            "job": OUTPUT.job.id,
            "link_status": "exact",
            "link_score": 1.0,
            "link_reasons": ["The surface form is the name, character for character."],
        }
    ]


def test_the_job_says_when_by_whom_and_with_what(store: GraphStore) -> None:
    write_job(store, OUTPUT)
    [row] = store.read(
        "MATCH (v:PipelineVersion)<-[:HAD_PLAN]-(j:ExtractionJob)-[:USED]->(d:Document) "
        "MATCH (j)-[:WAS_ASSOCIATED_WITH]->(a:Agent) "
        "RETURN j.started_at AS started_at, a.operator AS operator, d.current_job AS current_job, "
        "v.vocabulary_names AS names, v.vocabulary_hashes AS hashes, v.code_version AS code_version"
    )
    assert row == {
        "started_at": LONG_AGO,
        "operator": "ada",
        "current_job": OUTPUT.job.id,
        "names": ["datasets", "methods"],
        "hashes": ["b" * 64, "c" * 64],
        "code_version": "1",
    }


def test_writing_a_job_again_changes_nothing(store: GraphStore) -> None:
    write_job(store, OUTPUT)
    before = dump(store)
    assert write_job(store, OUTPUT) == WriteCounts(nodes=0, edges=0)
    assert dump(store) == before


def test_the_same_findings_by_a_new_version_add_only_the_job(store: GraphStore) -> None:
    write_job(store, OUTPUT)
    again = job_output(PDF, OWN, evidence=quotes(), cited=[SENNRICH, GAGE], code_version="2", minute=1)
    # A job and a version; their three edges, and WAS_GENERATED_BY for 5 quotes and 4 facts.
    assert write_job(store, again) == WriteCounts(nodes=2, edges=12)
    assert beliefs(store)["USES BERT"] == 0.8


def test_independent_papers_raise_a_belief_and_the_same_authors_do_not(store: GraphStore) -> None:
    other, pdf = paper("Other words altogether here", authors=["A. Byron"]), document("other.pdf")
    third, third_pdf = paper("A third look at words", authors=["Emmy Noether"]), document("third.pdf")
    write_job(store, OUTPUT)
    for own, own_pdf, expected in [(other, pdf, 0.8), (third, third_pdf, 0.9)]:
        quote = evidence(SENNRICH, Predicate.INTRODUCES, BPE, document=own_pdf, confidence=0.5)
        write_job(store, job_output(own_pdf, own, evidence=[quote], cited=[SENNRICH]))
        assert beliefs(store)["INTRODUCES byte-pair encoding"] == expected
    [edge] = store.read("MATCH (:Paper)-[r:INTRODUCES]->(o) RETURN r.belief AS belief, r.fact_id AS fact")
    assert edge == {"belief": pytest.approx(0.9), "fact": quote.fact.id}


def paper_row(store: GraphStore, paper_id: str) -> dict[str, object]:
    [row] = store.read(
        "MATCH (p:Paper {id: $id}) RETURN p.title AS title, p.authors AS authors, p.year AS year, "
        "p.status AS status",
        {"id": paper_id},
    )
    return row


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_cited_paper_becomes_ingested_and_never_the_other_way(
    store: GraphStore, order: tuple[int, int]
) -> None:
    read = paper("Neural Machine Translation of Rare Words", authors=["Rico Sennrich", "Barry Haddow"])
    jobs = [OUTPUT, job_output(document("sennrich.pdf"), read)]
    for index in order:
        write_job(store, jobs[index])
    assert read.id == SENNRICH.id
    assert paper_row(store, read.id) == {
        "title": "Neural Machine Translation of Rare Words",
        "authors": ["Rico Sennrich", "Barry Haddow"],
        "year": 2016,  # which only the citing paper knew
        "status": "ingested",
    }


def test_a_paper_without_a_title_still_has_one(store: GraphStore) -> None:
    write_job(store, job_output(PDF, paper("", id="paper:nameless")))
    assert paper_row(store, "paper:nameless")["title"] == "(untitled)"


def test_a_paper_that_cites_itself_gets_no_edge_to_itself(store: GraphStore) -> None:
    write_job(store, job_output(PDF, OWN, cited=[OWN, GAGE]))
    assert dict(statistics(store).edges)["CITES"] == 1


def test_what_a_newer_version_no_longer_finds_is_invalidated_and_counts_no_more(store: GraphStore) -> None:
    write_job(store, OUTPUT)
    newer = job_output(PDF, OWN, evidence=quotes()[:1], cited=[SENNRICH], code_version="2", minute=1)
    write_job(store, newer)
    assert beliefs(store) == {
        "INTRODUCES byte-pair encoding": 0.8,
        "USES BERT": 0.0,
        "EVALUATES_ON SQuAD": 0.0,
        "TRAINS_ON SQuAD": 0.0,
    }
    assert shortcuts(store) == ["Neural machine translation of rare words INTRODUCES byte-pair encoding"]
    invalidated = store.read(
        "MATCH (e:Evidence)-[:WAS_INVALIDATED_BY]->(j) RETURN e.span_start AS s, j.id AS job"
    )
    assert sorted(row["s"] for row in invalidated) == [50, 100, 150, 200]  # type: ignore[type-var]
    assert {row["job"] for row in invalidated} == {newer.job.id}
    assert dict(statistics(store).nodes)["Evidence"] == 5  # nothing is deleted

    third = job_output(PDF, OWN, evidence=quotes(), cited=[SENNRICH], code_version="3", minute=2)
    write_job(store, third)
    assert beliefs(store)["USES BERT"] == 0.8  # found again, it counts again
    assert "Some words about subwords USES BERT" in shortcuts(store)


def test_a_newer_version_that_sees_a_quote_the_other_way_wins(store: GraphStore) -> None:
    write_job(store, OUTPUT)
    denied = evidence(OWN, Predicate.USES, BERT, document=PDF, start=100, polarity=Polarity.NEGATED)
    write_job(store, job_output(PDF, OWN, evidence=[denied], code_version="2", minute=1))
    stances = store.read(
        "MATCH (e:Evidence {id: $id})-[r]->(:Fact) RETURN type(r) AS stance", {"id": denied.id}
    )
    assert stances == [{"stance": "CONTRADICTS"}]
    assert beliefs(store)["USES BERT"] == 0.0


def test_a_document_is_moved_to_the_paper_that_its_current_job_says(store: GraphStore) -> None:
    misread = paper("Proceedings of the whole conference", authors=["The Editors"])
    write_job(store, job_output(PDF, misread, evidence=quotes(own=misread), cited=[SENNRICH]))
    write_job(store, job_output(PDF, OWN, evidence=quotes(), cited=[SENNRICH], code_version="2", minute=1))
    assert store.read("MATCH (:Document)-[:MANIFESTATION_OF]->(p) RETURN p.id AS id") == [{"id": OWN.id}]
    assert paper_row(store, misread.id)["status"] == "cited"
    assert "Some words about subwords USES BERT" in shortcuts(store)
    assert "Proceedings of the whole conference USES BERT" not in shortcuts(store)


def dump_of(jobs: Sequence[JobOutput], place: GraphPlace) -> list[str]:
    with place.open() as store:
        for output in jobs:
            write_job(store, output)
        return dump(store)


def test_the_graph_is_the_same_for_every_order_of_the_jobs(tmp_path: Path) -> None:
    orders = itertools.permutations(crossing_jobs())
    dumps = {
        "\n".join(dump_of(order, embedded(tmp_path, str(number)))) for number, order in enumerate(orders)
    }
    assert len(dumps) == 1


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 1, 0, 3)])
def test_neo4j_holds_the_same_graph_as_the_embedded_store(
    neo4j_place: GraphPlace, tmp_path: Path, order: Sequence[int]
) -> None:
    jobs = crossing_jobs()
    assert dump_of([jobs[number] for number in order], neo4j_place) == dump_of(jobs, embedded(tmp_path))


def test_a_job_that_finds_nothing_is_still_a_job(store: GraphStore) -> None:
    write_job(store, job_output(PDF, OWN))
    assert dict(statistics(store).nodes) == {
        "Agent": 1,
        "Document": 1,
        "ExtractionJob": 1,
        "Paper": 1,
        "PipelineVersion": 1,
    }
