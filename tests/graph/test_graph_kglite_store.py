"""The embedded store keeps the protocol's promises: reading only reads, transactions are whole."""

import threading
from pathlib import Path

import pytest
from builders import document, job_output, paper

from graph import GraphStore, open_store, statistics, write_job
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
    "CALL db.cdc.enable()",
    "CALL db.ontology.clear()",
    "CALL db.text_index.build('Paper', 'title')",
    "EXPLAIN CREATE (n:Paper {id: 'x'})",
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
def opened(request: pytest.FixtureRequest, url: str, store: GraphStore) -> GraphStore:
    """The same graph, seen by its writer and by a reader."""
    write_job(store, OUTPUT)
    return store if request.param == "writer" else open_store(url, read_only=True)


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


def test_a_store_opened_for_reading_starts_no_transaction(url: str, store: GraphStore) -> None:
    reader = open_store(url, read_only=True)
    with pytest.raises(RejectedInputError, match="opened for reading only"), reader.transaction():
        pass


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
