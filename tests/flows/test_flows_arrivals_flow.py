"""A bucket as a flow that a schedule runs: what the server shows of it, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from program import CHECKOUT, PAPERS

from graph import open_store

PAPER = PAPERS[0]
LOOK = """
import sys
from flows.orchestration.arrivals_flow import ingest_arrivals
state = ingest_arrivals(sys.argv[1], return_state=True)
print(state.type.value, state.name, state.message, sep="|")
"""
pytestmark = pytest.mark.slow


def looked(api_url: str, bucket: Path, home: Path) -> list[str]:
    """Type, name and message of the state in which one look into the bucket ends."""
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("PAPERLINEAGE", "PREFECT"))
    }
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(bucket)],
        env={
            **ours,
            "PYTHONPATH": str(CHECKOUT),
            "PAPERLINEAGE_HOME": str(home),
            "PAPERLINEAGE_WATCH__SETTLE_SECONDS": "0.2",
            "PREFECT_HOME": str(home / "prefect"),
            "PREFECT_API_URL": api_url,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1].split("|")


def run_names(api_url: str) -> set[str]:
    request = Request(f"{api_url}/flow_runs/filter", b"{}", {"Content-Type": "application/json"})  # noqa: S310
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
        return {run["name"] for run in json.load(answer)}


def test_a_look_takes_what_is_new_once_and_says_how_it_went(prefect_server: str, tmp_path: Path) -> None:
    bucket, home = tmp_path / "inbox", tmp_path / "home"
    bucket.mkdir()
    shutil.copy(PAPER, bucket / "paper.pdf")
    assert looked(prefect_server, bucket, home) == ["COMPLETED", "Completed", "1 done"]
    assert {f"arrivals in {bucket}", "paper.pdf"} <= run_names(prefect_server)
    assert looked(prefect_server, bucket, home) == ["COMPLETED", "Completed", "nothing new"]

    (bucket / "notes.txt").write_text("no PDF")
    assert looked(prefect_server, bucket, home) == ["COMPLETED", "PartlyRejected", "1 refused"]


def test_a_look_that_could_not_read_everything_is_never_shown_as_completed(
    prefect_server: str, tmp_path: Path
) -> None:
    bucket, home = tmp_path / "inbox", tmp_path / "home"
    bucket.mkdir()
    kind, _, message = looked(prefect_server, bucket / "missing", home)
    assert (kind, "there is no folder" in message) == ("FAILED", True)

    shutil.copy(PAPER, bucket / "paper.pdf")
    with open_store(f"kglite://{home / 'graph.kgl'}"):
        kind, _, message = looked(prefect_server, bucket, home)
    assert (kind, "open for writing" in message) == ("FAILED", True)
    assert looked(prefect_server, bucket, home)[0] == "COMPLETED"
