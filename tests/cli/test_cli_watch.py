"""What `watch`, `status` and `retry` say and end with."""

import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from program import PAPERS, Run, finished, own_process
from s3_server import S3Bucket
from watchers import wait_until

QUICK = {
    "PAPERLINEAGE_WATCH__SETTLE_SECONDS": "0.1",
    "PAPERLINEAGE_WATCH__POLL_SECONDS": "0.3",
    "PAPERLINEAGE_WATCH__PATIENCE_SECONDS": "0.1",
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in QUICK.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_a_refused_file_goes_through_watch_status_and_retry(run: Run, inbox: Path) -> None:
    (inbox / "bad\x1b[31m.pdf").write_bytes(b"no PDF")
    watched = run("watch", inbox, "--once")
    assert watched.code == 1
    assert watched.out.startswith("refused bad\ufffd[31m.pdf: not a PDF")
    assert len(watched.out.splitlines()) == 1
    assert "moved to quarantine/bad" in watched.out

    told = run("status")
    assert told.code == 0
    assert "1 refused" in told.out
    assert "\x1b" not in told.out
    (row,) = json.loads(run("status", "--json").out)
    assert (row["key"], row["state"], row["job"], row["bucket"]) == (
        "bad\x1b[31m.pdf", "refused", "", str(inbox),
    )  # fmt: skip
    assert "not a PDF" in row["reason"]
    assert json.loads(run("status", "--json", "--state", "done").out) == []

    retried = run("retry", "bad\x1b[31m.pdf")
    assert (retried.code, retried.err) == (0, "")
    assert [path.name for path in inbox.iterdir()] == ["bad\x1b[31m.pdf"]
    assert json.loads(run("status", "--json").out)[0]["state"] == "seen"


def test_a_paper_is_done_and_nothing_is_left_to_do(run: Run, inbox: Path) -> None:
    shutil.copy(PAPERS[1], inbox / "paper.pdf")
    watched = run("watch", inbox, "--once", "--json")
    assert watched.code == 0, watched.err
    (line,) = watched.out.splitlines()
    assert (json.loads(line)["key"], json.loads(line)["state"]) == ("paper.pdf", "done")
    (row,) = json.loads(run("status", "--json").out)
    assert row["job"]
    again = run("watch", inbox, "--once")
    assert (again.code, again.out) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["watch", "nowhere"], 1, "there is no folder nowhere"),
        (["watch", "gs://bucket"], 1, "gs:// cannot be watched"),
        (["retry", "nowhere.pdf"], 1, "knows no object 'nowhere.pdf'"),
        (["retry"], 2, "--all"),
        (["retry", "a.pdf", "--all"], 2, "--all"),
        (["status", "--state", "lost"], 2, "seen, claimed, done"),
    ],
)
def test_what_cannot_be_done_is_told_with_its_code(
    run: Run, arguments: list[str], code: int, said: str
) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_before_anything_was_watched_there_is_nothing_to_tell(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("status", "--json").out) == []
    assert run("status").code == 0
    assert run("retry", "--all").code == 0
    assert not (tmp_path / "home").exists()


def test_a_store_that_does_not_answer_ends_it_with_its_own_code(
    run: Run, s3_bucket: S3Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    done = run("watch", s3_bucket.address)
    assert (done.code, done.out) == (3, "")
    assert "does not answer" in done.err.splitlines()[-1]
    assert "Debug source" not in done.err


def test_a_store_is_watched_as_a_folder_is(run: Run, s3_bucket: S3Bucket) -> None:
    s3_bucket.put("in/bad.pdf", b"no PDF")
    assert run("watch", f"{s3_bucket.address}/in", "--once").code == 1
    assert s3_bucket.keys() == ["in/quarantine/bad.pdf", "in/quarantine/bad.pdf.reason.txt"]
    assert run("retry", "--all").code == 0
    assert s3_bucket.keys() == ["in/bad.pdf"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_a_watcher_cleanly(inbox: Path, tmp_path: Path, number: int, code: int) -> None:
    environment = {
        **QUICK,
        "PAPERLINEAGE_HOME": str(tmp_path / "home"),
        "PREFECT_HOME": str(tmp_path / "prefect"),
    }
    (inbox / "empty.pdf").touch()
    watcher = own_process("watch", inbox, environment=environment, folder=tmp_path)
    wait_until((inbox / "quarantine" / "empty.pdf.reason.txt").exists)
    time.sleep(0.5)
    began = time.monotonic()
    os.kill(watcher.pid, number)
    ended = finished(watcher)
    assert time.monotonic() - began < 10
    assert ended.code == code, ended.err
    assert ended.out.startswith("refused empty.pdf")
    assert ended.err.splitlines() == [f"watching {inbox}; Ctrl-C ends it"]
    assert not list((tmp_path / "home" / "watchers").iterdir())
    assert not list((tmp_path / "home" / "spool").iterdir())
