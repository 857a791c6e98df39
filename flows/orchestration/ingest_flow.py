"""The same ingestion as a Prefect flow: each stage of each document is a task run that the UI shows."""

import logging
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from httpx import HTTPError
from prefect import State, flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.logging.handlers import PrefectConsoleHandler
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Completed, Failed

from flows.ingestion import ingest_batch
from flows.orchestration.run_report import FACTS_KEY, TABLE_KEY, ReportingListener, markdown_of, table_of
from flows.orchestration.stage_tasks import TaskRuns
from flows.outcomes import DocumentOutcome, Listener, OutcomeState, Silence, count_of, in_words
from flows.pdf_files import PdfFile, pdf_files
from flows.settings import load_settings
from flows.workbench import Workbench
from records import PaperlineageError, UnavailableError

NAMES_IN_TITLE = 3
NAME_CHARACTERS = 60


@dataclass(slots=True)
class Call:
    """What a caller in this process hands to the flow and takes from it.

    It goes past Prefect on purpose: parameters and results of a flow are sent to the server.
    """

    files: Sequence[PdfFile]
    workbench: Workbench
    listener: Listener
    outcomes: list[DocumentOutcome] = field(default_factory=list)
    error: PaperlineageError | None = None


_call: ContextVar[Call | None] = ContextVar("_call", default=None)


def ingest_with_prefect(
    files: Sequence[PdfFile], workbench: Workbench, *, listener: Listener
) -> list[DocumentOutcome]:
    """One outcome for each file; the run is recorded by the configured server.

    Raises UnavailableError where the server stops answering; what was written by then is in the graph.
    """
    _quieten_console()
    api_url = workbench.settings.prefect_api_url
    call = Call(files, workbench, listener)
    token = _call.set(call)
    try:
        with temporary_settings({PREFECT_API_URL: api_url}):
            ingest_papers([file.shown for file in files], return_state=True)
    except HTTPError as error:
        raise UnavailableError(
            f"the Prefect server at {api_url} stopped answering ({error}); what was written "
            "so far is in the graph: run the same again when it is back, or without PREFECT_API_URL"
        ) from error
    finally:
        _call.reset(token)
    if call.error:
        raise call.error
    return call.outcomes


def run_name(paths: Sequence[str]) -> str:
    """A name that says which papers are in the run."""
    names = [(Path(path).name or path)[:NAME_CHARACTERS] for path in paths]
    shown = ", ".join(names[:NAMES_IN_TITLE]) or "no papers"
    return shown if len(names) <= NAMES_IN_TITLE else f"{shown} and {len(names) - NAMES_IN_TITLE} more"


def _run_name() -> str:
    return run_name(cast("list[str]", flow_run.get_parameters()["paths"]))


@flow(name="ingest_papers", flow_run_name=_run_name, persist_result=False, validate_parameters=False)
def ingest_papers(paths: list[str]) -> State[None]:
    """Read the PDFs behind the paths into the graph.

    Ends COMPLETED where every input has an outcome of its own making, under the name `PartlyRejected`
    where some were rejected, and FAILED where something unavailable kept a document out.
    """
    if call := _call.get():
        return _ingest(call)
    # A worker of Prefect's runs the deployment: nothing but the paths came along.
    files = pdf_files([Path(path) for path in paths])
    with Workbench(load_settings()) as workbench:
        return _ingest(Call(files, workbench, Silence()))


def _ingest(call: Call) -> State[None]:
    runner = TaskRuns(flow_run_id=flow_run.get_id() or "", flow_run_url=flow_run.get_flow_run_ui_url() or "")
    listener = ReportingListener(call.listener)
    listener.recorded(runner.flow_run_url)
    try:
        call.outcomes = ingest_batch(call.files, call.workbench, runner=runner, listener=listener)
    except PaperlineageError as error:
        call.error = error
        return Failed(message=str(error))
    summary = in_words(call.outcomes)
    create_table_artifact(key=TABLE_KEY, table=table_of(call.outcomes), description=summary)
    create_markdown_artifact(
        key=FACTS_KEY, markdown=markdown_of(listener.found_facts, call.outcomes), description=summary
    )
    return final_state(call.outcomes)


def final_state(outcomes: Sequence[DocumentOutcome]) -> State[None]:
    """How the flow run ends; COMPLETED never hides a document that is missing through no fault of its own."""
    lost = (OutcomeState.FAILED, OutcomeState.CRASHED)
    if reasons := [outcome.reason for outcome in outcomes if outcome.state in lost]:
        return Failed(message=f"{in_words(outcomes)}: {reasons[0]}")
    if count_of(outcomes, OutcomeState.REJECTED):
        return Completed(name="PartlyRejected", message=in_words(outcomes))
    return Completed(message=in_words(outcomes))


def _quieten_console() -> None:
    """Keeps Prefect's account of every task run off the terminal, tracebacks too: the server has it."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, PrefectConsoleHandler):
            handler.setLevel(logging.CRITICAL)
