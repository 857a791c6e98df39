"""A real ingest that is killed, or that loses its server, leaves whole documents; the next run goes on."""

import json
import random
import subprocess
import time
from pathlib import Path

import pytest
from graph_dump import dump
from graph_places import GraphPlace, embedded
from program import PAPERS, Finished, finished, own_process
from tcp_proxy import proxy_to

from records import PaperlineageError

COPIES = 8
SEED = 20261122
KILLS = 3
STAMPS = {"started_at", "ended_at", "as_of"}  # what two runs of the same differ in
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample papers, each several times: what follows the end of a PDF is no part of it."""
    folder = tmp_path_factory.mktemp("papers")
    for number in range(COPIES):
        paper = PAPERS[number % len(PAPERS)]
        (folder / f"{number:02}.pdf").write_bytes(paper.read_bytes() + b"%% copy %d\n" % number)
    return folder


@pytest.fixture(scope="module")
def undisturbed(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The graph of an ingest that nothing disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    place = embedded(folder)
    assert finished(ingest(papers, place, folder)).code == 0
    return timeless(place)


def ingest(papers: Path, place: GraphPlace, folder: Path) -> "subprocess.Popen[str]":
    state = {"PAPERLINEAGE_HOME": str(folder / "home"), "PREFECT_HOME": str(folder / "prefect")}
    environment = {**state, "PAPERLINEAGE_OPERATOR": "ada", "PAPERLINEAGE_WORKERS": "1", **place.environment}
    return own_process("ingest", papers, "--json", environment=environment, folder=folder)


def timeless(place: GraphPlace) -> list[str]:
    """The graph without the times at which it came about."""
    with place.open(read_only=True) as store:
        lines = [json.loads(line) for line in dump(store)]
    for line in lines[1:]:
        line["properties"] = {key: value for key, value in line["properties"].items() if key not in STAMPS}
    return [json.dumps(line) for line in lines]


def counts(place: GraphPlace) -> tuple[int, int]:
    """How many documents and how many jobs are there; none where there is no graph yet."""
    try:
        with place.open(read_only=True) as store:
            documents, jobs = (
                store.read(f"MATCH (n:{label}) RETURN count(n) AS count")[0]["count"]
                for label in ("Document", "ExtractionJob")
            )
    except PaperlineageError:
        return 0, 0
    return int(str(documents)), int(str(jobs))


def wait_for_more(place: GraphPlace, process: "subprocess.Popen[str]") -> None:
    """Until a document is written that was not there."""
    before = counts(place)
    deadline = time.monotonic() + 120
    while counts(place) == before and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)


def test_an_ingest_killed_at_random_moments_ends_in_the_graph_of_an_undisturbed_one(
    place: GraphPlace, papers: Path, undisturbed: list[str], tmp_path: Path
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    for _ in range(KILLS):
        process = ingest(papers, place, tmp_path)
        wait_for_more(place, process)
        seconds = chance.uniform(0.0, 0.3)
        time.sleep(seconds)
        process.kill()
        process.communicate()
        documents, jobs = counts(place)
        print(f"killed {seconds:.3f} s after a document was written: {documents} documents")  # noqa: T201
        assert 0 < documents == jobs <= COPIES
    assert finished(ingest(papers, place, tmp_path)).code == 0
    assert timeless(place) == undisturbed


def test_a_server_that_goes_away_in_the_middle_costs_no_more_than_a_second_run(
    neo4j_place: GraphPlace, papers: Path, undisturbed: list[str], tmp_path: Path
) -> None:
    host, _, port = neo4j_place.url.rpartition("@")[2].partition(":")
    with proxy_to(host, int(port)) as proxy:
        through = GraphPlace(f"bolt://neo4j@127.0.0.1:{proxy.port}", neo4j_place.password)
        process = ingest(papers, through, tmp_path)
        wait_for_more(neo4j_place, process)
        proxy.cut()
        done = finished(process)
    assert done.code == 3, done.err
    check_reasons(done)
    documents, jobs = counts(neo4j_place)
    assert 0 < documents == jobs < COPIES
    down = finished(ingest(papers, through, tmp_path))
    assert (down.code, down.out, len(down.err.splitlines())) == (3, "", 1)
    assert finished(ingest(papers, neo4j_place, tmp_path)).code == 0
    assert timeless(neo4j_place) == undisturbed


def check_reasons(done: Finished) -> None:
    """Each document that is not in the graph says why, and what to do, in a line."""
    assert done.out, done.err
    failed = [outcome for outcome in json.loads(done.out) if outcome["state"] == "failed"]
    assert failed
    assert len(done.err.splitlines()) == len(failed)
    assert all("Neo4j at bolt://127.0.0.1" in outcome["reason"] for outcome in failed)
    assert "Traceback" not in done.err
