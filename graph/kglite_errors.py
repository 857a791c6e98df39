"""What kglite raises, translated into errors made for the person who has to act on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import kglite

from records import GraphUnavailableError, PaperlineageError, RejectedInputError

# A query, its parameters or its effect is at fault: the same query will fail again.
QUERY_ERRORS = (
    kglite.CypherError,
    kglite.SchemaError,
    kglite.ValidationError,
    kglite.ArgumentError,
    kglite.ConstraintError,
    kglite.NodeNotFoundError,
    kglite.ConnectionNotFoundError,
    kglite.PropertyNotFoundError,
)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raises kglite's errors about the graph at `path` as the project's own."""
    try:
        yield
    except (kglite.KgError, OSError) as error:
        raise _translation(error, path) from error
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        # Parameters that no store can hold: lone surrogates, integers over 64 bits, unknown names.
        raise RejectedInputError(f"the query cannot be asked as it stands: {error}") from error


def _translation(error: kglite.KgError | OSError, path: Path) -> PaperlineageError:
    if isinstance(error, kglite.WriterLeaseHeldError):
        return GraphUnavailableError(_lease_message(error, path))
    if isinstance(error, kglite.ReadOnlyError):
        return RejectedInputError("only reading is allowed here: the query writes to the graph")
    if isinstance(error, QUERY_ERRORS):
        return RejectedInputError(str(error))
    if isinstance(error, kglite.TransactionConflictError):
        return GraphUnavailableError(f"the graph {path} changed while it was being written to; try again")
    if isinstance(error, kglite.FileFormatError):
        return GraphUnavailableError(
            f"the graph {path} cannot be read, its file is damaged or is no graph ({error}); "
            "restore it from a backup, or move it away and ingest again"
        )
    return GraphUnavailableError(f"the graph {path} is not available: {error}")


def _lease_message(error: kglite.WriterLeaseHeldError, path: Path) -> str:
    holder = error.holder
    who = "this same process" if holder.get("self") else f"process {holder.get('pid') or 'unknown'}"
    since = f" since {holder['since']}" if holder.get("since") else ""
    return (
        f"the graph {path} is open for writing by {who}{since}; "
        "one process writes at a time: wait until it has ended, or end it, then try again"
    )
