"""Ingesting with a Prefect server: what the server, and so its UI, knows of it afterwards."""

import json
from pathlib import Path
from typing import TypeAlias
from urllib.request import Request, urlopen

import pytest
from program import PAPERS, Finished, finished, own_process

from flows.orchestration.run_report import FACTS_KEY, TABLE_KEY, as_markdown_text
from graph import open_store

Row: TypeAlias = dict[str, str]

PAPER = PAPERS[1]
STAGES = ["read", "recognise", "canonicalise", "write"]
pytestmark = pytest.mark.slow


def known(api_url: str, things: str, **wanted: object) -> list[Row]:
    """What the server answers to its UI, newest last."""
    headers = {"Content-Type": "application/json"}
    request = Request(f"{api_url}/{things}/filter", json.dumps(wanted).encode(), headers)  # noqa: S310 - loopback
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
        rows: list[Row] = json.load(answer)
    return sorted(rows, key=lambda row: row["created"])


def ingest(api_url: str, folder: Path, *paths: Path) -> Finished:
    environment = {
        "PAPERLINEAGE_HOME": str(folder / "home"),
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": api_url,
    }
    return finished(own_process("ingest", *paths, "--json", environment=environment, folder=folder))


def artifact(api_url: str, key: str, run: Row) -> str:
    (found,) = known(
        api_url, "artifacts", artifacts={"key": {"any_": [key]}, "flow_run_id": {"any_": [run["id"]]}}
    )
    return found["data"]


def states_of_tasks(api_url: str, run: Row) -> dict[str, str]:
    tasks = known(api_url, "task_runs", flow_runs={"id": {"any_": [run["id"]]}})
    return {task["name"]: task["state_name"] for task in tasks}


def test_a_run_shows_its_stages_and_the_graph_points_back_at_it(prefect_server: str, tmp_path: Path) -> None:
    done = ingest(prefect_server, tmp_path, PAPER)
    assert done.code == 0, done.err
    assert [outcome["state"] for outcome in json.loads(done.out)] == ["ingested"]
    run = known(prefect_server, "flow_runs")[-1]
    assert (run["name"], run["state_name"]) == (PAPER.name, "Completed")
    assert json.dumps(run["parameters"]) == json.dumps({"paths": [str(PAPER)]})
    assert states_of_tasks(prefect_server, run) == {f"{stage} {PAPER.name}": "Completed" for stage in STAGES}
    assert run["id"] in done.err
    with open_store(f"kglite://{tmp_path / 'home' / 'graph.kgl'}", read_only=True) as store:
        jobs = store.read("MATCH (j:ExtractionJob) RETURN j.flow_run_id AS id, j.flow_run_url AS url")
    assert [job["id"] for job in jobs] == [run["id"]]
    assert run["id"] in str(jobs[0]["url"])


def test_a_refused_document_is_an_outcome_and_shows_as_one(prefect_server: str, tmp_path: Path) -> None:
    bad = tmp_path / "{bad} <b>one.pdf"
    bad.write_text("no PDF")
    done = ingest(prefect_server, tmp_path, bad, PAPER)
    assert done.code == 1, done.err
    assert [outcome["state"] for outcome in json.loads(done.out)] == ["rejected", "ingested"]
    run = known(prefect_server, "flow_runs")[-1]
    assert (run["state_type"], run["state_name"]) == ("COMPLETED", "PartlyRejected")
    states = states_of_tasks(prefect_server, run)
    assert states.pop(f"read {bad.name}") == "Rejected"
    assert states == {f"{stage} {PAPER.name}": "Completed" for stage in STAGES}
    table = artifact(prefect_server, TABLE_KEY, run)
    assert [row["state"] for row in json.loads(table)] == ["rejected", "ingested"]
    facts = artifact(prefect_server, FACTS_KEY, run)
    assert f"## {as_markdown_text(PAPER.name)}" in facts
    assert "**introduces**" in facts


def test_a_run_that_the_world_stopped_is_never_shown_as_completed(
    prefect_server: str, tmp_path: Path
) -> None:
    with open_store(f"kglite://{tmp_path / 'home' / 'graph.kgl'}"):
        done = ingest(prefect_server, tmp_path, PAPER)
    assert done.code == 3
    assert not done.out
    assert len(done.err.splitlines()) == 1, done.err
    run = known(prefect_server, "flow_runs")[-1]
    assert run["state_type"] == "FAILED"
