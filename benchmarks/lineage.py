"""How long a sync of an MLflow server takes, against merely reading the same pages from it by REST.

`python -m benchmarks.lineage [--runs 1000] [--rounds 3]` starts a real `mlflow server`, makes the runs in it,
and syncs it into a fresh graph in every round, into kglite and, where a server can be had, into Neo4j. The
peer, measured in the same rounds, asks for the same pages and reads their JSON, and does nothing else.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx

from flows.compose import open_graph
from flows.lineage_sync import sync_mlflow
from flows.settings import Settings

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.insert(0, str(TESTS))  # the servers that the tests start are the ones to measure with

from mlflow_server import Mlflow, dataset, running_mlflow  # noqa: E402
from neo4j_server import NoServerError, running_server  # noqa: E402

CALLERS = 4
DATASETS = 20
RUNS_FOR_A_MODEL = 10
ROWS_IN_PAGE = 1000
LONG_AGO = 1_700_000_000_000


def main() -> None:
    """Measures, and prints one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    with TemporaryDirectory() as folder, running_mlflow(Path(folder)) as server:
        began = perf_counter()
        make_runs(server, given.runs)
        report: dict[str, object] = {"runs": given.runs, "making_them_s": round(perf_counter() - began, 1)}
        report["kglite"] = measured(server, fresh_kglite, rounds=given.rounds)
        try:
            with running_server(Path(folder) / "neo4j") as neo4j:
                fresh = fresh_neo4j(neo4j.url, neo4j.password)
                report["neo4j"] = measured(server, fresh, rounds=given.rounds)
        except NoServerError as error:
            report["neo4j"] = f"not measured: {error}"
    print(json.dumps(report, indent=2))


def make_runs(server: Mlflow, count: int) -> None:
    """Runs that ended long ago, every tenth with a model, with ten parameters and ten metrics each."""
    experiment = server.experiment("measured")

    def make(number: int) -> None:
        run_id = server.run(
            experiment,
            name=f"run {number}",
            start_time=LONG_AGO + number * 1000,
            tags={"team": "growth", "mlflow.source.git.commit": f"{number:040x}"},
            parameters={f"parameter_{each}": str(number * each) for each in range(10)},
            metrics={f"metric_{each}": number / (each + 1) for each in range(10)},
            datasets=[dataset(f"users_{number % DATASETS}", "v1", context="training")],
        )
        if number % RUNS_FOR_A_MODEL == 0:
            server.logged_model(experiment, run_id, f"model {number}", base_model="gpt2")

    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(make, range(count)))


def measured(
    server: Mlflow, fresh: Callable[[Path], Settings], *, rounds: int
) -> dict[str, float | list[float]]:
    """The medians of the rounds; a round is the peer, a first sync, one without news, and a full one."""
    seconds: dict[str, list[float]] = {"peer": [], "first": [], "unchanged": [], "unchanged_full": []}
    for _ in range(rounds):
        with TemporaryDirectory() as home:
            settings = fresh(Path(home))
            seconds["peer"].append(timed(lambda: read_pages(server.url)))
            seconds["first"].append(timed(lambda: sync_mlflow(server.url, settings)))
            seconds["unchanged"].append(timed(lambda: sync_mlflow(server.url, settings)))
            seconds["unchanged_full"].append(timed(lambda: sync_mlflow(server.url, settings, full=True)))
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


def pages(client: httpx.Client, path: str, rows: str, wanted: dict[str, object]) -> Iterator[dict[str, str]]:
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
        settings = Settings(home=home, graph_url=url, graph_password=password, prefect_api_url="")
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
