"""The ledger: what became of every object, in one SQLite file that any number of processes share."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from bucket import ledger_statements as statements
from bucket.ledger_rows import entry_of, key_bytes, key_text, seconds
from bucket.ledger_states import FOLLOWING, LedgerEntry, ObjectState, Settlement
from bucket.objects import BucketObject
from records import UnavailableError

BUSY_SECONDS = 30.0


class Ledger:
    """Each method is one transaction, on the disk when it returns; a context manager that closes the file.

    The file is in WAL mode, so that `status` reads while a watcher writes, with synchronous=FULL: a few
    milliseconds for each step of an object whose reading takes seconds, and what moved a file in a bucket
    is never forgotten, not even where the machine loses power.
    """

    def __init__(self, path: Path, *, claimant: str = "") -> None:
        """`claimant` is the name under which objects are claimed; those who only look need none."""
        self._path = path
        self._claimant = claimant
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            # One thread at a time uses it, but not always the one that opened it.
            self._connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def sight(
        self, bucket: str, objects: Iterable[BucketObject], *, plan: str, listed_at: datetime
    ) -> frozenset[str]:
        """Notes objects that a listing shows; returns the keys that other watchers hold just now.

        Known versions stay what they are, unless the plan has changed since they were settled.
        """
        rows = [
            {
                "bucket": key_bytes(bucket),
                "key": key_bytes(listed.key),
                "version": listed.version,
                "size": listed.size,
                "modified_at": listed.modified_at.timestamp(),
                "plan": plan,
                "now": listed_at.timestamp(),
            }
            for listed in objects
        ]
        with self._transaction() as connection:
            connection.executemany(statements.SIGHT, rows)
            connection.executemany(statements.FOUND_AGAIN, rows)
            claimed = connection.execute(statements.CLAIMED_KEYS, {"bucket": key_bytes(bucket)}).fetchall()
        return frozenset(key_text(row["key"]) for row in claimed)

    def present(self, bucket: str) -> frozenset[str]:
        """The keys under which something was found when they were last looked for."""
        rows = self._rows(statements.PRESENT, {"bucket": key_bytes(bucket)})
        return frozenset(key_text(row["key"]) for row in rows)

    def gone(self, bucket: str, keys: Iterable[str], *, at: datetime) -> None:
        """Notes that nothing is found under the keys any more; their history stays."""
        rows = [{"bucket": key_bytes(bucket), "key": key_bytes(key), "now": at.timestamp()} for key in keys]
        with self._transaction() as connection:
            connection.executemany(statements.GONE, rows)

    def due(self, bucket: str, *, at: datetime) -> list[tuple[str, str]]:
        """Key and version of what may be tried now, the one that waits longest first."""
        rows = self._rows(statements.DUE, {"bucket": key_bytes(bucket), "now": at.timestamp()})
        return [(key_text(row["key"]), row["version"]) for row in rows]

    def next_try_after(self, bucket: str, at: datetime) -> datetime | None:
        """When the next object that is not due yet will be, None where none waits."""
        (row,) = self._rows(statements.NEXT_TRY, {"bucket": key_bytes(bucket), "now": at.timestamp()})
        return None if row["next_try_at"] is None else datetime.fromtimestamp(row["next_try_at"], UTC)

    def claim(
        self, bucket: str, wanted: Iterable[tuple[str, str]], *, at: datetime, lease: timedelta
    ) -> list[LedgerEntry]:
        """Takes the objects that nobody else has taken meanwhile, each for the time of the lease."""
        until = (at + lease).timestamp()
        claimed: list[LedgerEntry] = []
        with self._transaction() as connection:
            for key, version in wanted:
                names = {"bucket": key_bytes(bucket), "key": key_bytes(key), "version": version}
                row = connection.execute(
                    statements.CLAIM, {**names, "claimant": self._claimant, "until": until}
                ).fetchone()
                if row is not None:
                    claimed.append(entry_of(row))
        return claimed

    def renew(self, *, at: datetime, lease: timedelta) -> None:
        """Begins the lease of all that is claimed here anew."""
        self._changed(statements.RENEW, {"claimant": self._claimant, "until": (at + lease).timestamp()})

    def settle(self, entry: LedgerEntry, settlement: Settlement) -> LedgerEntry | None:
        """Ends a claim; None where it was lost meanwhile, so that another watcher decides."""
        if settlement.state not in FOLLOWING[entry.state]:
            raise ValueError(f"{entry.state} is not followed by {settlement.state}")
        row = self._changed(
            statements.SETTLE,
            {
                **_names(entry),
                "claimant": self._claimant,
                "state": settlement.state.value,
                "reason": settlement.reason.encode("utf-8", "backslashreplace").decode(),
                "sha256": settlement.sha256,
                "job": settlement.job,
                "plan": settlement.plan,
                "alias_of": key_bytes(settlement.alias_of),
                "untried": 0 if settlement.tried else 1,
                "next_try_at": seconds(settlement.next_try_at),
                "quarantine_key": key_bytes(settlement.quarantine_key),
            },
        )
        return entry_of(row) if row is not None else None

    def moved(self, entry: LedgerEntry, *, at: datetime | None) -> LedgerEntry:
        """Notes when a refused object was moved into the quarantine; None for one that stays in its place."""
        kept = entry if at else replace(entry, quarantine_key="")
        self._changed(
            statements.MOVED,
            {
                **_names(entry),
                "moved_at": seconds(at),
                "quarantine_key": key_bytes(kept.quarantine_key),
            },
        )
        return replace(kept, moved_at=at)

    def unmoved(self, bucket: str) -> list[LedgerEntry]:
        """What was refused and has yet to be moved."""
        return [entry_of(row) for row in self._rows(statements.UNMOVED, {"bucket": key_bytes(bucket)})]

    def give_back(self, claimant: str, *, at: datetime) -> int:
        """Lets others take what the claimant holds, and what anybody has held for longer than its lease."""
        with self._transaction() as connection:
            answer = connection.execute(statements.GIVE_BACK, {"claimant": claimant, "now": at.timestamp()})
            return answer.rowcount

    def claimants(self) -> frozenset[str]:
        """Who holds a claim."""
        return frozenset(row["claimed_by"] for row in self._rows(statements.CLAIMANTS, {}))

    def retry(self, entry: LedgerEntry, *, at: datetime) -> LedgerEntry | None:
        """Lets a settled object be taken again, as if it were new; None where it is not settled any more."""
        row = self._changed(statements.RETRY, {**_names(entry), "now": at.timestamp()})
        return entry_of(row) if row is not None else None

    def done_with(self, sha256: str, *, plan: str) -> LedgerEntry | None:
        """An object of any bucket with this content that is done under the plan, and is no alias itself."""
        rows = self._rows(statements.DONE_WITH, {"sha256": sha256, "plan": plan})
        return entry_of(rows[0]) if rows else None

    def entries(self, *, state: ObjectState | None = None) -> list[LedgerEntry]:
        """Everything that is known, or all in one state, ordered by bucket and key."""
        rows = self._rows(statements.ENTRIES, {"state": state.value if state else None})
        return [entry_of(row) for row in rows]

    def close(self) -> None:
        """Closes the file; closing twice is harmless."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _prepare(self) -> None:
        self._connection.row_factory = sqlite3.Row
        with self._translated():
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            (found,) = self._connection.execute("PRAGMA user_version").fetchone()
        if found > statements.SCHEMA_VERSION:
            raise UnavailableError(
                f"the ledger {self._path} was made by a later version of paperlineage; use that one"
            )
        if found < statements.SCHEMA_VERSION:
            with self._transaction() as connection:
                for statement in statements.SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {statements.SCHEMA_VERSION}")

    def _rows(self, statement: str, parameters: Mapping[str, object]) -> list[sqlite3.Row]:
        with self._translated():
            return self._connection.execute(statement, parameters).fetchall()

    def _changed(self, statement: str, parameters: Mapping[str, object]) -> sqlite3.Row | None:
        with self._transaction() as connection:
            return cast("sqlite3.Row | None", connection.execute(statement, parameters).fetchone())

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                if self._connection.in_transaction:  # SQLite may have undone it already
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise UnavailableError(
                f"the ledger {self._path} cannot be used ({error}); make room, allow it to be written, or "
                "move a damaged file away: what is in the graph already is then found to be so"
            ) from error


def _names(entry: LedgerEntry) -> dict[str, bytes | str]:
    return {"bucket": key_bytes(entry.bucket), "key": key_bytes(entry.key), "version": entry.version}
