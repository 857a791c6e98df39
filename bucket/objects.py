"""What a bucket is to the rest: objects that can be listed, fetched, and put aside in a quarantine."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from records import PaperlineageError, RejectedInputError

QUARANTINE = "quarantine"

# What programs write while they have not finished, and what editors keep beside a file.
UNFINISHED_ENDINGS = (".part", ".partial", ".tmp", ".crdownload", ".download", "~")


class ObjectChangedError(PaperlineageError):
    """An object is no longer what it was when it was listed, or is gone; the next listing tells."""


class ObjectRefusedError(RejectedInputError):
    """An object that is not even fetched: too large, or its key cannot be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketObject:
    """An object as a listing shows it.

    `key` is its path in the bucket with forward slashes; bytes that are no UTF-8 are lone surrogates, as
    os.fsdecode makes them. `version` differs whenever the content may differ. `modified_at` is aware UTC.
    """

    key: str
    size: int
    version: str
    modified_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The arrivals in a bucket, each key once, and in words what could not be looked into."""

    objects: tuple[BucketObject, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedObject:
    """A local copy: where it lies, the SHA-256 of its bytes, and whether its end seems yet to come."""

    path: Path
    sha256: str
    looks_unfinished: bool


class Bucket(Protocol):
    """Objects under keys. Every method raises BucketUnavailableError where the bucket cannot be reached."""

    @property
    def url(self) -> str:
        """What the bucket is called in the ledger, the same in every process."""

    @property
    def settles(self) -> bool:
        """Whether an object can be seen half-written, so that it has to hold still before it is taken."""

    @property
    def folder(self) -> Path | None:
        """The folder in which the system may hint at changes; None where it cannot."""

    def list(self) -> Listing:
        """Every object whose key is_arrival, whatever it holds."""

    def fetch(self, listed: BucketObject, spool: Path, *, largest: int) -> FetchedObject:
        """A copy in the folder `spool`, under the name of its hash.

        Raises ObjectChangedError unless the copy is, from the first byte to the last, the object that was
        listed; and ObjectRefusedError for one of more than `largest` bytes.
        """

    def holds(self, key: str) -> bool:
        """Whether something lies under the key."""

    def put_aside(self, listed: BucketObject, quarantine_key: str, *, note: str) -> bool:
        """Moves the object into the quarantine and writes the note beside it; doing it again completes it.

        False where the bucket does not let it be moved: it stays where it is. Nothing that lies in the
        quarantine already is overwritten unless it is the same; an object that has changed stays too.
        """

    def put_back(self, key: str, quarantine_key: str) -> bool:
        """Moves an object from the quarantine to its key and removes the note.

        False where there is nothing to move, or something else has taken the key: then all stays.
        """


def is_arrival(key: str) -> bool:
    """Whether a key names something to take: nothing hidden, unfinished, or in the quarantine.

    A part that begins with a dot hides what is under it, and so do "." and "..".
    """
    if key.startswith((".", f"{QUARANTINE}/")) or "/." in key or key == QUARANTINE:
        return False
    name = key.rpartition("/")[2]
    return not name.startswith("~") and not name.lower().endswith(UNFINISHED_ENDINGS)


def readable(key: str) -> str:
    r"""The key as text that every program can store: what is no UTF-8 in it becomes "\xff"."""
    return key.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
