"""How objects of a watched bucket end: what the ledger keeps of an outcome, and where a refused one goes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from bucket import (
    Bucket,
    Ledger,
    LedgerEntry,
    ObjectState,
    Settlement,
    note_of,
    quarantine_key_of,
    readable,
)
from flows.outcomes import DocumentOutcome, OutcomeState
from flows.watching.listening import WatchListener
from flows.watching.settings import WatchSettings
from flows.workbench import Workbench
from records import BucketUnavailableError, content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a watcher works with. `plan` names what decides the results, and the graph that they go into;
    `spool` is a folder of its own for copies of objects."""

    bucket: Bucket
    ledger: Ledger
    workbench: Workbench
    listener: WatchListener
    plan: str
    spool: Path
    stop: Event

    @property
    def settings(self) -> WatchSettings:
        """The part of the settings that is about watching."""
        return self.workbench.settings.watch


def settlement_of(
    outcome: DocumentOutcome, entry: LedgerEntry, watched: Watched, *, sha256: str, alias_of: str
) -> Settlement:
    """What the ledger keeps of an outcome that is no rejection.

    What was unavailable is tried again for ever. A fault of this program is tried a few times, and then
    waits for a person, or for another version of the program.
    """
    if outcome.state in {OutcomeState.INGESTED, OutcomeState.UNCHANGED}:
        return Settlement(
            state=ObjectState.DONE,
            reason="the same content was read before" if alias_of else "",
            sha256=sha256,
            job=content_id("job", sha256, watched.workbench.version.id),
            plan=watched.plan,
            alias_of=alias_of,
        )
    given_up = outcome.state is OutcomeState.CRASHED and entry.attempts >= watched.settings.crash_attempts
    wait = timedelta(seconds=watched.settings.wait_after(entry.attempts))
    return Settlement(
        state=ObjectState.FAILED,
        reason=outcome.reason,
        sha256=sha256,
        plan=watched.plan,
        next_try_at=None if given_up else datetime.now(UTC) + wait,
    )


def settle(watched: Watched, entry: LedgerEntry, settlement: Settlement) -> None:
    """Notes how a claim ended and tells of it; where the claim was lost, another watcher does so."""
    if settled := watched.ledger.settle(entry, settlement):
        watched.listener.settled(settled)


def refuse(watched: Watched, entry: LedgerEntry, reason: str, *, sha256: str) -> None:
    """Notes that an object is at fault, and moves it into the quarantine unless the settings say no.

    First the ledger has it, then it is moved: a watcher that dies in between is made up for by the next.
    """
    own_name = readable(entry.key).rpartition("/")[2]
    refused = Settlement(
        state=ObjectState.REFUSED,
        reason=reason.removeprefix(f"{own_name}: "),
        sha256=sha256,
        plan=watched.plan,
        quarantine_key=_free_place(watched, entry) if watched.settings.quarantine else "",
    )
    if settled := watched.ledger.settle(entry, refused):
        watched.listener.settled(put_aside(watched, settled))


def put_aside(watched: Watched, entry: LedgerEntry) -> LedgerEntry:
    """The refused entry, moved where it is to lie; as it is where the bucket is unavailable just now."""
    if not entry.quarantine_key:
        return entry
    now = datetime.now(UTC)
    note = note_of(entry.key, entry.reason, at=now)
    try:
        moved = watched.bucket.put_aside(entry.listed, entry.quarantine_key, note=note)
    except BucketUnavailableError as error:
        watched.listener.noted(str(error))
        return entry
    return watched.ledger.moved(entry, at=now if moved else None)


def _free_place(watched: Watched, entry: LedgerEntry) -> str:
    taken = watched.bucket.holds(quarantine_key_of(entry.listed))
    return quarantine_key_of(entry.listed, taken=taken)
