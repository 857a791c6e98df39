"""`sync` and `publish` as a person calls them."""

import io
import json
import sys
from pathlib import Path

import pytest
from mlflow_server import Mlflow
from program import Run
from scripted_server import answering, in_front_of

LEAST = {
    "run_id": "r1",
    "commit": "abc",
    "dataset_versions": ["ds:users:v12"],
    "metrics": {},
    "artifacts": ["sha256:aa"],
}


def test_sync_says_what_was_new_and_then_that_nothing_is(mlflow_server: Mlflow, run: Run) -> None:
    mlflow_server.run(mlflow_server.experiment("from the command line"))
    first = run("sync", "mlflow", mlflow_server.url)
    assert (first.code, first.err) == (0, "")
    assert f"source:mlflow at {mlflow_server.url}: read everything" in first.out
    again = run("sync", "mlflow", mlflow_server.url)
    assert "read what is new; 0 new nodes, 0 new edges" in again.out
    told = json.loads(run("sync", "mlflow", mlflow_server.url, "--full", "--json").out)
    assert (told["full"], told["runs"]["new"], told["runs"]["changed"]) == (True, 0, 0)
    assert told["runs"]["unchanged"] >= 1


def test_a_second_server_needs_a_name(mlflow_server: Mlflow, run: Run) -> None:
    mlflow_server.run(mlflow_server.experiment("named"))
    with answering(in_front_of(mlflow_server.url, failing_from=10**6)) as other:
        assert run("sync", "mlflow", mlflow_server.url).code == 0
        refused = run("sync", "mlflow", other.url)
        assert (refused.code, "--as NAME" in refused.err) == (1, True)
        assert run("sync", "mlflow", other.url, "--as", "staging").code == 0


def test_a_refused_run_is_told_and_the_others_are_there(mlflow_server: Mlflow, run: Run) -> None:
    experiment = mlflow_server.experiment("refused from the command line")
    odd = mlflow_server.run(experiment)
    mlflow_server.tag(odd, "mlflow.parentRunId", odd)
    synced = run("sync", "mlflow", mlflow_server.url)
    mlflow_server.post("runs/delete-tag", run_id=odd, key="mlflow.parentRunId")
    assert synced.code == 1
    assert synced.err == (
        f"refused: run {odd} names itself as its parent; correct its parent and publish it again\n"
    )


@pytest.mark.parametrize("failing_from", [0, 2])
def test_a_server_that_fails_is_one_line_and_exit_code_3(
    mlflow_server: Mlflow, run: Run, failing_from: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lineage.mlflow.requests.sleep", lambda _seconds: None)
    mlflow_server.run(mlflow_server.experiment(f"failing from {failing_from}"))
    with answering(in_front_of(mlflow_server.url, failing_from=failing_from)) as server:
        url = server.url.replace("//", "//ada:secret@")
        failed = run("sync", "mlflow", url)
    assert (failed.code, failed.out, failed.err.count("\n")) == (3, "", 1)
    assert "answered 500; sync again when the server is well" in failed.err
    assert "secret" not in failed.err


def test_no_server_is_one_line_and_exit_code_3(run: Run) -> None:
    failed = run("sync", "mlflow", "http://127.0.0.1:1")
    assert (failed.code, failed.err.count("\n")) == (3, 1)
    assert "the MLflow server at http://127.0.0.1:1 does not answer" in failed.err


@pytest.mark.parametrize("uri", ["sqlite:///mlflow.db", "mlruns"])
def test_what_is_no_server_is_refused(run: Run, uri: str) -> None:
    refused = run("sync", "mlflow", uri)
    assert (refused.code, "start `mlflow server` on it" in refused.err) == (1, True)


def test_a_file_of_a_run_is_published(run: Run, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(LEAST))
    published = run("publish", "run.json")
    assert (published.code, published.err) == (0, "")
    assert published.out == "published 1 run: 4 new nodes, 3 new edges\nnot described yet: ds:users:v12\n"
    told = json.loads(run("publish", "run.json", "--json").out)
    assert (told["run_ids"], told["nodes"], told["edges"]) == (["r1"], 0, 0)


def test_runs_may_come_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.dumps([LEAST, {**LEAST, "run_id": "r2"}]).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert run("publish", "-").out.startswith("published 2 runs: 5 new nodes, 6 new edges\n")


def test_one_wrong_run_keeps_all_of_a_file_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "runs.json").write_text(json.dumps([LEAST, {**LEAST, "metrics": {"f1": "high"}}]))
    refused = run("publish", "runs.json")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "paperlineage: runs.json: [1].metrics.f1: Input should be a valid number\n"
    assert not (tmp_path / "home" / "graph.kgl").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'"run"'])
def test_what_is_no_run_is_refused_in_one_line(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "run.json").write_bytes(content)
    refused = run("publish", "run.json")
    assert (refused.code, refused.err.count("\n")) == (1, 1)


@pytest.mark.parametrize("name", ["missing.json", ".", "a\nb"])
def test_a_file_that_cannot_be_read_is_refused_in_one_line(run: Run, name: str) -> None:
    refused = run("publish", name)
    assert (refused.code, refused.err.count("\n")) == (1, 1)


def test_a_graph_that_cannot_be_opened_is_exit_code_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(LEAST))
    (tmp_path / "file").touch()
    assert run("publish", "run.json", home=tmp_path / "file").code == 3
