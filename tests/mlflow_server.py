"""A real MLflow server on the loopback interface, and what a training would tell it, over REST."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

START_SECONDS = 180.0
LOGGED_AT = 1_760_000_000_000


@dataclass(frozen=True, slots=True)
class Mlflow:
    """A server that answers at `url`."""

    url: str

    def post(self, path: str, **wanted: object) -> dict[str, Any]:
        """The answer to a call of the REST API 2.0."""
        response = httpx.post(f"{self.url}/api/2.0/mlflow/{path}", json=wanted, timeout=60)
        assert response.is_success, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def experiment(self, name: str) -> str:
        """The id of a new experiment."""
        return str(self.post("experiments/create", name=name)["experiment_id"])

    def run(
        self,
        experiment: str,
        *,
        name: str = "run",
        start_time: int | None = None,
        tags: Mapping[str, str] | None = None,
        parameters: Mapping[str, str] | None = None,
        metrics: Mapping[str, float | str] | None = None,
        datasets: Sequence[Mapping[str, object]] = (),
        ended: bool = True,
    ) -> str:
        """The id of a new run."""
        began = int(time.time() * 1000) if start_time is None else start_time
        pairs = [{"key": key, "value": value} for key, value in (tags or {}).items()]
        created = self.post(
            "runs/create",
            experiment_id=experiment,
            run_name=name,
            user_id="ada",
            start_time=began,
            tags=pairs,
        )
        run_id = str(created["run"]["info"]["run_id"])
        self.log(run_id, parameters or {}, metrics or {})
        if datasets:
            self.post("runs/log-inputs", run_id=run_id, datasets=datasets)
        if ended:
            self.post("runs/update", run_id=run_id, status="FINISHED", end_time=began + 1000)
        return run_id

    def log(
        self, run_id: str, parameters: Mapping[str, str], metrics: Mapping[str, float | str], *, step: int = 0
    ) -> None:
        """Logs parameters, and metrics of a step."""
        self.post(
            "runs/log-batch",
            run_id=run_id,
            params=[{"key": key, "value": value} for key, value in parameters.items()],
            metrics=[
                {"key": key, "value": value, "timestamp": LOGGED_AT + step, "step": step}
                for key, value in metrics.items()
            ],
        )

    def tag(self, run_id: str, key: str, value: str) -> None:
        """Sets a tag, which leaves no other trace on the run."""
        self.post("runs/set-tag", run_id=run_id, key=key, value=value)

    def logged_model(self, experiment: str, run_id: str, name: str, **tags: str) -> str:
        """The id of a new logged model, which the run made."""
        pairs = [{"key": key, "value": value} for key, value in tags.items()]
        wanted = {"experiment_id": experiment, "name": name, "source_run_id": run_id, "tags": pairs}
        model_id = str(self.post("logged-models", **wanted)["model"]["info"]["model_id"])
        self.post("runs/outputs", run_id=run_id, models=[{"model_id": model_id, "step": 0}])
        return model_id

    def registered(self, name: str, model_id: str, run_id: str, **tags: str) -> str:
        """The version number of a new version of a registered model, under the alias "champion"."""
        self.post("registered-models/create", name=name)
        pairs = [{"key": key, "value": value} for key, value in tags.items()]
        wanted = {"name": name, "source": f"models:/{model_id}", "model_id": model_id, "run_id": run_id}
        version = str(self.post("model-versions/create", **wanted, tags=pairs)["model_version"]["version"])
        self.post("registered-models/alias", name=name, alias="champion", version=version)
        return version


def dataset(
    name: str, digest: str, *, context: str, source: str = "{}", source_type: str = "local"
) -> dict[str, object]:
    """A dataset input as `runs/log-inputs` takes it."""
    return {
        "dataset": {"name": name, "digest": digest, "source_type": source_type, "source": source},
        "tags": [{"key": "mlflow.data.context", "value": context}],
    }


def database_of(folder: Path) -> Path:
    """Where the server of a folder keeps its runs."""
    return folder / "mlflow.db"


@contextmanager
def running_mlflow(folder: Path) -> Iterator[Mlflow]:
    """A server over a new database in the folder; it is stopped, by its process id, at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "DO_NOT_TRACK": "true",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
    }
    places = [
        "--backend-store-uri",
        f"sqlite:///{database_of(folder)}",
        "--artifacts-destination",
        str(folder),
    ]
    served = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "mlflow", "server", *places, *served],
            env=environment,
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for_answer(url, server, folder / "server.log")
        yield Mlflow(url)
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # the server and its worker: a session of its own
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait_for_answer(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/health", timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the MLflow server did not start: {log.read_text()[-2000:]}")
