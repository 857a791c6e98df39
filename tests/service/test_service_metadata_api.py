"""The metadata API, served for real on the loopback interface."""

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx
import pytest
import uvicorn

from flows.compose import open_graph
from flows.settings import Settings
from flows.sync_outcome import Published
from lineage.payload import RunPayload
from records import GraphUnavailableError, RejectedInputError
from service import app_for, create_app

LEAST: dict[str, Any] = {
    "run_id": "r1",
    "commit": "abc",
    "dataset_versions": ["ds:users:v12"],
    "metrics": {},
    "artifacts": ["sha256:aa"],
}
START_SECONDS = 30.0
NONE: Mapping[str, str] = MappingProxyType({})


@dataclass
class Graph:
    """A graph that does as a test says, and remembers what was published."""

    published: list[RunPayload] = field(default_factory=list)
    error: Exception | None = None

    def publish(self, payload: RunPayload) -> Published:
        if self.error:
            raise self.error
        self.published.append(payload)
        return Published(run_ids=(payload.run_id,), nodes=1, edges=0, placeholders=(), linked=0, proposed=0)

    def answers(self) -> bool:
        return self.error is None


def served(app: Any) -> Iterator[str]:
    """The app's address, answered by a real server in a thread."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on"))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        deadline = time.monotonic() + START_SECONDS
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        assert server.started
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph()


@pytest.fixture(scope="module")
def address(graph: Graph) -> Iterator[str]:
    yield from served(create_app(graph.publish, graph.answers, body_limit_bytes=2000))


@pytest.fixture(autouse=True)
def _well(graph: Graph) -> None:
    graph.error = None
    graph.published.clear()


def post(address: str, content: bytes | None = None, headers: Mapping[str, str] = NONE) -> httpx.Response:
    return httpx.post(
        f"{address}/metadata/run",
        content=json.dumps(LEAST).encode() if content is None else content,
        headers={"Content-Type": "application/json", **headers},
        timeout=20,
    )


def test_a_run_is_published_and_published_again_it_is_nothing_new(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, prefect_api_url="", operator="tester")
    for address in served(app_for(settings)):
        first, again = post(address), post(address)
        health = httpx.get(f"{address}/health")
    written = {"run_id": "r1", "placeholders": ["ds:users:v12"], "linked": 0, "proposed": 0}
    assert (first.status_code, first.json()) == (201, {**written, "nodes": 4, "edges": 3})
    assert (again.status_code, again.json()) == (200, {**written, "nodes": 0, "edges": 0})
    assert (health.status_code, health.json()) == (200, {"status": "ok", "graph": "available"})
    with open_graph(settings, read_only=True) as store:
        used = "MATCH (r:ExperimentRun {id: 'r1'})-[:USED]->(d:DatasetVersion) RETURN d.id AS id"
        assert store.read(used) == [{"id": "ds:users:v12"}]


def test_a_graph_that_cannot_be_opened_is_the_services_trouble_and_not_the_callers(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = Settings(home=tmp_path / "file", prefect_api_url="", operator="tester")
    for address in served(app_for(settings)):
        refused, health = post(address), httpx.get(f"{address}/health")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert (health.status_code, health.json()) == (503, {"status": "degraded", "graph": "unavailable"})


def test_wrong_fields_are_answered_with_their_paths(address: str, graph: Graph) -> None:
    wrong = {**LEAST, "metrics": {"f1": "high"}, "artifacts": ["a", 1], "x": 1}
    response = post(address, json.dumps(wrong).encode())
    assert response.status_code == 422
    assert [(each["loc"], each["type"]) for each in response.json()["detail"]] == [
        (["body", "metrics", "f1"], "float_type"),
        (["body", "artifacts", 1], "string_type"),
        (["body", "x"], "extra_forbidden"),
    ]
    assert "high" not in response.text
    assert graph.published == []


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 400), (b"{", 400), (b"\xff", 400), (b"[" * 1500, 400), (b"[]", 422), (b"null", 422)],
)
def test_what_is_no_run_at_all_is_refused(address: str, content: bytes, status: int) -> None:
    assert post(address, content).status_code == status


@pytest.mark.parametrize(
    "media_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"]
)
def test_only_json_is_taken(address: str, media_type: str, graph: Graph) -> None:
    assert post(address, headers={"Content-Type": media_type}).status_code == 415
    assert graph.published == []


def test_json_may_say_its_character_set(address: str) -> None:
    assert post(address, headers={"Content-Type": "Application/JSON; charset=utf-8"}).status_code == 201


def in_chunks(size: int) -> Iterator[bytes]:
    for _ in range(size):
        yield b" " * 1000


@pytest.mark.parametrize(("size", "status"), [(1, 400), (3, 413), (3000, 413)])
def test_a_body_is_cut_off_while_it_is_read(address: str, size: int, status: int) -> None:
    try:
        response = httpx.post(
            f"{address}/metadata/run",
            content=in_chunks(size),
            headers={"Content-Type": "application/json"},
            timeout=20,
        )
    except httpx.WriteError:  # the service hung up before all of it was sent
        assert size == 3000
    else:
        assert response.status_code == status


def test_a_body_that_is_said_to_be_too_large_is_not_waited_for(address: str) -> None:
    answer = spoken(
        address,
        b"POST /metadata/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 9999999999999\r\n\r\n",
    )
    assert answer.startswith(b"HTTP/1.1 413")


def test_a_body_as_large_as_the_limit_is_taken(address: str) -> None:
    content = json.dumps(LEAST).encode()
    assert post(address, content.ljust(2000)).status_code == 201
    assert post(address, content.ljust(2001)).status_code == 413


def spoken(address: str, request: bytes) -> bytes:
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(request)
        return connection.recv(1000)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "localhost"}, 201),
        ({"Host": "LOCALHOST:4203"}, 201),
        ({"Host": "[::1]:4203"}, 201),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "evil.example@127.0.0.1"}, 201),  # a user name, and still this host
        ({"Host": "127.0.0.1@evil.example"}, 403),
        ({"Host": ""}, 403),
        ({"Host": "[::1"}, 403),
        ({"Origin": "http://localhost:3000"}, 201),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1.evil.example"}, 403),
    ],
)
def test_web_pages_of_other_hosts_cannot_publish(
    address: str, graph: Graph, headers: dict[str, str], status: int
) -> None:
    assert post(address, headers=headers).status_code == status
    assert len(graph.published) == (status == 201)


def test_a_request_with_two_hosts_or_none_is_refused(address: str) -> None:
    for lines in (b"Host: localhost\r\nHost: evil.example\r\n", b""):
        answer = spoken(address, b"GET /health HTTP/1.1\r\n" + lines + b"\r\n")
        assert answer.split()[1] in {b"400", b"403"}


def test_other_hosts_can_be_allowed(graph: Graph) -> None:
    app = create_app(graph.publish, graph.answers, allowed_hosts=["metadata.example"])
    for address in served(app):
        assert post(address, headers={"Host": "metadata.example"}).status_code == 201
        assert post(address).status_code == 403


@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [
        (GraphUnavailableError("the graph is being written"), 503, "5"),
        (RejectedInputError("run a names itself"), 422, None),
    ],
)
def test_errors_of_the_graph_are_told(
    address: str, graph: Graph, error: Exception, status: int, retry: str | None
) -> None:
    graph.error = error
    response = post(address)
    assert (response.status_code, response.json()) == (status, {"detail": str(error)})
    assert response.headers.get("Retry-After") == retry


def test_the_service_describes_itself_and_loads_nothing_from_the_internet(address: str) -> None:
    description = httpx.get(f"{address}/openapi.json").json()
    body = description["paths"]["/metadata/run"]["post"]["requestBody"]["content"]["application/json"]
    assert set(body["schema"]["required"]) == set(LEAST)
    assert [httpx.get(f"{address}{path}").status_code for path in ("/docs", "/redoc")] == [404, 404]


def test_many_callers_at_once_are_all_heard(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, prefect_api_url="", operator="tester")
    bodies = [json.dumps({**LEAST, "run_id": f"r{number}"}).encode() for number in range(8)]
    for address in served(app_for(settings)):
        with ThreadPoolExecutor(len(bodies)) as callers:
            answers = list(callers.map(partial(post, address), bodies))
    assert [answer.status_code for answer in answers] == [201] * 8
