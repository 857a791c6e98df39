"""`paperlineage serve` as a team uses it: a paper is dropped, a run is told, Ctrl-C ends everything."""

import json
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from program import PAPERS, Run, own_process

PAPER = PAPERS[0]
STEP = "boundary-aware token folding"
START_SECONDS = 150.0
SETTLE_SECONDS = 60.0
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+\S*")
RUN = {
    "run_id": "served",
    "commit": "abc",
    "dataset_versions": ["ds:squad:v12"],
    "metrics": {"f1": 0.9},
    "artifacts": [],
    "parameters": {"preprocessing": STEP},
    "models": ["models:/qa/1"],
}
pytestmark = pytest.mark.slow


class Served:
    """A running `serve`, and what it has said so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[str] = []
        self._readers = [
            threading.Thread(target=self._keep, args=(stream,), daemon=True)
            for stream in (process.stdout, process.stderr)
        ]
        for reader in self._readers:
            reader.start()

    def _keep(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self.lines.append(line.strip())

    def end(self) -> None:
        """Kills it if it is still there, and hears it out."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join()

    def says(self, start: str, *, within: float) -> str:
        """The line that starts so, once it is there."""
        deadline = time.monotonic() + within
        while True:
            for line in list(self.lines):
                if line.startswith(start):
                    return line
            assert self.process.poll() is None, self.lines
            assert time.monotonic() < deadline, self.lines
            time.sleep(0.1)

    def address(self, part: str) -> str:
        found = ADDRESS.search(self.says(part, within=START_SECONDS))
        assert found
        return found[0]


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[Served]:
    inbox = folder / "inbox"
    inbox.mkdir()
    process = own_process(
        *("serve", inbox, "--port", "0"),
        environment={
            "PAPERLINEAGE_HOME": str(folder / "home"),
            "PREFECT_HOME": str(folder / "prefect"),
            "PAPERLINEAGE_WATCH__SETTLE_SECONDS": "0.3",
            **environment,
        },
        folder=folder,
    )
    served = Served(process)
    try:
        yield served
    finally:
        served.end()


def posted(url: str, body: object) -> tuple[int, Any]:
    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310 - loopback
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def states_of_runs(prefect: str) -> set[str]:
    """How the flow runs ended, once all have; an object is settled a moment before its run ends."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while True:
        _, runs = posted(f"{prefect}/api/flow_runs/filter", {})
        if runs and all(run["end_time"] for run in runs):
            return {str(run["state_name"]) for run in runs}
        assert time.monotonic() < deadline, runs
        time.sleep(0.2)


def is_silent(url: str) -> bool:
    try:
        urlopen(url, timeout=5).close()  # noqa: S310 - loopback
    except HTTPError:
        return False
    except (URLError, OSError):
        return True
    return False


def test_a_paper_and_a_run_meet_and_ctrl_c_ends_everything(run: Run, tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        prefect, metadata = served.address("Prefect UI"), served.address("metadata API")
        served.says("watching", within=START_SECONDS)
        shutil.copy(PAPER, tmp_path / "inbox" / PAPER.name)
        (tmp_path / "inbox" / "notes.txt").write_text("no PDF")
        served.says(f"done {PAPER.name}", within=SETTLE_SECONDS)
        served.says("refused notes.txt", within=SETTLE_SECONDS)

        assert posted(metadata, RUN)[0] == 201
        assert posted(metadata, RUN)[0] == 200
        code, refusal = posted(metadata, {**RUN, "metrics": {"f1": "high"}})
        assert (code, "metrics" in str(refusal["detail"])) == (422, True)

        assert states_of_runs(prefect) <= {"Completed", "PartlyRejected"}

        home = tmp_path / "home"
        impact = run("ask", "impact", STEP, home=home)
        assert impact.code == 0, impact.err
        assert "models:/qa/1" in impact.out
        ledger = json.loads(run("status", "--json", home=home).out)
        assert {entry["key"]: entry["state"] for entry in ledger} == {
            PAPER.name: "done",
            "notes.txt": "refused",
        }
        assert (tmp_path / "inbox" / "quarantine" / "notes.txt").exists()

        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(timeout=60) == 130
        assert is_silent(prefect)
        assert is_silent(metadata)
    assert not any("Traceback" in line for line in served.lines), served.lines


def test_a_prefect_server_that_is_configured_is_used_and_left_running(
    prefect_server: str, tmp_path: Path
) -> None:
    with serving(tmp_path, PREFECT_API_URL=prefect_server) as served:
        assert f"{served.address('Prefect UI')}/api" == prefect_server
        served.says("watching", within=START_SECONDS)
        served.process.terminate()
        assert served.process.wait(timeout=60) == 0
    assert not is_silent(f"{prefect_server}/health")


def test_a_port_in_use_is_told_of_and_nothing_is_left_running(
    run: Run, tmp_path: Path, prefect_server: str
) -> None:
    port = prefect_server.removesuffix("/api").rpartition(":")[2]
    done = run("serve", tmp_path, "--port", port)
    assert done.code == 3
    assert f"port {port} of 127.0.0.1 is in use" in done.err
