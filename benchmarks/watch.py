"""How long it takes from dropping a paper to an answer, and what Prefect costs.

`python -m benchmarks.watch [--papers FOLDER ...]` starts `paperlineage serve` with everything that it starts,
drops papers of ten pages one after the other into the watched folder, and asks after each until the graph
answers who introduced the step that only this paper proposes. Then it reads a batch of papers (those of the
folders, or made ones) with a Prefect server and, the peer in the same rounds, without.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.made_papers import PAGES, made_paper, step_name
from benchmarks.timings import summary
from flows.compose import open_graph
from flows.ingesting import ingest_files
from flows.orchestration.delivery import deliver_to_prefect
from flows.orchestration.own_server import free_port, prefect_service
from flows.outcomes import OutcomeState
from flows.pdf_files import PdfFile, pdf_files
from flows.settings import Settings, prepare_prefect_client
from flows.workbench import Workbench
from graph import introduced
from records import EntityType, RejectedInputError

PROGRAM = (sys.executable, "-c", "from cli.main import main; main()")
START_SECONDS = 180.0
ANSWER_SECONDS = 120.0
ASK_EVERY_SECONDS = 0.1
BATCH = 61


def main() -> None:
    """Measures, and prints one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--papers", nargs="*", type=Path, default=[], metavar="FOLDER")
    arguments.add_argument("--drops", type=int, default=20)
    arguments.add_argument("--rounds", type=int, default=2)
    given = arguments.parse_args()
    report: dict[str, object] = {}
    if given.drops:
        report["drop_to_answer"] = {"pages": PAGES, **summary(drops_to_answers(given.drops))}
    if given.rounds:
        report["prefect"] = prefect_overhead(given.papers, rounds=given.rounds)
    print(json.dumps(report, indent=2))


def drops_to_answers(count: int) -> list[float]:
    """Seconds from each drop to its answer; one drop before them is not counted."""
    papers = [made_paper(number) for number in range(count + 1)]
    with TemporaryDirectory() as folder, serving(Path(folder)) as (inbox, settings):
        seconds = []
        for number, content in enumerate(papers):
            unfinished = inbox / f"{number}.part"
            unfinished.write_bytes(content)
            began = time.perf_counter()
            unfinished.rename(inbox / f"{number}.pdf")
            wait_for_answer(settings, step_name(number))
            seconds.append(time.perf_counter() - began)
    return seconds[1:]


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Path, Settings]]:
    """A running `serve`, as its watched folder and the settings that find its graph."""
    inbox, home, log = folder / "inbox", folder / "home", folder / "serve.log"
    inbox.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT")},
        "PAPERLINEAGE_HOME": str(home),
        "PREFECT_HOME": str(folder / "prefect"),
    }
    with log.open("w") as stream:
        command = [*PROGRAM, "serve", str(inbox), "--port", "0"]
        served = subprocess.Popen(command, env=environment, stdout=stream, stderr=stream)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not re.search("^watching", log.read_text(), re.MULTILINE):
            if served.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"serve did not start: {log.read_text()}")
            time.sleep(0.2)
        yield inbox, Settings(home=home, graph_url="", prefect_api_url="")
    finally:
        served.send_signal(signal.SIGINT)
        served.wait(60)


def wait_for_answer(settings: Settings, step: str) -> None:
    """Returns once the graph says who introduced the step.

    It is asked by the step's id, for looking names up would take time from the watcher on a small machine.
    """
    entity_id = f"{EntityType.PREPROCESSING_STEP.id_prefix}:{step.replace(' ', '-')}"
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        with suppress(RejectedInputError), open_graph(settings, read_only=True) as store:
            if introduced(store, entity_id):  # rejected where there is no graph yet
                return
        time.sleep(ASK_EVERY_SECONDS)
    raise SystemExit(f"no answer about {step} within {ANSWER_SECONDS:g} s")


def prefect_overhead(folders: Sequence[Path], *, rounds: int) -> dict[str, object]:
    """What a flow run and its task runs add to a batch, for each document; the first round is not counted."""
    prepare_prefect_client()
    seconds: dict[str, list[float]] = {"with": [], "without": []}
    with TemporaryDirectory() as folder:
        files = batch(folders, Path(folder))
        with prefect_service(Path(folder) / "prefect", port=free_port()) as api_url:
            for number in range(rounds + 1):
                for way, url in (("with", api_url), ("without", "")):
                    home = Path(folder) / f"home-{way}-{number}"
                    settings = Settings(home=home, graph_url="", prefect_api_url=url)
                    seconds[way].append(batch_seconds(files, settings))
            deliver_to_prefect()
    with_prefect, without = seconds["with"][1:], seconds["without"][1:]
    added = median(with_prefect) - median(without)
    return {
        "documents": len(files),
        "with_s": [round(value, 2) for value in with_prefect],
        "without_s": [round(value, 2) for value in without],
        "times_without": round(median(with_prefect) / median(without), 2),
        "added_per_document_ms": round(1000 * added / len(files), 1),
    }


def batch(folders: Sequence[Path], folder: Path) -> list[PdfFile]:
    """The papers of the folders, or made ones."""
    if folders:
        return pdf_files(folders)
    for number in range(BATCH):
        (folder / f"{number:02}.pdf").write_bytes(made_paper(number))
    return pdf_files([folder])


def batch_seconds(files: Sequence[PdfFile], settings: Settings) -> float:
    """How long a warm process takes for the batch."""
    with Workbench(settings) as workbench:
        workbench.warm_up()
        began = time.perf_counter()
        outcomes = ingest_files(files, workbench)
        took = time.perf_counter() - began
    if any(outcome.state is not OutcomeState.INGESTED for outcome in outcomes):
        raise SystemExit(f"not every paper was ingested: {outcomes}")
    return took


if __name__ == "__main__":
    main()
