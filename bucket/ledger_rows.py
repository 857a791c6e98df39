"""Rows of the ledger as entries: keys are bytes there, and times are seconds since 1970."""

import sqlite3
from datetime import UTC, datetime

from bucket.ledger_states import LedgerEntry, ObjectState

KEY_COLUMNS = ("bucket", "key", "alias_of", "quarantine_key")
TIME_COLUMNS = ("modified_at", "first_seen_at", "changed_at", "next_try_at", "gone_at", "moved_at")


def key_bytes(key: str) -> bytes:
    """The key as it is on the disk, whatever its bytes are."""
    return key.encode("utf-8", "surrogateescape")


def key_text(key: bytes) -> str:
    """The key as Python's own file functions have it."""
    return key.decode("utf-8", "surrogateescape")


def seconds(time: datetime | None) -> float | None:
    """The time as the ledger stores it."""
    return time.timestamp() if time else None


def entry_of(row: sqlite3.Row) -> LedgerEntry:
    """The row as an entry."""
    columns = {name: row[name] for name in row.keys() if name != "claimed_until"}  # noqa: SIM118 - a Row is no dict
    columns |= {name: key_text(row[name]) for name in KEY_COLUMNS}
    columns |= {
        name: None if row[name] is None else datetime.fromtimestamp(row[name], UTC) for name in TIME_COLUMNS
    }
    return LedgerEntry(**{**columns, "state": ObjectState(row["state"])})
