"""Watchers for tests: short waits, tiny PDFs, and a listener that remembers."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import gettempdir

import pymupdf
from program import CHECKOUT

from bucket import Bucket, LedgerEntry, ObjectState, open_bucket
from flows.compose import Pipeline
from flows.settings import Settings
from flows.watching.retrying import known_objects
from flows.watching.settings import WatchSettings
from flows.watching.watch import watch
from flows.workbench import Workbench
from graph import open_store

QUICK: dict[str, float] = {
    "settle_seconds": 0.2,
    "patience_seconds": 1.0,
    "poll_seconds": 0.5,
    "retry_seconds": 0.2,
    "longest_retry_seconds": 1.0,
}


def tiny_pdf(words: str) -> bytes:
    """A PDF of one page with these words."""
    with pymupdf.open() as pdf:
        page = pdf.new_page()
        page.insert_text((72, 72), f"A paper about {words}", fontsize=16)
        page.insert_text((72, 120), f"We use byte-pair encoding for {words}.")
        return bytes(pdf.tobytes())


@cache
def _pipeline() -> Pipeline:
    return Workbench(Settings(home=Path(gettempdir()), prefect_api_url="")).pipeline


def settings_of(home: Path, **watch_settings: float | bool) -> Settings:
    quick = WatchSettings.model_validate({**QUICK, **watch_settings})
    return Settings(home=home, prefect_api_url="", workers=1, operator="tester", watch=quick)


@contextmanager
def workbench_of(settings: Settings) -> Iterator[Workbench]:
    """A workbench over the settings, with the one pipeline that all tests share."""
    with Workbench(settings) as workbench:
        workbench.__dict__["pipeline"] = _pipeline()
        yield workbench


@dataclass(slots=True)
class Heard:
    """What a watcher told."""

    entries: list[LedgerEntry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def settled(self, entry: LedgerEntry) -> None:
        self.entries.append(entry)

    def noted(self, text: str) -> None:
        self.notes.append(text)

    def recorded(self, flow_run_url: str) -> None:
        pass

    def told(self) -> list[tuple[str, str]]:
        return sorted((entry.key, entry.state.value) for entry in self.entries)


def look_once(bucket: Bucket | Path, settings: Settings) -> Heard:
    """What a single look at the bucket settled."""
    heard = Heard()
    opened = open_bucket(str(bucket)) if isinstance(bucket, Path) else bucket
    with workbench_of(settings) as workbench:
        watch(opened, workbench, listener=heard, stop=threading.Event(), once=True)
    return heard


@contextmanager
def watching(bucket: Bucket | Path, settings: Settings) -> Iterator[Heard]:
    """Watches in a thread for as long as the context lasts; its error is raised when it is left."""
    heard, stop, errors = Heard(), threading.Event(), list[Exception]()
    opened = open_bucket(str(bucket)) if isinstance(bucket, Path) else bucket

    def run() -> None:
        try:
            with workbench_of(settings) as workbench:
                watch(opened, workbench, listener=heard, stop=stop)
        except Exception as error:  # noqa: BLE001 - raised in the test's own thread
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield heard
    finally:
        stop.set()
        thread.join()
    if errors:
        raise errors[0]


def wait_until(true: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def states(settings: Settings) -> dict[str, str]:
    return {entry.key: entry.state.value for entry in known_objects(settings)}


def entry_of(settings: Settings, key: str) -> LedgerEntry:
    (entry,) = [entry for entry in known_objects(settings) if entry.key == key]
    return entry


def all_are(settings: Settings, state: ObjectState, keys: list[str]) -> Callable[[], bool]:
    return lambda: states(settings) == dict.fromkeys(keys, state.value)


def jobs_in(settings: Settings) -> list[str]:
    """The documents of the jobs in the graph, each as often as there are jobs."""
    with open_store(f"kglite://{settings.home / 'graph.kgl'}", read_only=True) as store:
        rows = store.read("MATCH (j:ExtractionJob)-[:USED]->(d:Document) RETURN d.id AS id ORDER BY id")
    return [str(row["id"]) for row in rows]


def left_in_spool(settings: Settings) -> list[Path]:
    return [path for path in (settings.home / "spool").rglob("*") if path.is_file()]


HOLD_GRAPH = """
import sys
from graph import open_store
with open_store(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.readline()
"""


class HeldGraph:
    """The graph of a home, held by another process as its writer."""

    def __init__(self, settings: Settings) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", HOLD_GRAPH, f"kglite://{settings.home / 'graph.kgl'}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=CHECKOUT,
        )
        assert self._process.stdout
        assert self._process.stdout.readline() == "held\n"

    def release(self) -> None:
        if self._process.poll() is None:
            self._process.communicate("\n")
