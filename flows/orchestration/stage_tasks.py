"""The stages of a document as Prefect task runs, which the UI shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from prefect import State, Task, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from records import RejectedInputError, UnavailableError

Result = TypeVar("Result")

STAGES = ("read", "recognise", "canonicalise", "write")
RETRY_DELAYS_SECONDS = (2.0, 8.0, 20.0)


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
