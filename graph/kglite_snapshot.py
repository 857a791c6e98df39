"""Reading a kglite graph up to its last commit, next to a writer or after one that was killed.

kglite's own readers see the checkpoint alone: what was committed to the write-ahead log since then is
missing for them. Opening for writing would replay the log, but takes the one writer's lease, so that a
question could make an ingest fail. A reader therefore replays a private copy, and never writes beside
the graph.
"""

import shutil
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import kglite

from records import GraphUnavailableError, RejectedInputError

EMPTY_LOG_BYTES = 5
ATTEMPTS = 5


def session_of_last_commit(path: Path) -> kglite.Session:
    """A read session over the graph as it was at its last commit.

    Raises RejectedInputError where there is no graph yet.
    """
    log = log_path(path)
    if log.exists() and log.stat().st_size > EMPTY_LOG_BYTES:
        return _replayed_copy(path)
    if not path.exists():
        raise RejectedInputError(f"there is no graph at {path} yet: ingest a paper first")
    with warnings.catch_warnings():
        # A commit that lands right now is in the log alone; the checkpoint answers as of a moment ago.
        warnings.simplefilter("ignore", UserWarning)
        return kglite.open_session(str(path))


def log_path(path: Path) -> Path:
    """Where kglite keeps the write-ahead log of the graph at `path`."""
    return path.with_name(path.name + "-wal")


def _replayed_copy(path: Path) -> kglite.Session:
    """The log is copied before the checkpoint: a checkpoint that is newer than the log holds all of it,
    while a log newer than its checkpoint could lack commits. A checkpoint in between means again."""
    for _ in range(ATTEMPTS):
        before = _state(path)
        with TemporaryDirectory(prefix="paperlineage-reading-") as folder:
            copy = Path(folder) / "graph.kgl"
            _copied_if_there(log_path(path), log_path(copy))
            _copied_if_there(path, copy)
            if _only_grown(before, _state(path)):
                with warnings.catch_warnings():
                    # A commit copied half is cut off, and kglite says so: it is simply not there yet.
                    warnings.simplefilter("ignore", UserWarning)
                    return kglite.open_session(str(copy), durable="normal", auto_checkpoint_wal_mib=0)
    raise GraphUnavailableError(f"the graph {path} is being rewritten again and again; try again")


def _copied_if_there(source: Path, target: Path) -> None:
    if source.exists():
        shutil.copyfile(source, target)


def _state(path: Path) -> tuple[tuple[int, int, int], int]:
    checkpoint = path.stat() if path.exists() else None
    log = log_path(path)
    identity = (checkpoint.st_ino, checkpoint.st_mtime_ns, checkpoint.st_size) if checkpoint else (0, 0, 0)
    return identity, log.stat().st_size if log.exists() else 0


def _only_grown(before: tuple[tuple[int, int, int], int], after: tuple[tuple[int, int, int], int]) -> bool:
    return before[0] == after[0] and before[1] <= after[1]
