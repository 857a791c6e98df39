"""A pool of limited worker processes that read PDFs, so that no file can take the program down."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from ingest.limits import ReadingLimits
from ingest.worker import read_in_worker, start_worker
from records import Document, UnavailableError, UnreadablePdfError

ATTEMPTS = 2  # a worker may die of another document's doing once


class PdfReaderPool:
    """Reads PDFs in worker processes with limits on memory and time; use as a context manager.

    Leaving the context waits for the documents submitted, unless an exception is on its way: then the
    workers are stopped at once.
    """

    def __init__(self, limits: ReadingLimits, *, workers: int) -> None:
        self._limits = limits
        self._pool = ProcessPool(
            max_workers=workers,
            context=multiprocessing.get_context("forkserver"),
            initializer=start_worker,
            initargs=[limits.address_space_bytes],
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
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def submit(self, path: Path) -> Future[Document]:
        """The future document; it raises UnreadablePdfError with a one-line reason for a file without one."""
        future: Future[Document] = Future()
        self._schedule(path, future, attempt=1)
        return future

    def _schedule(self, path: Path, future: Future[Document], *, attempt: int) -> None:
        task = self._pool.schedule(
            read_in_worker, args=[path, self._limits], timeout=self._limits.timeout_seconds
        )
        task.add_done_callback(self._on_done(path, future, attempt))

    def _on_done(
        self, path: Path, future: Future[Document], attempt: int
    ) -> Callable[[ProcessFuture], None]:
        def settle(task: ProcessFuture) -> None:
            if task.cancelled():
                future.cancel()
                return
            error = task.exception()
            if error is None:
                future.set_result(task.result())
            elif isinstance(error, ProcessExpired) and attempt < ATTEMPTS:
                self._schedule(path, future, attempt=attempt + 1)
            else:
                future.set_exception(self._refusal(path, error))

        return settle

    def _refusal(self, path: Path, error: BaseException) -> Exception:
        if isinstance(error, UnreadablePdfError):
            return error
        if isinstance(error, (FutureTimeoutError, TimeoutError)):
            seconds = f"{self._limits.timeout_seconds:g}"
            return UnreadablePdfError(
                f"{path.name}: took longer than {seconds} s; raise the time limit if the file is worth it"
            )
        if isinstance(error, ProcessExpired):
            return UnreadablePdfError(f"{path.name}: the reading process died of it ({_death(error)})")
        return UnavailableError(f"{path.name}: the PDF workers cannot work ({type(error).__name__}: {error})")


def _death(error: ProcessExpired) -> str:
    code = error.exitcode
    return f"signal {-code}" if isinstance(code, int) and code < 0 else f"exit code {code}"
