"""The same ingestion as a Prefect flow: each stage of each document is a task run that the UI shows."""

import logging
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from httpx import HTTPError
from prefect import State, Task, flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.logging.handlers import PrefectConsoleHandler
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Completed, Failed

from flows.ingestion import ingest_batch
from flows.outcomes import DocumentOutcome, Listener, OutcomeState, Silence, count_of, in_words
from flows.settings import Settings, load_settings
from records import PaperlineageError, RejectedInputError, UnavailableError

Result = TypeVar("Result")

STAGES = ("read", "recognise", "canonicalise", "write")
RETRY_DELAYS_SECONDS = (2.0, 8.0, 20.0)
NAMES_IN_TITLE = 3


@dataclass(slots=True)
class Call:
    """What a caller in this process hands to the flow and takes from it.

    It goes past Prefect on purpose: parameters and results of a flow are sent to the server.
    """

    settings: Settings
    listener: Listener
    outcomes: list[DocumentOutcome] = field(default_factory=list)
    error: PaperlineageError | None = None


_call: ContextVar[Call | None] = ContextVar("_call", default=None)


def ingest_with_prefect(
    paths: Sequence[Path], settings: Settings, *, listener: Listener
) -> list[DocumentOutcome]:
    """One outcome for each file behind the paths; the run is recorded by the configured server.

    Raises UnavailableError where the server stops answering; what was written by then is in the graph.
    """
    _quieten_console()
    call = Call(settings, listener)
    token = _call.set(call)
    try:
        with temporary_settings({PREFECT_API_URL: settings.prefect_api_url}):
            ingest_papers([str(path) for path in paths], return_state=True)
    except HTTPError as error:
        raise UnavailableError(
            f"the Prefect server at {settings.prefect_api_url} stopped answering ({error}); what was written "
            "so far is in the graph: run the same again when it is back, or without PREFECT_API_URL"
        ) from error
    finally:
        _call.reset(token)
    if call.error:
        raise call.error
    return call.outcomes


def _run_name() -> str:
    paths = cast("list[str]", flow_run.get_parameters()["paths"])
    names = [Path(path).name or path for path in paths]
    shown = ", ".join(names[:NAMES_IN_TITLE])
    return shown if len(names) <= NAMES_IN_TITLE else f"{shown} and {len(names) - NAMES_IN_TITLE} more"


@flow(name="ingest_papers", flow_run_name=_run_name, persist_result=False, validate_parameters=False)
def ingest_papers(paths: list[str]) -> State[None]:
    """Read the PDFs behind the paths into the graph.

    Ends COMPLETED where every input has an outcome of its own making, under the name `PartlyRejected`
    where some were rejected, and FAILED where something unavailable kept a document out.
    """
    call = _call.get() or Call(load_settings(), Silence())
    runner = TaskRuns(flow_run_id=flow_run.get_id() or "", flow_run_url=flow_run.get_flow_run_ui_url() or "")
    call.listener.recorded(runner.flow_run_url)
    try:
        call.outcomes = ingest_batch(
            [Path(path) for path in paths], call.settings, runner=runner, listener=call.listener
        )
    except PaperlineageError as error:
        call.error = error
        return Failed(message=str(error))
    create_table_artifact(
        key="ingested-papers", table=_rows(call.outcomes), description=in_words(call.outcomes)
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


def _rows(outcomes: Sequence[DocumentOutcome]) -> list[dict[str, str | int | float]]:
    return [
        {
            "file": Path(outcome.path).name,
            "state": outcome.state.value,
            "pages": outcome.pages,
            "mentions": outcome.mentions,
            "facts": outcome.facts,
            "seconds": outcome.seconds,
            "reason": outcome.reason,
        }
        for outcome in outcomes
    ]


@dataclass(frozen=True, slots=True)
class TaskRuns:
    """Runs a stage as a Prefect task run named after stage and document.

    Documents stay in this process: the task gets its work as a closure, which Prefect does not look into,
    and returns none of the result, so that Prefect neither keeps nor sends it.
    """

    flow_run_id: str
    flow_run_url: str

    def run(self, stage: str, document_name: str, work: Callable[[], Result]) -> Result:
        """The result of `work`; raises its error, which the task run shows too."""
        results: list[Result] = []
        rejections: list[RejectedInputError] = []

        def attempt() -> State[None] | None:
            try:
                results.append(work())
            except RejectedInputError as error:
                # No fault of the run's: it says so in its name and is not tried again.
                rejections.append(error)
                return Completed(name="Rejected", message=str(error))
            return None

        _TASKS[stage](stage, document_name, attempt)
        if rejections:
            raise rejections[0]
        return results[0]


def _is_worth_retrying(_task: object, _task_run: object, state: State[object]) -> bool:
    return isinstance(state.result(raise_on_failure=False), UnavailableError)


def _stage_task(stage: str) -> Task[[str, str, Callable[[], object]], object]:
    @task(
        name=stage,
        task_run_name="{stage} {document}",
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=len(RETRY_DELAYS_SECONDS),
        retry_delay_seconds=list(RETRY_DELAYS_SECONDS),
        retry_condition_fn=_is_worth_retrying,
    )
    def run_stage(stage: str, document: str, attempt: Callable[[], object]) -> object:  # noqa: ARG001
        return attempt()

    return run_stage


_TASKS = {stage: _stage_task(stage) for stage in STAGES}


def _quieten_console() -> None:
    """Keeps Prefect's account of every task run off the terminal, tracebacks too: the server has it."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, PrefectConsoleHandler):
            handler.setLevel(logging.CRITICAL)
