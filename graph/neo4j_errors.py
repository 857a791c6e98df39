"""What the Neo4j driver raises, translated into errors made for the person who has to act on them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DatabaseUnavailable,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
    UnsupportedServerProduct,
)

from graph.neo4j_url import Neo4jAddress
from records import GraphUnavailableError, PaperlineageError, RejectedInputError

OLDEST_SUPPORTED: Final = "5.7"  # the first that can be asked to keep its notifications to itself
ACCESS_MODE: Final = "Neo.ClientError.Statement.AccessMode"
NO_DATABASE: Final = "Neo.ClientError.Database.DatabaseNotFound"
RATE_LIMIT: Final = "Neo.ClientError.Security.AuthenticationRateLimit"
# What a client is told when its transaction was ended from outside or took too long.
ENDED: Final = re.compile(r"\.(TransactionTimedOut\w*|LockClientStopped|Terminated|TransactionTerminated)$")
OUT_OF_MEMORY: Final = re.compile(r"OutOfMemory")
OLD_PROTOCOL: Final = "not supported for the Bolt Protocol"


@contextmanager
def translated(address: Neo4jAddress) -> Iterator[None]:
    """Raises the driver's errors about the graph at the address as the project's own."""
    try:
        yield
    except Neo4jError as error:
        raise _of_the_server(error, address) from error
    except DriverError as error:
        raise _of_the_driver(error, address) from error
    except OSError as error:
        raise GraphUnavailableError(f"Neo4j at {address} cannot be reached: {error}") from error
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        # Parameters that no store can hold: lone surrogates, integers over 64 bits, unknown types.
        raise RejectedInputError(f"the query cannot be asked as it stands: {error}") from error


def _of_the_server(error: Neo4jError, address: Neo4jAddress) -> PaperlineageError:
    code, told = error.code or "", _first_line(error)
    if code == ACCESS_MODE:
        return RejectedInputError("only reading is allowed here: the query writes to the graph")
    if code == NO_DATABASE:
        return GraphUnavailableError(
            f"Neo4j at {address.uri} has no database {address.database!r}: correct the end of the graph URL"
        )
    if isinstance(error, AuthError) or code == RATE_LIMIT:
        return GraphUnavailableError(_access_message(code, address, told))
    if OUT_OF_MEMORY.search(code):
        return GraphUnavailableError(
            f"Neo4j at {address} has too little memory for this at once: {told} "
            "Ask for less, or give the server more (server.memory.heap.max_size)"
        )
    if ENDED.search(code):
        return GraphUnavailableError(f"Neo4j at {address} ended what took too long; try again: {told}")
    if isinstance(error, DatabaseUnavailable | TransientError):
        return GraphUnavailableError(f"Neo4j at {address} cannot do it now; try again: {told}")
    if isinstance(error, ClientError):
        return RejectedInputError(told)
    return GraphUnavailableError(f"Neo4j at {address} failed, its log says more: {told}")


def _access_message(code: str, address: Neo4jAddress, told: str) -> str:
    if code == RATE_LIMIT:
        return (
            f"Neo4j at {address} refuses {address.user!r} for some seconds after wrong passwords: try again"
        )
    if code.endswith("CredentialsExpired"):
        return f"Neo4j at {address} wants {address.user!r} to set a new password first: {told}"
    return (
        f"Neo4j at {address} does not let {address.user!r} in: set PAPERLINEAGE_GRAPH_PASSWORD to the right "
        "password, and name the user in the graph URL"
    )


def _of_the_driver(error: DriverError, address: Neo4jAddress) -> GraphUnavailableError:
    told = _first_line(error)
    if isinstance(error, IncompleteCommit):
        return GraphUnavailableError(
            f"Neo4j at {address} went away during a commit, which may have taken place: run the same again"
        )
    if isinstance(error, UnsupportedServerProduct) or OLD_PROTOCOL in str(error):
        return GraphUnavailableError(
            f"the server at {address} speaks no version of Neo4j's protocol that is known here: "
            f"Neo4j {OLDEST_SUPPORTED} or later is needed"
        )
    if isinstance(error, ConfigurationError):
        return GraphUnavailableError(f"Neo4j at {address} cannot be used as the graph URL says: {told}")
    if isinstance(error, ServiceUnavailable | SessionExpired | ConnectionAcquisitionTimeoutError):
        return GraphUnavailableError(
            f"Neo4j at {address} does not answer ({_cause(error)}): start it, or correct the graph URL; "
            "encrypted servers have neo4j+s://"
        )
    return GraphUnavailableError(f"Neo4j at {address} is not available: {told}")


def _cause(error: BaseException) -> str:
    """What lies at the bottom of it: the driver tells of its own machinery first."""
    while deeper := _deeper(error):
        error = deeper
    return (isinstance(error, OSError) and error.strerror) or _first_line(error)


def _deeper(error: BaseException) -> BaseException | None:
    if isinstance(error, BaseExceptionGroup):
        first: BaseException = error.exceptions[0]
        return first
    return error.__cause__ or error.__context__


def _first_line(error: BaseException) -> str:
    """What the server says, without the drawing of where in the query it is."""
    message = getattr(error, "message", None) or str(error)
    return str(message).partition("\n")[0]
