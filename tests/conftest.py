"""The graph stores that tests run over: an embedded one for each test, and one Neo4j server for them all."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from graph_places import GraphPlace, embedded, emptied
from mlflow_server import Mlflow, running_mlflow
from neo4j_server import Neo4jServer, NoServerError, running_server
from s3_server import S3Bucket, S3Server, running_s3

from flows.orchestration.own_server import free_port, prefect_service
from graph import GraphStore

WITHOUT_NEO4J = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def neo4j_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Neo4jServer]:
    """The server that NEO4J_TEST_URL names, else one that is started here and stopped at the end.

    The password stands in NEO4J_TEST_PASSWORD or in the URL. Without java, Maven or the network, the tests
    that need the server are skipped, and the end of the run says so; where CI=true they fail.
    """
    if given := os.environ.get("NEO4J_TEST_URL"):
        yield _server_at(given, os.environ.get("NEO4J_TEST_PASSWORD", ""))
        return
    try:
        with running_server(tmp_path_factory.mktemp("neo4j")) as server:
            yield server
    except NoServerError as error:
        request.config.stash[WITHOUT_NEO4J] = str(error)
        if os.environ.get("CI") == "true":
            pytest.fail(f"no Neo4j server: {error}")
        pytest.skip(f"no Neo4j server: {error}")


@pytest.fixture
def neo4j_place(neo4j_server: Neo4jServer) -> GraphPlace:
    """The graph of the Neo4j server, empty."""
    return emptied(GraphPlace(neo4j_server.url, neo4j_server.password))


@pytest.fixture
def neo4j_url(neo4j_place: GraphPlace) -> str:
    """The URL of the Neo4j server, whose graph is empty; `neo4j_password` goes with it."""
    return neo4j_place.url


@pytest.fixture
def neo4j_password(neo4j_server: Neo4jServer) -> str:
    """The password of the Neo4j server."""
    return neo4j_server.password


@pytest.fixture(params=["kglite", "neo4j"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> GraphPlace:
    """Where a graph of each kind can be opened; it is empty."""
    if request.param == "kglite":
        return embedded(tmp_path)
    found: GraphPlace = request.getfixturevalue("neo4j_place")
    return found


@pytest.fixture
def store(place: GraphPlace) -> Iterator[GraphStore]:
    """An empty graph of each kind, open for writing."""
    with place.open() as opened:
        yield opened


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API URL of a real Prefect server on the loopback interface; it is stopped at the end."""
    with prefect_service(tmp_path_factory.mktemp("prefect"), port=free_port()) as url:
        yield url


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says aloud that half of the stores went untested, which a row of dots would hide."""
    if reason := config.stash.get(WITHOUT_NEO4J, ""):
        terminalreporter.section("NOT TESTED: Neo4j", red=True, bold=True)
        terminalreporter.line(reason)


def _server_at(given: str, password: str) -> Neo4jServer:
    parts = urlsplit(given)
    user, at, address = parts.netloc.rpartition("@")
    name, _, in_url = user.partition(":")
    url = parts._replace(netloc=f"{name}@{address}" if at else address).geturl()
    server = Neo4jServer(url, password or unquote(in_url))
    with GraphPlace(server.url, server.password).open(read_only=True) as store:
        if store.read("MATCH (n) RETURN 1 AS one LIMIT 1"):
            pytest.fail(f"the graph at {server.url} is not empty, and tests delete everything in it")
    return server


@pytest.fixture(scope="session")
def mlflow_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mlflow]:
    """A real MLflow server that all tests share: each makes experiments of its own."""
    with running_mlflow(tmp_path_factory.mktemp("mlflow")) as server:
        yield server


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """A real S3 server on the loopback interface, stopped by its process id at the end."""
    with running_s3(tmp_path_factory.mktemp("s3") / "server.log") as server:
        yield server


@pytest.fixture
def s3_bucket(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Bucket:
    """An empty bucket, which programs of this process find by the usual variables."""
    for name, value in s3_server.environment.items():
        monkeypatch.setenv(name, value)
    return s3_server.new_bucket()
