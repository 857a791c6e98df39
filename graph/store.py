"""The protocol that every graph store keeps: Cypher in, plain rows out, writes all or nothing."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self, TypeAlias

Rows: TypeAlias = list[dict[str, object]]


class GraphReader(Protocol):
    """What the questions need: something that answers a Cypher text of the shared subset."""

    def read(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """The rows of a query, as plain values; changes nothing.

        Raises RejectedInputError for a query that is wrong, writes, or reads files, and
        GraphUnavailableError when the store itself fails.
        """
        ...


class GraphTransaction(Protocol):
    """Statements that become visible together."""

    def run(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """Runs one statement; it sees what the earlier ones of the transaction wrote."""
        ...


class GraphStore(GraphReader, Protocol):
    """A graph that is open: a context manager that closes itself."""

    def transaction(self) -> AbstractContextManager[GraphTransaction]:
        """Statements that are kept when the block ends, and undone when an exception leaves it.

        Threads of one process queue for it, and so do processes where the store lets several write. Raises
        RejectedInputError on a store opened for reading.
        """
        ...

    def snapshot(self) -> AbstractContextManager[GraphReader]:
        """A reader that sees the graph as it is at one moment, however many queries that takes.

        Where the store keeps no such view of its own, writers wait until the block ends.
        """
        ...

    def define(self, statements: Iterable[str]) -> None:
        """Makes those constraints and indexes that the graph does not have yet."""
        ...

    def close(self) -> None:
        """Gives the store back; closing twice is harmless."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
