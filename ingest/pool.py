"""A pool of limited worker processes that read PDFs, so that no file can take the program down."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessPool

from ingest.limits import ReadingLimits, took_too_long
from ingest.scratch import ScratchFolder
from ingest.submissions import Submission, settle_with
from ingest.worker import read_in_worker, start_worker
from records import Document, UnavailableError, UnreadablePdfError

ATTEMPTS = 2  # a worker may once die of something else than its document: the machine's lack of memory


class PdfReaderPool:
    """Reads PDFs in worker processes with limits on memory and time; use as a context manager.

    Leaving the context waits for the documents submitted, unless an exception is on its way: then the
    workers are stopped at once.
    """

    def __init__(self, limits: ReadingLimits, *, workers: int) -> None:
        self._limits = limits
        self._workers = workers
        self._scratch = ScratchFolder()
        self._pool = self._new_pool()
        self._mending = Lock()
        self._unsettled: set[Future[Document]] = set()
        self._stopped = False

    def _new_pool(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["ingest.reader", "pymupdf"])  # loaded once, for all workers to come
        return ProcessPool(
            max_workers=self._workers,
            context=context,
            initializer=start_worker,
            initargs=[self._limits.address_space_bytes, str(self._scratch.path)],
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if exception_type is None:
            wait(list(self._unsettled))  # a document may yet have to be tried again
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._stopped = True
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._scratch.remove()
        for future in list(self._unsettled):
            future.cancel()

    def warm_up(self) -> None:
        """Starts the workers now instead of with the first document; comes back before they are ready."""
        self._mend()

    def submit(self, path: Path) -> Future[Document]:
        """The future document; it raises UnreadablePdfError with a one-line reason for a file without one.

        It raises UnavailableError where the workers themselves cannot start.
        """
        submission = Submission(path, self._limits, run=partial(self._run, path), most_tasks=self._workers)
        future = submission.future
        self._unsettled.add(future)
        future.add_done_callback(self._unsettled.discard)
        submission.start(read_in_worker)
        return future

    def _run(self, path: Path, work: Callable[..., Any], *arguments: object) -> Future[Any]:
        """The future result of the work, which a worker does for the file; its errors are the file's."""
        outcome: Future[Any] = Future()
        self._schedule(_Task(path=path, work=work, arguments=arguments, outcome=outcome), attempt=1)
        return outcome

    def _schedule(self, task: "_Task", *, attempt: int) -> None:
        timeout = self._limits.timeout_seconds
        try:
            running = self._pool.schedule(task.work, args=task.arguments, timeout=timeout)
        except RuntimeError as error:  # the pool has been stopped, or has broken
            settle_with(task.outcome, self._refusal(task.path, error))
            return
        running.add_done_callback(self._settling(task, attempt=attempt))
        task.outcome.add_done_callback(lambda outcome: _stop(running) if outcome.cancelled() else None)

    def _settling(self, task: "_Task", *, attempt: int) -> Callable[[Future[Any]], None]:
        """What happens to the outcome when a worker is through with the task, or the task with it."""

        def settle(running: Future[Any]) -> None:
            if running.cancelled() or task.outcome.done() or self._stopped:
                task.outcome.cancel()  # a worker that we stopped ourselves is no reason to try again
                return
            error = running.exception()
            if error is None:
                settle_with(task.outcome, running.result())
            elif attempt < ATTEMPTS and not isinstance(error, (UnreadablePdfError, FutureTimeoutError)):
                self._mend()
                self._schedule(task, attempt=attempt + 1)
            else:
                settle_with(task.outcome, self._refusal(task.path, error))

        return settle

    def _mend(self) -> None:
        """Puts a new pool in the place of a broken one; a pool that has only lost a worker heals itself."""
        with self._mending:
            if not self._pool.active:  # asking starts a pool that has not begun
                self._pool = self._new_pool()

    def _refusal(self, path: Path, error: BaseException) -> Exception:
        if isinstance(error, (UnreadablePdfError, UnavailableError)):
            return error
        if isinstance(error, FutureTimeoutError):
            return UnreadablePdfError(f"{path.name}: {took_too_long(self._limits)}")
        if isinstance(error, ProcessExpired):
            return UnreadablePdfError(f"{path.name}: the process that read it died ({_death(error)})")
        return UnavailableError(f"the processes that read PDFs cannot work ({type(error).__name__}: {error})")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Task:
    """Work that a worker does for a file, and its future result."""

    path: Path
    work: Callable[..., Any]
    arguments: Sequence[object]
    outcome: Future[Any]


def _stop(running: Future[Any]) -> None:
    running.cancel()  # of a task that has begun, pebble stops the worker


def _death(error: ProcessExpired) -> str:
    code = error.exitcode
    return f"signal {-code}" if isinstance(code, int) and code < 0 else f"exit code {code}"
