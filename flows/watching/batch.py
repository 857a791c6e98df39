"""One batch of a watched bucket: claimed, fetched, read into the graph, and settled in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bucket import (
    BucketObject,
    FetchedObject,
    LedgerEntry,
    ObjectChangedError,
    ObjectRefusedError,
    ObjectState,
    Settlement,
    readable,
)
from flows.ingesting import ingest_files
from flows.outcomes import DocumentOutcome, OutcomeState
from flows.pdf_files import PdfFile
from flows.watching.arrivals import Arrivals
from flows.watching.settling import Watched, refuse, settle, settlement_of
from records import BucketUnavailableError, JobOutput, PaperlineageError

CHANGED_SECONDS = 1.0  # until the next listing has told what became of it


class WatchStoppedError(PaperlineageError):
    """The watcher was asked to stop while it was at work."""


@dataclass(slots=True)
class Batch:
    """Objects on their way from the bucket into the graph; listens to their ingestion.

    `unavailable` says what kept some of them out, empty where nothing did.
    """

    watched: Watched
    arrivals: Arrivals
    unavailable: str = ""
    _held: dict[str, LedgerEntry] = field(default_factory=dict)
    _by_content: dict[str, list[LedgerEntry]] = field(default_factory=dict)
    _contents: dict[str, str] = field(default_factory=dict)

    def take(self, wanted: Sequence[BucketObject]) -> None:
        """Settles the objects; what cannot be settled now goes back to the ledger.

        Raises WatchStoppedError, and UnavailableError where nothing can be done at all.
        """
        watched = self.watched
        versions = [(listed.key, listed.version) for listed in wanted]
        claimed = watched.ledger.claim(watched.bucket.url, versions, at=_now(), lease=self._lease)
        self._held = {entry.key: entry for entry in claimed}
        try:
            for entry in claimed:
                self._check_stop()
                self._fetch(entry)
            if files := self._files():
                for outcome in ingest_files(files, watched.workbench, listener=self):
                    self.finished(outcome)
        except PaperlineageError as error:
            self._let_go("" if isinstance(error, WatchStoppedError) else str(error))
            raise
        finally:
            self._let_go("")

    def found(self, count: int) -> None:
        """See Listener."""

    def wrote(self, output: JobOutput) -> None:
        """See Listener."""

    def began(self, path: Path) -> None:  # noqa: ARG002 - what a listener hears
        """Stops a watcher that is to stop; see Listener."""
        self._check_stop()
        self.watched.ledger.renew(at=_now(), lease=self._lease)

    def recorded(self, flow_run_url: str) -> None:
        """See Listener."""
        self.watched.listener.recorded(flow_run_url)

    def finished(self, outcome: DocumentOutcome) -> None:
        """Settles every object with the outcome's content; see Listener. Hearing it twice is harmless."""
        sha256 = outcome.document_id or self._contents.get(outcome.path, "")
        first = ""
        for entry in self._by_content.pop(sha256, []):
            if outcome.state is OutcomeState.REJECTED:
                self._refuse(entry, outcome.reason, sha256=sha256)
            else:
                self._settle(
                    entry, settlement_of(outcome, entry, self.watched, sha256=sha256, alias_of=first)
                )
            first = first or entry.key
        if outcome.state is OutcomeState.FAILED:
            self.unavailable = outcome.reason
        self._forget_copy(sha256)

    def _fetch(self, entry: LedgerEntry) -> None:
        """Copies the object into the spool, or settles it where it cannot be copied, or not yet."""
        watched, largest = self.watched, self.watched.settings.largest_bytes
        if not entry.size:
            self._refuse(entry, "the file is empty")
            return
        try:
            copy = watched.bucket.fetch(entry.listed, watched.spool, largest=largest)
        except ObjectRefusedError as error:
            self._refuse(entry, str(error))
        except ObjectChangedError as error:
            self._wait(entry, str(error), seconds=CHANGED_SECONDS)
        except BucketUnavailableError as error:
            at = _now() + timedelta(seconds=watched.settings.wait_after(entry.attempts))
            self._settle(entry, Settlement(state=ObjectState.FAILED, reason=str(error), next_try_at=at))
        else:
            self._sort(entry, copy)

    def _sort(self, entry: LedgerEntry, copy: FetchedObject) -> None:
        """Puts the copy to the others of its content, unless the end of it has yet to come."""
        patience = self.arrivals.patience_left(entry.listed) if copy.looks_unfinished else 0.0
        if patience:
            copy.path.unlink(missing_ok=True)
            self._wait(entry, "a PDF without its end: it is given time to grow", seconds=patience)
            return
        self._by_content.setdefault(copy.sha256, []).append(entry)

    def _files(self) -> list[PdfFile]:
        """A file for each content that is new; the objects with known content are settled."""
        watched, files = self.watched, list[PdfFile]()
        for sha256, entries in list(self._by_content.items()):
            earlier = watched.ledger.done_with(sha256, plan=watched.plan)
            if earlier is None:
                source = readable(entries[0].key)
                self._contents[source] = sha256
                files.append(PdfFile(path=self._copy(sha256), document_id=sha256, source=source))
                continue
            same_bucket = earlier.bucket == watched.bucket.url
            alias_of = earlier.key if same_bucket else f"{earlier.bucket}/{earlier.key}"
            for entry in self._by_content.pop(sha256):
                self._settle(
                    entry,
                    Settlement(
                        state=ObjectState.DONE,
                        reason="the same content was read before",
                        sha256=sha256,
                        job=earlier.job,
                        plan=watched.plan,
                        alias_of=alias_of,
                    ),
                )
            self._forget_copy(sha256)
        return files

    def _settle(self, entry: LedgerEntry, settlement: Settlement) -> None:
        self._held.pop(entry.key, None)
        settle(self.watched, entry, settlement)

    def _refuse(self, entry: LedgerEntry, reason: str, *, sha256: str = "") -> None:
        self._held.pop(entry.key, None)
        refuse(self.watched, entry, reason, sha256=sha256)

    def _wait(self, entry: LedgerEntry, reason: str, *, seconds: float) -> None:
        """Lets the object be taken again later, as if it had not been tried."""
        self._held.pop(entry.key, None)
        at = _now() + timedelta(seconds=seconds)
        waiting = Settlement(state=ObjectState.SEEN, reason=reason, next_try_at=at, tried=False)
        self.watched.ledger.settle(entry, waiting)

    def _let_go(self, reason: str) -> None:
        for entry in list(self._held.values()):
            self._wait(entry, reason, seconds=0)
        for sha256 in list(self._by_content):
            self._forget_copy(sha256)
        self._by_content.clear()

    def _copy(self, sha256: str) -> Path:
        return self.watched.spool / f"{sha256}.pdf"

    def _forget_copy(self, sha256: str) -> None:
        if sha256:
            self._copy(sha256).unlink(missing_ok=True)

    def _check_stop(self) -> None:
        if self.watched.stop.is_set():
            raise WatchStoppedError("the watcher was stopped")

    @property
    def _lease(self) -> timedelta:
        return timedelta(seconds=self.watched.settings.lease_seconds)


def _now() -> datetime:
    return datetime.now(UTC)
