"""How long a sync of an MLflow server takes, against merely reading the same pages from it by REST.

`python -m benchmarks.lineage [--runs 1000] [--rounds 3]` starts a real `mlflow server`, makes the runs in it,
and syncs it into a fresh graph in every round, into kglite and, where a server can be had, into Neo4j. The
peer, measured in the same rounds, asks for the same pages and reads their JSON, and does nothing else.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx
from pydantic import SecretStr

from flows.compose import open_graph
from flows.lineage_sync import sync_mlflow
from flows.settings import Settings

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.insert(0, str(TESTS))  # the servers that the tests start are the ones to measure with

from mlflow_server import Mlflow, database_of, running_mlflow  # noqa: E402
from neo4j_server import NoServerError, running_server  # noqa: E402

ROWS_IN_PAGE = 1000


def main() -> None:
    """Measures, and prints one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    with TemporaryDirectory() as folder:
        began = perf_counter()
        make_runs(Path(folder), given.runs)
        report: dict[str, object] = {"runs": given.runs, "making_them_s": round(perf_counter() - began, 1)}
        with running_mlflow(Path(folder)) as server:
            report["kglite"] = measured(server, fresh_kglite, rounds=given.rounds)
            try:
                with running_server(Path(folder) / "neo4j") as neo4j:
                    fresh = fresh_neo4j(neo4j.url, neo4j.password)
                    report["neo4j"] = measured(server, fresh, rounds=given.rounds)
            except NoServerError as error:
                report["neo4j"] = f"not measured: {error}"
    print(json.dumps(report, indent=2))


def make_runs(folder: Path, count: int) -> None:
    """Fills the database that the server will have, in a process of its own that may import MLflow."""
    environment = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}
    command = [sys.executable, "-m", "benchmarks.mlflow_runs", str(database_of(folder)), str(count)]
    subprocess.run(command, check=True, env=environment, stdout=sys.stderr)


def measured(
    server: Mlflow, fresh: Callable[[Path], Settings], *, rounds: int
) -> dict[str, float | list[float]]:
    """The medians of the rounds; a round is the peer, a first sync, one without news, and a full one."""
    seconds: dict[str, list[float]] = {"peer": [], "first": [], "unchanged": [], "unchanged_full": []}
    for _ in range(rounds):
        with TemporaryDirectory() as home:
            settings = fresh(Path(home))
            seconds["peer"].append(timed(partial(read_pages, server.url)))
            sync = partial(sync_mlflow, server.url, settings)
            seconds["first"].append(timed(sync))
            seconds["unchanged"].append(timed(sync))
            seconds["unchanged_full"].append(timed(partial(sync, full=True)))
    middle = {f"{name}_s": round(median(values), 3) for name, values in seconds.items()}
    return {
        **middle,
        "first_times_the_peer": round(median(seconds["first"]) / median(seconds["peer"]), 2),
        "unchanged_times_the_peer": round(median(seconds["unchanged"]) / median(seconds["peer"]), 2),
        "first_all_s": [round(value, 3) for value in seconds["first"]],
        "peer_all_s": [round(value, 3) for value in seconds["peer"]],
    }


def read_pages(url: str) -> int:
    """Asks for what a first sync asks for; how many runs and models there were."""
    with httpx.Client(base_url=f"{url}/api/2.0/mlflow/", timeout=60) as client:
        found = list(pages(client, "experiments/search", "experiments", {"view_type": "ALL"}))
        ids = [experiment["experiment_id"] for experiment in found]
        runs = {"experiment_ids": ids, "run_view_type": "ALL", "order_by": ["attributes.start_time ASC"]}
        count = len(list(pages(client, "runs/search", "runs", runs)))
        count += len(list(pages(client, "logged-models/search", "models", {"experiment_ids": ids})))
        for path in ("registered-models/search", "model-versions/search"):
            client.get(path, params={"max_results": ROWS_IN_PAGE}).raise_for_status().json()
    return count


def pages(
    client: httpx.Client, path: str, rows: str, wanted: Mapping[str, object]
) -> Iterator[dict[str, str]]:
    """The rows of every page of a listing."""
    token = ""
    while True:
        asked = {**wanted, "max_results": ROWS_IN_PAGE, **({"page_token": token} if token else {})}
        answer = client.post(path, json=asked).raise_for_status().json()
        yield from answer.get(rows, [])
        token = answer.get("next_page_token", "")
        if not token:
            return


def fresh_kglite(home: Path) -> Settings:
    """An embedded graph that does not exist yet."""
    return Settings(home=home, graph_url="", prefect_api_url="")


def fresh_neo4j(url: str, password: str) -> Callable[[Path], Settings]:
    """Empties the server's graph, which is one that was started for this."""

    def fresh(home: Path) -> Settings:
        settings = Settings(home=home, graph_url=url, graph_password=SecretStr(password), prefect_api_url="")
        with open_graph(settings) as store, store.transaction() as transaction:
            transaction.run("MATCH (n) DETACH DELETE n")
        return settings

    return fresh


def timed(work: Callable[[], object]) -> float:
    """How long it takes, in seconds."""
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    main()
