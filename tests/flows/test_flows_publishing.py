"""Published runs are in the graph whole, once, and beside what other sources say of them."""

import json
from pathlib import Path

import pytest

from flows.compose import open_graph
from flows.publishing import publish_runs
from flows.settings import Settings
from lineage.payload import RunPayload, parse_run


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, prefect_api_url="", operator="tester")


def payload(run_id: str, **more: object) -> RunPayload:
    least = {"run_id": run_id, "commit": "abc", "dataset_versions": [], "metrics": {}, "artifacts": []}
    return parse_run(json.dumps({**least, **more}).encode())


def test_what_is_published_is_counted_and_published_again_it_is_nothing_new(settings: Settings) -> None:
    run = payload("r1", dataset_versions=["ds:users:v12"], models=["models:/churn/3"], artifacts=["sha256:a"])
    first = publish_runs([run], settings)
    assert (first.run_ids, first.nodes, first.edges) == (("r1",), 5, 4)
    assert first.placeholders == ("ds:users:v12", "models:/churn/3")
    again = publish_runs([run], settings)
    assert (again.nodes, again.edges, again.placeholders) == (0, 0, first.placeholders)


def test_publishing_describes_a_run_anew(settings: Settings) -> None:
    publish_runs([payload("r1", metrics={"f1": 0.5}), payload("r2")], settings)
    publish_runs([payload("r1", commit="def", metrics={"accuracy": 1})], settings)
    with open_graph(settings, read_only=True) as store:
        found = store.read(
            "MATCH (r:ExperimentRun) "
            "RETURN r.id AS id, r.commit AS commit, r.metric_names AS metrics ORDER BY id"
        )
    assert found == [
        {"id": "r1", "commit": "def", "metrics": ["accuracy"]},
        {"id": "r2", "commit": "abc", "metrics": None},
    ]
