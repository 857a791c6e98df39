"""What is only a server's: who may come in, what is said when it cannot be had, and several writers."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from builders import document, job_output, paper
from crossing_jobs import crossing_jobs
from graph_dump import dump
from graph_places import GraphPlace
from neo4j import GraphDatabase
from neo4j_server import Neo4jServer

from graph import has_job, neo4j_store, open_store, statistics, write_job
from records import GraphUnavailableError, PaperlineageError, RejectedInputError

OUTPUT = job_output(document(), paper())


@contextmanager
def listening(answer: bytes | None) -> Iterator[int]:
    """A port where something that is no Neo4j answers each call, or where nothing ever answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            try:
                while answer is not None:
                    with server.accept()[0] as call:
                        call.recv(4096)
                        call.sendall(answer)
            except OSError:
                return  # the test has closed it

        thread = threading.Thread(target=serve)
        thread.start()
        yield int(server.getsockname()[1])
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def refusal(url: str, *, password: str = "secret-word") -> str:  # noqa: S107
    with pytest.raises(PaperlineageError) as refused:
        open_store(url, password=password, read_only=True).close()
    assert isinstance(refused.value, GraphUnavailableError)
    message = str(refused.value)
    assert "\n" not in message
    assert password not in message
    return message


@pytest.mark.parametrize("scheme", ["neo4j", "bolt", "bolt+s", "neo4j+ssc"])
def test_a_server_that_is_down_is_told_in_one_line(scheme: str, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        message = refusal(f"{scheme}://127.0.0.1:{port}")
    assert f"Neo4j at {scheme}://127.0.0.1:{port} does not answer (Connection refused)" in message
    assert capfd.readouterr() == ("", "")  # the driver's own log stays quiet


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "looks like HTTP"),
        (b"", "does not answer"),
        (b"\x00\x00\x00\x00", "Neo4j 5.7 or later is needed"),  # "no protocol in common", as 3.5 says
    ],
)
def test_what_is_no_neo4j_server_does_not_pass_for_one(answer: bytes, message: str) -> None:
    with listening(answer) as port:
        assert message in refusal(f"neo4j://127.0.0.1:{port}")


def test_a_server_that_never_answers_is_given_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_store, "HANDSHAKE_SECONDS", 0.5)
    with listening(None) as port:
        assert "does not answer (timed out)" in refusal(f"bolt://127.0.0.1:{port}")


def test_a_host_that_nobody_knows_is_named() -> None:
    assert "no-such-host.invalid" in refusal("neo4j://no-such-host.invalid")


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_wrong_password_names_the_setting(neo4j_url: str, scheme: str) -> None:
    message = refusal(neo4j_url.replace("neo4j", scheme, 1))
    assert "does not let 'neo4j' in: set PAPERLINEAGE_GRAPH_PASSWORD" in message


def test_a_user_whom_the_server_does_not_know_is_named(neo4j_url: str) -> None:
    assert "does not let 'no/body' in" in refusal(neo4j_url.replace("neo4j@", "no%2Fbody@"))


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_database_that_is_not_there_is_named(neo4j_place: GraphPlace, scheme: str) -> None:
    url = neo4j_place.url.replace("neo4j", scheme, 1) + "/papers"
    assert "has no database 'papers'" in refusal(url, password=neo4j_place.password)


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_the_database_may_be_named(neo4j_place: GraphPlace, scheme: str) -> None:
    url = neo4j_place.url.replace("neo4j", scheme, 1) + "/neo4j"
    with open_store(url, password=neo4j_place.password) as store:
        write_job(store, OUTPUT)
    with neo4j_place.open(read_only=True) as store:
        assert has_job(store, OUTPUT.job.id)


@pytest.mark.parametrize(
    ("agent", "supported"),
    [
        ("Neo4j/5.7.0", True),
        ("Neo4j/5.26.30", True),
        ("Neo4j/2025.10.1", True),
        ("Neo4j/v5.11.0 compatible graph database server", True),
        ("Neo4j/5.6.0", False),
        ("Neo4j/4.4.38", False),
        ("Neo4j/3.5.0", False),
        ("Something/9.0", False),
        ("", False),
    ],
)
def test_a_server_that_is_too_old_is_told_so(
    neo4j_place: GraphPlace, monkeypatch: pytest.MonkeyPatch, agent: str, supported: bool
) -> None:
    monkeypatch.setattr(neo4j_store.Neo4jStore, "agent", lambda _: agent)
    if supported:
        neo4j_place.open(read_only=True).close()
        return
    message = refusal(neo4j_place.url, password=neo4j_place.password)
    assert message.endswith("Neo4j 5.7 or later is needed")


def test_the_password_shows_nowhere(neo4j_place: GraphPlace) -> None:
    with neo4j_place.open() as store:
        assert neo4j_place.password not in repr(store) + repr(vars(store)) + repr(neo4j_place)


def test_opening_for_reading_writes_nothing(neo4j_place: GraphPlace) -> None:
    address, _, _ = neo4j_place.url.partition("//")[2].rpartition("@")[2].partition("/")
    credentials = ("neo4j", neo4j_place.password)
    with GraphDatabase.driver(f"bolt://{address}", auth=credentials) as driver, driver.session() as session:
        session.run("DROP CONSTRAINT artifact_id IF EXISTS").consume()
    with neo4j_place.open(read_only=True) as reader:
        names = [row["name"] for row in reader.read("SHOW CONSTRAINTS YIELD name RETURN name")]
        assert "artifact_id" not in names
        assert statistics(reader).nodes == ()
    with neo4j_place.open() as store:
        names = [row["name"] for row in store.read("SHOW CONSTRAINTS YIELD name RETURN name")]
        assert "artifact_id" in names


def test_several_writers_take_turns(neo4j_place: GraphPlace) -> None:
    """Each with a store of its own, as processes have: none may read what another is about to change."""
    jobs = crossing_jobs()
    with neo4j_place.open() as store:
        for output in jobs:
            write_job(store, output)
        alone = dump(store)
        with store.transaction() as transaction:
            transaction.run("MATCH (n) DETACH DELETE n")
    failures: list[BaseException] = []

    def write(index: int) -> None:
        try:
            with neo4j_place.open() as own:
                write_job(own, jobs[index % len(jobs)])
        except PaperlineageError as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(index,)) for index in range(2 * len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with neo4j_place.open(read_only=True) as store:
        assert dump(store) == alone


def test_who_waits_too_long_for_another_writer_is_told(
    neo4j_place: GraphPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with neo4j_place.open() as store, store.transaction():
        monkeypatch.setattr(neo4j_store, "TRANSACTION_TIMEOUT_SECONDS", 0.5)
        with neo4j_place.open() as other, pytest.raises(GraphUnavailableError, match="took too long"):
            write_job(other, OUTPUT)
        assert statistics(store).nodes == ()


def test_nodes_edges_and_paths_come_out_as_plain_values(neo4j_place: GraphPlace) -> None:
    with neo4j_place.open() as store:
        with store.transaction() as transaction:
            transaction.run("CREATE (:Paper {id: 'a', title: 'A'})-[:CITES {why: 'so'}]->(:Paper {id: 'b'})")
        paper_a = {"labels": ["Paper"], "properties": {"id": "a", "title": "A"}}
        paper_b = {"labels": ["Paper"], "properties": {"id": "b"}}
        cites = {"type": "CITES", "properties": {"why": "so"}}
        [row] = store.read("MATCH p = (n)-[r]->(m) RETURN n, r, p, {of: [m], at: date('2026-01-31')} AS map")
        assert row == {
            "n": paper_a,
            "r": cites,
            "p": {"nodes": [paper_a, paper_b], "relationships": [cites]},
            "map": {"of": [paper_b], "at": date(2026, 1, 31)},
        }
        assert store.read("RETURN duration('P1DT2H') AS d, point({x: 1.0, y: 2.0}) AS p") == [
            {"d": "P1DT2H", "p": {"srid": 7203, "coordinates": [1.0, 2.0]}}
        ]


def test_a_query_that_is_too_large_is_told_so(neo4j_place: GraphPlace) -> None:
    with (
        neo4j_place.open(read_only=True) as store,
        pytest.raises(GraphUnavailableError, match="too little memory"),
    ):
        store.read("UNWIND range(1, 100000000) AS x WITH collect(x) AS xs RETURN size(xs)")


def test_a_query_at_fault_is_told_in_one_line(neo4j_place: GraphPlace) -> None:
    with neo4j_place.open(read_only=True) as store:
        with pytest.raises(RejectedInputError) as refused:
            store.read("MATCH (n\nRETURN n")
        assert "\n" not in str(refused.value)


def test_the_server_of_the_tests_is_the_one_that_is_documented(neo4j_server: Neo4jServer) -> None:
    with GraphPlace(neo4j_server.url, neo4j_server.password).open(read_only=True) as store:
        [row] = store.read("CALL dbms.components() YIELD versions RETURN versions[0] AS version")
    assert str(row["version"]).startswith(("5.", "20"))
