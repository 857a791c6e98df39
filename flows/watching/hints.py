"""Hints that something in a folder may have changed, so that it is listed at once. They may be lost."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DEBOUNCE_MILLISECONDS, STEP_MILLISECONDS = 100, 25
LOOK_SECONDS = 1.0  # how often it is made sure that the folder is still the one that was opened
PAUSE_SECONDS = 2.0  # after the folder was lost, or could not be watched


@contextmanager
def hints(folder: Path, changed: threading.Event) -> Iterator[None]:
    """Sets `changed` soon after something happens under the folder, as far as the system tells."""
    ended = threading.Event()
    thread = threading.Thread(target=_follow, args=(folder, changed, ended), name="hints", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _follow(folder: Path, changed: threading.Event, ended: threading.Event) -> None:
    while not ended.is_set():
        # No more watches are allowed, the folder is gone: listing goes on without hints.
        with suppress(OSError, RuntimeError):
            _follow_this(folder, changed, ended)
        ended.wait(PAUSE_SECONDS)


def _follow_this(folder: Path, changed: threading.Event, ended: threading.Event) -> None:
    """Follows the folder until it ends, or another one has come under its name."""
    import watchfiles

    identity = _identity(folder)
    for changes in watchfiles.watch(
        folder,
        watch_filter=None,
        debounce=DEBOUNCE_MILLISECONDS,
        step=STEP_MILLISECONDS,
        rust_timeout=int(LOOK_SECONDS * 1000),
        yield_on_timeout=True,
        stop_event=ended,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        if changes:
            changed.set()
        if _identity(folder) != identity:
            return


def _identity(folder: Path) -> tuple[int, int]:
    status = os.stat(folder)  # noqa: PTH116 - what Path.stat gives
    return status.st_dev, status.st_ino
