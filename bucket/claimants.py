"""Who may claim objects: each watcher holds a lock for as long as it lives, so that the others can tell."""

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from records import UnavailableError


@contextmanager
def claimant(folder: Path) -> Iterator[str]:
    """A name that no other watcher has, alive until the context is left or the process ends, however.

    The operating system gives the lock back when a process dies, which neither a process id, used again
    after a while, nor a time that has passed can tell for sure.
    """
    name = uuid.uuid4().hex
    path, unlocked = folder / f"{name}.lock", folder / f"{name}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(unlocked, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        unlocked.replace(path)  # nobody meets it without its lock
    except OSError as error:
        raise UnavailableError(
            f"cannot lock a file in {folder} ({error.strerror}): PAPERLINEAGE_HOME has to be a place that "
            "can be written"
        ) from error
    try:
        yield name
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def is_alive(folder: Path, name: str) -> bool:
    """Whether the claimant of this name lives; the lock file of a dead one is removed."""
    path = folder / f"{name}.lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        with suppress(FileNotFoundError):
            path.unlink()
        return False
    finally:
        os.close(descriptor)
