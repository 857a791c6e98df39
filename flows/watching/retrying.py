"""Letting objects of watched buckets be taken again, refused ones back from the quarantine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bucket import Ledger, LedgerEntry, ObjectState, readable
from flows.settings import Settings
from flows.watching.watch import ledger_path, watched_bucket
from records import PaperlineageError, RejectedInputError

RETRIED_BY_DEFAULT = frozenset({ObjectState.REFUSED, ObjectState.FAILED})
RETRIED_BY_NAME = RETRIED_BY_DEFAULT | {ObjectState.DONE}


class UnknownKeyError(RejectedInputError):
    """A key under which the ledger has nothing that could be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retried:
    """An object that will be taken again, or, with `error`, one that could not be put back."""

    entry: LedgerEntry
    error: PaperlineageError | None = None


def known_objects(settings: Settings, *, state: ObjectState | None = None) -> list[LedgerEntry]:
    """What the ledger of this home knows, nothing where no bucket was ever watched."""
    path = ledger_path(settings)
    if not path.exists():
        return []
    with Ledger(path) as ledger:
        return ledger.entries(state=state)


def retry_all(settings: Settings) -> list[Retried]:
    """Lets everything be taken again that was refused or has failed."""
    found = [entry for entry in known_objects(settings) if entry.state in RETRIED_BY_DEFAULT]
    return _retried(found, settings)


def retry_named(keys: Sequence[str], settings: Settings) -> list[Retried]:
    """Lets the objects under the keys be taken again, in whichever buckets they are, done ones too.

    Raises UnknownKeyError, before anything is changed, for a key under which there is none.
    """
    entries = known_objects(settings)
    found: list[LedgerEntry] = []
    for key in dict.fromkeys(keys):
        named = [entry for entry in entries if key in {entry.key, f"{entry.bucket}/{entry.key}"}]
        if not named:
            raise UnknownKeyError(f"the ledger knows no object {readable(key)!r}: see `paperlineage status`")
        settled = [entry for entry in named if entry.state in RETRIED_BY_NAME]
        if not settled:
            raise UnknownKeyError(f"{readable(key)!r} is {named[0].state}: it is taken by itself")
        found.extend(settled)
    return _retried(found, settings)


def _retried(entries: Iterable[LedgerEntry], settings: Settings) -> list[Retried]:
    entries = list(entries)
    if not entries:
        return []
    with Ledger(ledger_path(settings)) as ledger:
        return [_retry(entry, ledger) for entry in entries]


def _retry(entry: LedgerEntry, ledger: Ledger) -> Retried:
    """First the object is put back, then the ledger says so: cut off in between, it is done again."""
    try:
        if entry.quarantine_key:
            _put_back(entry)
        return Retried(entry=ledger.retry(entry, at=datetime.now(UTC)) or entry)
    except PaperlineageError as error:
        return Retried(entry=entry, error=error)


def _put_back(entry: LedgerEntry) -> None:
    bucket = watched_bucket(entry.bucket)
    if bucket.put_back(entry.key, entry.quarantine_key):
        return
    here, aside = bucket.holds(entry.key), bucket.holds(entry.quarantine_key)
    if here and not aside:  # put back by hand
        return
    key, place = readable(entry.key), readable(entry.quarantine_key)
    if here:
        raise RejectedInputError(f"{key} is taken by another object: move that one, or delete {place}")
    raise RejectedInputError(f"{key} is gone: it lies neither there nor in {place}")
