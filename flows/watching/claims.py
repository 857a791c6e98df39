"""The traces that watchers leave under the home: their locks, their spools, and the claims of dead ones."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bucket import Ledger, claimant, is_alive
from records import UnavailableError


@contextmanager
def watcher_place(home: Path) -> Iterator[tuple[str, Path]]:
    """A name for a watcher, alive while the context is, and a folder of its own for copies of objects."""
    with claimant(_locks(home)) as name:
        spool = home / "spool" / name
        try:
            spool.mkdir(parents=True)
        except OSError as error:
            raise UnavailableError(f"cannot make the folder {spool} ({error.strerror}): allow it") from error
        try:
            yield name, spool
        finally:
            shutil.rmtree(spool, ignore_errors=True)


def tidy_up(home: Path) -> None:
    """Removes what watchers left behind that died."""
    for lock in _locks(home).glob("*.lock"):
        is_alive(_locks(home), lock.stem)
    for spool in (home / "spool").glob("*"):
        if not is_alive(_locks(home), spool.name):
            shutil.rmtree(spool, ignore_errors=True)


def take_over(ledger: Ledger, home: Path, *, name: str) -> None:
    """Lets the claims of dead watchers be taken again, those that were held too long, and one's own.

    A watcher calls it between batches, when it should hold none.
    """
    for holder in ledger.claimants():
        if holder == name or not is_alive(_locks(home), holder):
            ledger.give_back(holder, at=datetime.now(UTC))
    ledger.give_back(name, at=datetime.now(UTC))


def _locks(home: Path) -> Path:
    return home / "watchers"
