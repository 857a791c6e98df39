"""Ingesting files: what is new is read ahead in workers, recognised here and written document by document."""

import traceback
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter

from canonicalize import JobStamp
from flows.bridging import bridge
from flows.compose import Pipeline
from flows.earlier_readings import read_before
from flows.outcomes import DocumentOutcome, Listener, OutcomeState, count_of, lasting
from flows.pdf_files import PdfFile
from flows.stages import StageRunner, canonicalise, read, recognise, write
from flows.workbench import Workbench
from graph import GraphStore
from records import (
    Annotations,
    Document,
    JobOutput,
    PageSource,
    RejectedInputError,
    UnavailableError,
)

READ_AHEAD_PER_WORKER = 2  # a read document weighs some megabytes, and one waiting for each worker is enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingestion:
    """What one run works with."""

    workbench: Workbench
    store: GraphStore
    runner: StageRunner
    listener: Listener


def ingest_batch(
    files: Sequence[PdfFile], workbench: Workbench, *, runner: StageRunner, listener: Listener
) -> list[DocumentOutcome]:
    """One outcome for each file; what this pipeline version has read stays unread."""
    listener.found(len(files))
    with workbench.open_graph() as store:
        earlier = read_before(files, store, workbench.version)
        outcomes = {file.path: settled(file, earlier) for file in files}
        for outcome in filter(None, outcomes.values()):
            listener.finished(outcome)
        if new := [file for file in files if outcomes[file.path] is None]:
            ingestion = Ingestion(workbench=workbench, store=store, runner=runner, listener=listener)
            written = _read_and_written(new, ingestion)
            outcomes |= written
            if not count_of(written.values(), OutcomeState.FAILED):  # else the graph has gone
                bridge(store, operator=workbench.settings.operator)  # papers bring names that runs may bear
    return [outcome for outcome in outcomes.values() if outcome]


def _read_and_written(files: Sequence[PdfFile], ingestion: Ingestion) -> dict[Path, DocumentOutcome]:
    workbench, outcomes, unavailable = ingestion.workbench, dict[Path, DocumentOutcome](), ""
    ahead = workbench.settings.workers * READ_AHEAD_PER_WORKER
    readings = read_ahead(files, workbench.readers.submit, ahead=ahead)
    pipeline = workbench.pipeline  # built, the first time, while the workers read the first files
    for file, reading in readings:
        outcome = outcomes[file.path] = _outcome(file, reading, ingestion=ingestion, pipeline=pipeline)
        ingestion.listener.finished(outcome)
        if outcome.state is OutcomeState.FAILED:
            unavailable = outcome.reason
            break  # what is unavailable is the graph, and it is so for the next document too
    for file in files:
        if file.path not in outcomes:
            outcome = outcomes[file.path] = _not_tried(file, unavailable)
            ingestion.listener.finished(outcome)
    return outcomes


def _not_tried(file: PdfFile, unavailable: str) -> DocumentOutcome:
    return DocumentOutcome(
        path=file.shown, state=OutcomeState.FAILED, reason=f"not tried, since {unavailable}"
    )


def settled(file: PdfFile, earlier: Mapping[str, DocumentOutcome]) -> DocumentOutcome | None:
    """The outcome of a file that need not be read, None for one that has to be."""
    if file.problem:
        return DocumentOutcome(path=file.shown, state=OutcomeState.REJECTED, reason=file.problem)
    if file.same_as:
        return DocumentOutcome(
            path=file.shown,
            state=OutcomeState.UNCHANGED,
            reason=f"the same content as {file.same_as}",
            document_id=file.document_id,
        )
    return earlier.get(file.document_id)


def read_ahead(
    files: Sequence[PdfFile], submit: Callable[[Path], Future[Document]], *, ahead: int
) -> Iterator[tuple[PdfFile, Future[Document]]]:
    """Each file with its reading, in order, while `ahead` more are submitted; the first ones are at once."""
    remaining = iter(files)
    waiting = deque((file, submit(file.path)) for file in islice(remaining, ahead))

    def in_order() -> Iterator[tuple[PdfFile, Future[Document]]]:
        while waiting:
            yield waiting.popleft()
            waiting.extend((file, submit(file.path)) for file in islice(remaining, 1))

    return in_order()


def _outcome(
    file: PdfFile, reading: Future[Document], *, ingestion: Ingestion, pipeline: Pipeline
) -> DocumentOutcome:
    ingestion.listener.began(file.path)
    began = perf_counter()
    try:
        outcome = _ingested(file, reading, ingestion=ingestion, pipeline=pipeline)
    except RejectedInputError as error:
        outcome = DocumentOutcome(
            path=file.shown,
            state=OutcomeState.REJECTED,
            reason=str(error),
            document_id=file.document_id,
        )
    except UnavailableError as error:
        outcome = DocumentOutcome(
            path=file.shown, state=OutcomeState.FAILED, reason=file.in_its_name(str(error))
        )
    except Exception as error:  # noqa: BLE001 - a fault of ours in one document must not cost the others
        outcome = crashed(file, error, faults=ingestion.workbench.settings.home / "faults")
    return lasting(outcome, perf_counter() - began)


def crashed(file: PdfFile, error: Exception, *, faults: Path) -> DocumentOutcome:
    """The outcome of a document on which this program itself failed; the traceback is kept in `faults`."""
    faults.mkdir(parents=True, exist_ok=True)
    report = faults / f"{file.document_id}.txt"
    report.write_text("".join(traceback.format_exception(error)), "utf-8", "backslashreplace")
    reason = f"a fault of paperlineage ({type(error).__name__}): please report it with {report}"
    return DocumentOutcome(
        path=file.shown, state=OutcomeState.CRASHED, reason=reason, document_id=file.document_id
    )


def _ingested(
    file: PdfFile, reading: Future[Document], *, ingestion: Ingestion, pipeline: Pipeline
) -> DocumentOutcome:
    runner, name = ingestion.runner, file.name
    stamp = JobStamp(
        pipeline_version=pipeline.version,
        agent=pipeline.agent,
        started_at=datetime.now(UTC),
        flow_run_id=runner.flow_run_id,
        flow_run_url=runner.flow_run_url,
    )
    document = runner.run("read", name, lambda: read(reading, file))
    annotations = runner.run("recognise", name, lambda: recognise(document, pipeline))
    output = runner.run(
        "canonicalise",
        name,
        lambda: canonicalise(document, annotations, pipeline=pipeline, stamp=stamp),
    )
    runner.run("write", name, lambda: write(output, ingestion.store))
    ingestion.listener.wrote(output)
    return outcome_of(output, annotations, path=file.shown)


def outcome_of(output: JobOutput, annotations: Annotations, *, path: str) -> DocumentOutcome:
    """The outcome of a document that is in the graph now."""
    document = output.document
    return DocumentOutcome(
        path=path,
        state=OutcomeState.INGESTED,
        document_id=document.id,
        title=output.paper.title,
        pages=len(document.pages),
        ocr_pages=sum(page.source is PageSource.OCR for page in document.pages),
        mentions=len(annotations.mentions),
        facts=len({evidence.fact.id for evidence in output.evidence}),
        warnings=document.warnings,
    )
