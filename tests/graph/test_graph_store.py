"""Every store keeps the protocol's promises: reading only reads, transactions are whole."""

import math
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from builders import document, job_output, paper
from graph_places import GraphPlace

from graph import GraphStore, has_job, statistics, write_job
from graph.schema import LABELS
from records import GraphUnavailableError, RejectedInputError

OUTPUT = job_output(document(), paper())

WRITES = [
    "CREATE (n:Paper {id: 'x', title: 'y'})",
    "MERGE (n:Paper {id: 'x'})",
    "MATCH (n:Paper) SET n.title = 'changed' RETURN n.title",
    "MATCH (n:Paper) SET n += {title: 'changed'}",
    "MATCH (n:Paper) REMOVE n.title",
    "MATCH (n) DETACH DELETE n",
    "MATCH ()-[r]->() DELETE r",
    "INSERT (:Paper {id: 'x', title: 'y'})",
    "FOREACH (i IN [1] | CREATE (:Paper {id: 'x'}))",
    "UNWIND [1] AS i CALL { CREATE (n:Paper {id: 'x'}) } RETURN 1",
    "CALL (*) { MATCH (n) DETACH DELETE n } RETURN 1",
    "CREATE INDEX FOR (n:Paper) ON (n.year)",
    "DROP CONSTRAINT paper_id",
    "CALL db.createLabel('Thing')",
    "CREATE USER somebody SET PASSWORD 'something-long'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'something-long'",
    "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1 ROWS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "CALL dbms.killConnections(['bolt-1'])",
    "CALL dbms.\\u006billConnections(['bolt-1'])",
    "PROFILE CREATE (n:Paper {id: 'x'})",
    "MATCH (n) RETURN n.id; CREATE (n:Paper {id: 'x'})",
    "MATCH (n) RETURN n.id UNION CREATE (n:Paper {id: 'x'}) RETURN n.id",
    "// only a comment\nCREATE (n:Paper {id: 'x'})",
]
FILE_READS = [
    "LOAD CSV FROM 'FILE' AS row RETURN row",
    "LOAD CSV WITH HEADERS FROM 'file://FILE' AS row RETURN row",
    "load  \n csv FROM 'FILE' AS row RETURN row",
    "LOAD // a comment\nCSV FROM 'FILE' AS row RETURN row",
    "PROFILE LOAD CSV FROM 'FILE' AS row RETURN row",
    "UNWIND [1] AS i LOAD CSV FROM 'FILE' AS row RETURN row",
    "\\u004cOAD CSV FROM 'FILE' AS row RETURN row",
    "LOAD \\uu0043\\u0053V FROM 'FILE' AS row RETURN row",
]
FAULTY = [
    "",
    "MATCH (n",
    "RETURN $missing",
    "CALL nothing.of.the.kind()",
    "RETURN 1 / 0",
    "RETURN 1 AS a, 2 AS a",
    "MATCH (n) RETURN n.id AS id FORMAT CSV",
    "RETURN '\ud800'",
]


@pytest.fixture(params=["writer", "reader"])
def opened(request: pytest.FixtureRequest, place: GraphPlace, store: GraphStore) -> Iterator[GraphStore]:
    """The same graph, seen by its writer and by a reader."""
    write_job(store, OUTPUT)
    if request.param == "writer":
        yield store
        return
    with place.open(read_only=True) as reader:
        yield reader


@pytest.mark.parametrize("cypher", WRITES)
def test_a_query_that_writes_is_refused_and_changes_nothing(opened: GraphStore, cypher: str) -> None:
    before = statistics(opened), opened.read("MATCH (p:Paper) RETURN p.id AS id, p.title AS title")
    with pytest.raises(RejectedInputError):
        opened.read(cypher)
    after = statistics(opened), opened.read("MATCH (p:Paper) RETURN p.id AS id, p.title AS title")
    assert after == before


@pytest.mark.parametrize("cypher", FILE_READS)
def test_a_query_reads_the_graph_and_no_files(opened: GraphStore, cypher: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("secret\nvalue\n")
    with pytest.raises(RejectedInputError, match="LOAD CSV is not allowed"):
        opened.read(cypher.replace("FILE", str(secret)))


@pytest.mark.parametrize("cypher", FAULTY)
def test_a_faulty_query_is_rejected_with_a_reason(opened: GraphStore, cypher: str) -> None:
    with pytest.raises(RejectedInputError, match=r"\w"):
        opened.read(cypher)


@pytest.mark.parametrize("value", ["\ud800", 2**70, object()])
def test_a_parameter_that_no_store_can_hold_is_rejected(store: GraphStore, value: object) -> None:
    with pytest.raises(RejectedInputError, match="cannot be asked"):
        store.read("RETURN $value AS value", {"value": value})


def test_rows_are_plain_values_and_parameters_are_never_cypher(opened: GraphStore) -> None:
    hostile = "x'}) DETACH DELETE n //"
    assert opened.read("RETURN $value AS value, [1, 2.5] AS list", {"value": hostile}) == [
        {"value": hostile, "list": [1, 2.5]}
    ]
    assert opened.read("MATCH (p:Paper {id: $id}) RETURN p.id AS id", {"id": "' OR 1=1 //"}) == []


def test_a_query_about_a_label_that_no_node_has_is_quiet(
    opened: GraphStore, capfd: pytest.CaptureFixture[str]
) -> None:
    assert opened.read("MATCH (n:Nothing) RETURN n.of_the_kind AS x") == []
    assert capfd.readouterr() == ("", "")


def test_a_transaction_sees_its_own_statements_and_is_undone_by_an_error(store: GraphStore) -> None:
    before = statistics(store)

    def fail() -> None:
        with store.transaction() as transaction:
            transaction.run("MERGE (n:Agent {id: 'a'}) SET n.operator = 'x'")
            assert transaction.run("MATCH (n:Agent) RETURN n.id AS id") == [{"id": "a"}]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert statistics(store) == before


def test_a_faulty_statement_undoes_the_transaction(store: GraphStore) -> None:
    def fail() -> None:
        with store.transaction() as transaction:
            transaction.run("MERGE (n:Agent {id: 'a'})")
            transaction.run("MERGE (n:Agent")

    with pytest.raises(RejectedInputError):
        fail()
    assert store.read("MATCH (n:Agent) RETURN n.id AS id") == []


def test_ids_are_unique(store: GraphStore) -> None:
    with store.transaction() as transaction:
        transaction.run("CREATE (n:Paper {id: 'x', title: 'y'})")
    with pytest.raises(RejectedInputError, match="already exists"), store.transaction() as transaction:
        transaction.run("CREATE (n:Paper {id: 'x', title: 'z'})")


def test_a_store_opened_for_reading_starts_no_transaction(place: GraphPlace, store: GraphStore) -> None:
    with (
        place.open(read_only=True) as reader,
        pytest.raises(RejectedInputError, match="opened for reading only"),
        reader.transaction(),
    ):
        pass


def test_moments_come_back_as_aware_ones_and_numbers_as_what_they_were(store: GraphStore) -> None:
    values = {
        "text": "line\nbreak, \u202e and 😀",
        "empty": "",
        "nothing": [],
        "texts": ["", "it's"],
        "whole": 2**63 - 1,
        "wholes": [-(2**63), 0],
        "number": 3.0,
        "tiny": -0.0,
        "numbers": [math.inf, -math.inf, 1.0, 1e-320],
        "truth": False,
        "moment": datetime(2026, 1, 31, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=-3.5))),
    }
    with store.transaction() as transaction:
        transaction.run("CREATE (n:Agent {id: 'a'}) SET n += $values", {"values": values})
    columns = ", ".join(f"n.{name} AS {name}" for name in values)
    for row in (
        store.read(f"MATCH (n:Agent) RETURN {columns}")[0],
        store.read(f"RETURN {', '.join(f'${name} AS {name}' for name in values)}", values)[0],
    ):
        assert row == values
        assert [type(value) for value in row.values()] == [type(value) for value in values.values()]


def test_not_a_number_is_kept(store: GraphStore) -> None:
    with store.transaction() as transaction:
        transaction.run("CREATE (n:Agent {id: 'a', number: $nan, numbers: [$nan]})", {"nan": math.nan})
    [row] = store.read("MATCH (n:Agent) RETURN n.number AS number, n.numbers AS numbers")
    assert math.isnan(row["number"])  # type: ignore[arg-type]
    assert math.isnan(row["numbers"][0])  # type: ignore[index]


def test_a_snapshot_is_the_graph_at_one_moment(place: GraphPlace, store: GraphStore) -> None:
    write_job(store, OUTPUT)
    later = job_output(document("later.pdf"), paper("A paper that came later"))
    with place.open(read_only=True) as reader, reader.snapshot() as view:
        before = statistics(view)
        writing = threading.Thread(target=write_job, args=(store, later))
        writing.start()
        writing.join(timeout=0.3)
        assert statistics(view) == before
    writing.join()
    assert has_job(store, later.job.id)


def test_opening_for_writing_makes_the_constraints_once(place: GraphPlace, store: GraphStore) -> None:
    known = {str(row["name"]) for row in store.read("SHOW CONSTRAINTS YIELD name RETURN name")}
    assert {f"{label.lower()}_id" for label in LABELS} <= known
    store.close()
    with place.open() as again:
        assert {str(row["name"]) for row in again.read("SHOW CONSTRAINTS YIELD name RETURN name")} == known


def test_a_closed_store_writes_no_more(store: GraphStore) -> None:
    store.close()
    with pytest.raises(GraphUnavailableError), store.transaction() as transaction:
        transaction.run("MERGE (n:Agent {id: 'a'})")


def test_threads_of_one_process_queue_for_the_transaction(store: GraphStore) -> None:
    outputs = [
        job_output(document(f"{index}.pdf"), paper(f"Paper number {index} of many")) for index in range(8)
    ]
    threads = [threading.Thread(target=write_job, args=(store, output)) for output in outputs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert dict(statistics(store).nodes)["ExtractionJob"] == len(outputs)
