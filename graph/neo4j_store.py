"""The graph on a Neo4j server, through the official driver."""

import logging
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Final, Self

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, Query, Session, Transaction
from neo4j.exceptions import DriverError, Neo4jError

from graph.cypher_checks import refuse_more_than_reading
from graph.neo4j_errors import OLDEST_SUPPORTED, translated
from graph.neo4j_url import Neo4jAddress
from graph.neo4j_values import plain_rows
from graph.store import GraphReader, GraphTransaction, Rows
from records import GraphUnavailableError, RejectedInputError

CONNECTION_SECONDS: Final = 5.0
HANDSHAKE_SECONDS: Final = 8.0  # the connecting included
QUERY_TIMEOUT_SECONDS: Final = 60.0
# Long enough for the import of a large graph, and for waiting until another process has done one.
TRANSACTION_TIMEOUT_SECONDS: Final = 900.0
SCHEMA_TIMEOUT_SECONDS: Final = 300

# Writers read before they write, so they take turns. The lock leaves nothing behind: making a node under
# a uniqueness constraint takes its index entry, which Neo4j keeps until the transaction ends, and the node
# itself is gone before anything else is done.
LOCK_CONSTRAINT: Final = (
    "CREATE CONSTRAINT writerlock_id IF NOT EXISTS FOR (n:WriterLock) REQUIRE n.id IS UNIQUE"
)
TAKE_LOCK: Final = "CREATE (lock:WriterLock {id: 'the one writer'}) DELETE lock"
DEFINED: Final = "SHOW INDEXES YIELD name RETURN name"
AWAIT_INDEXES: Final = "CALL db.awaitIndexes($seconds)"
DEFINES: Final = re.compile(r"CREATE (?:CONSTRAINT|INDEX) (\w+) ")
OLDEST: Final = [int(part) for part in OLDEST_SUPPORTED.split(".")]
RELEASE: Final = re.compile(r"Neo4j/v?(\d+)\.(\d+)")

# The driver logs what it also raises, and Python prints the log of a program that set up none.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


def open_server(address: Neo4jAddress, *, password: str, writable: bool) -> "Neo4jStore":
    """Connects, which fails within seconds; raises GraphUnavailableError with what to do about it."""
    with translated(address):
        driver = GraphDatabase.driver(
            address.uri,
            auth=(address.user, password),
            connection_timeout=CONNECTION_SECONDS,
            connection_acquisition_timeout=HANDSHAKE_SECONDS,
            keep_alive=True,
            notifications_min_severity="OFF",
            telemetry_disabled=True,
            user_agent="paperlineage",
        )
    store = Neo4jStore(driver, address, writable=writable)
    try:
        _refuse_older(store.agent(), address)
    except BaseException:
        store.close()
        raise
    return store


class Neo4jStore:
    """A graph on a server; every commit is on the server's disk before the transaction ends."""

    def __init__(self, driver: Driver, address: Neo4jAddress, *, writable: bool) -> None:
        self._driver = driver
        self._address = address
        self._writable = writable
        self._writers = threading.Lock()

    def agent(self) -> str:
        """What the server calls itself, "Neo4j/5.26.30", once it has let us into the database."""
        with translated(self._address), self._session(READ_ACCESS) as session:
            return str(session.run("RETURN 1").consume().server.agent)

    def read(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """The rows of a query that only reads; see GraphReader."""
        refuse_more_than_reading(cypher)
        with translated(self._address), self._session(READ_ACCESS) as session:
            query = Query(cypher, timeout=QUERY_TIMEOUT_SECONDS)
            return plain_rows(session.run(query, dict(parameters or {})))

    @contextmanager
    def transaction(self) -> Iterator[GraphTransaction]:
        """Statements that are kept or undone together; see GraphStore. Other processes queue as well."""
        if not self._writable:
            raise RejectedInputError(f"the graph {self._address} was opened for reading only")
        with self._alone() as transaction:
            yield Neo4jTransaction(transaction, self._address)
            with translated(self._address):
                transaction.commit()

    @contextmanager
    def snapshot(self) -> Iterator[GraphReader]:
        """The graph while nobody writes to it; see GraphStore."""
        with self._alone() as transaction:
            yield Neo4jTransaction(transaction, self._address)

    def define(self, statements: Iterable[str]) -> None:
        """Makes the constraints and indexes that are missing; see GraphStore."""
        known = {str(row["name"]) for row in self.read(DEFINED)}
        missing = [
            statement for statement in (LOCK_CONSTRAINT, *statements) if _name_in(statement) not in known
        ]
        if not missing:
            return  # each statement, even one without effect, would wait for the writers at work
        with translated(self._address), self._session(WRITE_ACCESS) as session:
            for statement in missing:
                session.run(statement).consume()
            session.run(AWAIT_INDEXES, seconds=SCHEMA_TIMEOUT_SECONDS).consume()

    def close(self) -> None:
        """Gives the connections back."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _alone(self) -> Iterator[Transaction]:
        """A transaction beside which no other one of this program is at work; undone if not committed."""
        with self._writers, self._session(WRITE_ACCESS) as session:
            with translated(self._address):
                transaction = session.begin_transaction(timeout=TRANSACTION_TIMEOUT_SECONDS)
                transaction.run(TAKE_LOCK).consume()
            yield transaction

    @contextmanager
    def _session(self, access: str) -> Iterator[Session]:
        database = self._address.database or None
        with translated(self._address):
            session = self._driver.session(default_access_mode=access, database=database)
        try:
            yield session
        except (KeyboardInterrupt, SystemExit):
            # The server may be at a long query, or be making us wait for the lock, and a request to undo
            # would wait as well. What a connection leaves behind that is gone, it undoes at once.
            self._driver.close()
            raise
        finally:
            # Closing undoes what was not committed; a server that has gone has undone it already.
            with suppress(Neo4jError, DriverError, OSError):
                session.close()


class Neo4jTransaction:
    """One transaction on the server."""

    def __init__(self, transaction: Transaction, address: Neo4jAddress) -> None:
        self._transaction = transaction
        self._address = address

    def run(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """Runs one statement; see GraphTransaction."""
        with translated(self._address):
            return plain_rows(self._transaction.run(cypher, dict(parameters or {})))

    def read(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """Runs one statement of a snapshot, which is undone at its end."""
        return self.run(cypher, parameters)


def _name_in(statement: str) -> str:
    found = DEFINES.match(statement)
    return found[1] if found else ""


def _refuse_older(agent: str, address: Neo4jAddress) -> None:
    """Neo4j's own versions are 4.4, 5.26, and from then on the year: 2025.1."""
    release = RELEASE.match(agent)
    if release is None or [int(part) for part in release.groups()] < OLDEST:
        raise GraphUnavailableError(
            f"the server at {address} is {agent or 'unknown'}: Neo4j {OLDEST_SUPPORTED} or later is needed"
        )
