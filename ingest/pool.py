"""A pool of limited worker processes that read PDFs, so that no file can take the program down."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from ingest.limits import ReadingLimits
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
            initargs=[self._limits.address_space_bytes],
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
        for future in list(self._unsettled):
            future.cancel()

    def warm_up(self) -> None:
        """Starts the workers now instead of with the first document; comes back before they are ready."""
        self._mend()

    def submit(self, path: Path) -> Future[Document]:
        """The future document; it raises UnreadablePdfError with a one-line reason for a file without one.

        It raises UnavailableError where the workers themselves cannot start.
        """
        future: Future[Document] = Future()
        self._unsettled.add(future)
        future.add_done_callback(self._unsettled.discard)
        self._schedule(path, future, attempt=1)
        return future

    def _schedule(self, path: Path, future: Future[Document], *, attempt: int) -> None:
        timeout = self._limits.timeout_seconds
        try:
            task = self._pool.schedule(read_in_worker, args=[path, self._limits], timeout=timeout)
        except RuntimeError as error:  # the pool has been stopped, or has broken
            future.set_exception(self._refusal(path, error))
            return
        task.add_done_callback(self._settling(path, future, attempt=attempt))

    def _settling(
        self, path: Path, future: Future[Document], *, attempt: int
    ) -> Callable[[Future[Document]], None]:
        """What happens to the future when a worker is through with the document, or the document with it."""

        def settle(task: Future[Document]) -> None:
            if task.cancelled() or future.done() or self._stopped:
                future.cancel()  # a worker that we stopped ourselves is no reason to try again
                return
            error = task.exception()
            if error is None:
                future.set_result(task.result())
            elif attempt < ATTEMPTS and not isinstance(error, (UnreadablePdfError, FutureTimeoutError)):
                self._mend()
                self._schedule(path, future, attempt=attempt + 1)
            else:
                future.set_exception(self._refusal(path, error))

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
            seconds = f"{self._limits.timeout_seconds:g}"
            return UnreadablePdfError(
                f"{path.name}: took longer than {seconds} s; raise the time limit if the file is worth it"
            )
        if isinstance(error, ProcessExpired):
            return UnreadablePdfError(f"{path.name}: the process that read it died ({_death(error)})")
        return UnavailableError(f"the processes that read PDFs cannot work ({type(error).__name__}: {error})")


def _death(error: ProcessExpired) -> str:
    code = error.exitcode
    return f"signal {-code}" if isinstance(code, int) and code < 0 else f"exit code {code}"
