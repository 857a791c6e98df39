"""The states of an object in the ledger, and which may follow which."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bucket.objects import BucketObject


class ObjectState(StrEnum):
    """Where an object is on its way.

    SEEN: it waits to be taken. CLAIMED: a watcher has it. DONE: its content is in the graph. REFUSED: it is
    at fault itself and is not tried again. FAILED: something else was at fault; it is tried again at its
    time, or, where it has none, on request or by another version of the pipeline.
    """

    SEEN = "seen"
    CLAIMED = "claimed"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


# A new version of an object starts over from any state but CLAIMED; everything else is here.
CLAIMABLE: Final = frozenset({ObjectState.SEEN, ObjectState.FAILED})
SETTLED: Final = frozenset({ObjectState.DONE, ObjectState.REFUSED, ObjectState.FAILED})
FOLLOWING: Final = {
    ObjectState.SEEN: frozenset({ObjectState.CLAIMED}),
    ObjectState.FAILED: frozenset({ObjectState.CLAIMED, ObjectState.SEEN}),
    ObjectState.CLAIMED: SETTLED | {ObjectState.SEEN},
    ObjectState.DONE: frozenset({ObjectState.SEEN}),
    ObjectState.REFUSED: frozenset({ObjectState.SEEN}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What the ledger knows of one object. Times are aware UTC.

    `job` is the id of the extraction job and `alias_of` the other object with the same content that was
    read for it, each empty where there is none. `quarantine_key` says where a refused object is to be put,
    and `moved_at` when it was. `gone_at` is when it was no longer found under its key. `next_try_at` is
    None for what is not tried by itself.
    """

    bucket: str
    key: str
    state: ObjectState
    reason: str
    job: str
    alias_of: str
    size: int
    sha256: str
    version: str
    plan: str
    attempts: int
    modified_at: datetime
    first_seen_at: datetime
    changed_at: datetime
    next_try_at: datetime | None
    gone_at: datetime | None
    quarantine_key: str
    moved_at: datetime | None
    claimed_by: str

    @property
    def listed(self) -> BucketObject:
        """The object itself, as it was listed."""
        return BucketObject(key=self.key, size=self.size, version=self.version, modified_at=self.modified_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How a claim ends. `plan` names what decides the result, and the graph that it went into.

    `next_try_at` counts for SEEN and FAILED. `tried` says whether this was an attempt at the object
    itself, and not one that the world cut short.
    """

    state: ObjectState
    reason: str = ""
    sha256: str = ""
    job: str = ""
    alias_of: str = ""
    plan: str = ""
    next_try_at: datetime | None = None
    quarantine_key: str = ""
    tried: bool = True
