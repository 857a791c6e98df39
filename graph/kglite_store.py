"""The embedded graph store: one kglite file, one writer, any number of readers."""

import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import kglite

from graph.cypher_checks import refuse_more_than_reading
from graph.kglite_errors import translated
from graph.kglite_snapshot import session_of_last_commit
from graph.store import GraphReader, GraphTransaction, Rows
from records import GraphUnavailableError, RejectedInputError

QUERY_TIMEOUT_SECONDS = 60

# Replaying the log takes some 100 ms for each MiB, and every reader beside a writer waits for it. kglite
# folds the log in once it is over this and over the size of the file, so that no more is written than read.
LOG_MIB = 2


def open_for_writing(path: Path) -> "KgliteStore":
    """Opens the graph, or makes it and its folder, and holds the one writer's lease until it is closed.

    What a killed writer had committed is replayed from the log.
    """
    kglite.set_query_warning_policy("silent")
    with translated(path), warnings.catch_warnings():
        # After a kill, kglite tells that it cut an unfinished commit off: it was never acknowledged.
        warnings.simplefilter("ignore", UserWarning)
        _refuse_folder(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        session = kglite.open_session(str(path), durable="full", auto_checkpoint_wal_mib=LOG_MIB)
    return KgliteStore(session, path, writable=True)


def open_for_reading(path: Path) -> "KgliteStore":
    """Opens the graph as it is at its last commit; later commits are not seen, and nobody is kept waiting."""
    kglite.set_query_warning_policy("silent")
    with translated(path):
        _refuse_folder(path)
        return KgliteStore(session_of_last_commit(path), path, writable=False)


class KgliteStore:
    """A graph in one file; every commit is on the disk before the transaction ends."""

    def __init__(self, session: kglite.Session, path: Path, *, writable: bool) -> None:
        self._session = session
        self._path = path
        self._writable = writable
        self._writers = threading.Lock()

    def read(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """The rows of a query that only reads; see GraphReader."""
        refuse_more_than_reading(cypher)
        with translated(self._path):
            answer = self._session.cypher(
                cypher, params=dict(parameters or {}), timeout_ms=QUERY_TIMEOUT_SECONDS * 1000
            )
            if isinstance(answer, str):
                raise RejectedInputError("leave FORMAT CSV out: answers are rows")
            return _rows(answer)

    @contextmanager
    def transaction(self) -> Iterator[GraphTransaction]:
        """Statements that are kept or undone together; see GraphStore."""
        if not self._writable:
            raise RejectedInputError(f"the graph {self._path} was opened for reading only")
        with self._writers:
            with translated(self._path):
                transaction = self._session.begin()
            try:
                yield KgliteTransaction(transaction, self._path)
            except BaseException:
                transaction.rollback()
                raise
            with translated(self._path):
                transaction.commit()

    @contextmanager
    def snapshot(self) -> Iterator[GraphReader]:
        """The graph while nobody writes to it; see GraphStore."""
        with self._writers:  # other processes hold the lease, or this one reads a copy
            yield self

    def define(self, statements: Iterable[str]) -> None:
        """Makes the constraints and indexes that are missing; see GraphStore."""
        with self.transaction() as transaction:
            for statement in statements:
                transaction.run(statement)

    def close(self) -> None:
        """Folds the log into the file and lets the next writer in."""
        self.__exit__(None, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """After an error the log stays as it is, so that leaving cannot fail; nothing committed is lost."""
        if not self._writable:
            return
        with translated(self._path), warnings.catch_warnings():
            # kglite's advice on which columns it cannot map is of no use to anyone here.
            warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
            self._session.__exit__(error_type, error, traceback)


class KgliteTransaction:
    """One transaction of the embedded store."""

    def __init__(self, transaction: kglite.SessionTransaction, path: Path) -> None:
        self._transaction = transaction
        self._path = path

    def run(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """Runs one statement; see GraphTransaction."""
        with translated(self._path):
            return _rows(self._transaction.cypher(cypher, params=dict(parameters or {})))


def _refuse_folder(path: Path) -> None:
    if path.is_dir():  # which kglite would take for a graph of another kind
        raise RejectedInputError(f"{path} is a folder: name a file in it, such as {path / 'graph.kgl'}")


def _rows(answer: object) -> Rows:
    if not isinstance(answer, kglite.ResultView):
        raise GraphUnavailableError(f"the graph store answered with {type(answer).__name__}, not with rows")
    rows: Rows = answer.to_list()
    return rows
