"""A document's way through the worker processes: text layers, OCR in tasks of a few pages, the whole."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from ingest.drafts import Draft, chunks
from ingest.limits import ReadingLimits
from ingest.pages.page_text import PageText
from ingest.worker import finish_in_worker, recognise_in_worker
from records import Document

T = TypeVar("T")
Run = Callable[..., Future[Any]]


class Submission:
    """One file to be read; `future` is its document.

    `run` sends a function with its arguments to a worker. No more than `most_tasks` of one document's tasks
    are with the workers at a time, so that a long scan does not keep others waiting. What fails in a task
    is the document's failure, and its other tasks are given up.
    """

    def __init__(self, path: Path, limits: ReadingLimits, *, run: Run, most_tasks: int) -> None:
        self.future: Future[Document] = Future()
        self._path = path
        self._limits = limits
        self._run = run
        self._most_tasks = most_tasks
        self._lock = Lock()  # tasks settle in several threads of the pool
        self._draft: Draft | None = None
        self._chunks: deque[tuple[PageText, ...]] = deque()
        self._read: list[PageText] = []
        self._running: set[Future[Any]] = set()

    def start(self, read: Callable[[Path, ReadingLimits], Document | Draft]) -> None:
        """Sends the file to a worker."""
        self._send(self._after_layers, read, self._path, self._limits)

    def _send(self, after: Callable[[Any], None], work: Callable[..., Any], *arguments: object) -> None:
        """Has the work done, and goes on with its result unless the document is settled by then."""

        def settle(task: Future[Any]) -> None:
            with self._lock:
                self._running.discard(task)
            if self.future.done() or task.cancelled():
                self._give_up()
            elif error := task.exception():
                settle_with(self.future, error)
                self._give_up()
            else:
                after(task.result())

        task = self._run(work, *arguments)
        with self._lock:
            self._running.add(task)
        task.add_done_callback(settle)

    def _give_up(self) -> None:
        self.future.cancel()  # without effect where it is settled
        with self._lock:
            self._chunks.clear()
            running = list(self._running)
        for task in running:
            task.cancel()

    def _after_layers(self, read: Document | Draft) -> None:
        if isinstance(read, Document):
            settle_with(self.future, read)
            return
        self._draft = read
        self._chunks.extend(chunks(read.waiting_pages()))
        for _ in range(self._most_tasks):
            self._recognise_next()

    def _recognise_next(self) -> None:
        with self._lock:
            if self._draft is None or not self._chunks:
                return
            chunk, identity = self._chunks.popleft(), self._draft.identity
        self._send(self._after_chunk, recognise_in_worker, self._path, chunk, self._limits, identity)

    def _after_chunk(self, pages: tuple[PageText, ...]) -> None:
        with self._lock:
            self._read.extend(pages)
            draft = self._draft
            whole = draft is not None and len(self._read) == len(draft.waiting)
        if draft is not None and whole:
            self._send(self._after_all, finish_in_worker, draft.with_pages(self._read), self._limits)
        else:
            self._recognise_next()

    def _after_all(self, document: Document) -> None:
        settle_with(self.future, document)


def settle_with(future: Future[T], outcome: T | BaseException) -> None:
    """Gives the future its result or exception, unless another thread has settled it in this moment."""
    with suppress(InvalidStateError):
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
