"""Reading a kglite graph up to its last commit, next to a writer or after one that was killed.

kglite's own readers see the checkpoint alone: what was committed to the write-ahead log since then is
missing for them. Opening for writing would replay the log, but takes the one writer's lease, so that a
question could make an ingest fail. A reader therefore replays a private copy, and never writes beside
the graph.
"""

import contextlib
import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import kglite

from records import GraphUnavailableError, RejectedInputError

EMPTY_LOG_BYTES = 5
ATTEMPTS = 5


def session_of_last_commit(path: Path) -> kglite.Session:
    """A read session over the graph as it was at its last commit.

    Raises RejectedInputError where there is no graph yet.
    """
    if _State.of(path).log[2] > EMPTY_LOG_BYTES:
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
    while a log newer than its checkpoint could lack commits. A checkpoint in between means again, and so
    does a commit, which may have been copied half, as long as that lasts."""
    for attempt in range(ATTEMPTS):
        before = _State.of(path)
        with TemporaryDirectory(prefix="paperlineage-reading-") as folder:
            copy = Path(folder) / "graph.kgl"
            _copied_if_there(log_path(path), log_path(copy))
            _copied_if_there(path, copy)
            after = _State.of(path)
            if after == before or (attempt == ATTEMPTS - 1 and after.continues(before)):
                with warnings.catch_warnings():
                    # A commit copied half is cut off, and kglite says so: it is simply not there yet.
                    warnings.simplefilter("ignore", UserWarning)
                    return kglite.open_session(str(copy), durable="normal", auto_checkpoint_wal_mib=0)
    raise GraphUnavailableError(f"the graph {path} is being rewritten again and again; try again")


def _copied_if_there(source: Path, target: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        shutil.copyfile(source, target)


@dataclass(frozen=True, slots=True)
class _State:
    """Which checkpoint and how much log a graph has: inode, time and size; zeros for what is not there."""

    checkpoint: tuple[int, int, int]
    log: tuple[int, int, int]

    @classmethod
    def of(cls, path: Path) -> Self:
        return cls(checkpoint=_version(path), log=_version(log_path(path)))

    def continues(self, earlier: Self) -> bool:
        """Whether nothing but commits came since."""
        return self.checkpoint == earlier.checkpoint and self.log[2] >= earlier.log[2]


def _version(file: Path) -> tuple[int, int, int]:
    try:
        status = file.stat()
    except FileNotFoundError:
        return 0, 0, 0
    return status.st_ino, status.st_mtime_ns, status.st_size
