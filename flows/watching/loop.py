"""The loop of a watcher: list, take what has held still, wait for a hint or for time to pass."""

import threading
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from flows.watching.arrivals import Arrivals
from flows.watching.batch import Batch
from flows.watching.claims import take_over
from flows.watching.hints import hints
from flows.watching.settling import Watched, put_aside
from records import UnavailableError

STOP_SECONDS = 0.25  # how long it may take until a waiting watcher sees that it is to stop
LONGEST_ABSENCE_SECONDS = 10.0  # between looks for a bucket that is gone
LEAST_PAUSE_SECONDS = 0.1
# A listing is followed by so many times its own duration without one: where something happens, and where
# nothing does.
BUSY_SHARE, IDLE_SHARE = 4, 50


@dataclass(slots=True)
class Outage:
    """Something that is unavailable for a while: told once when it begins and once when it is over."""

    tries: int = 0
    resumes_at: float = 0.0

    @property
    def lasts(self) -> bool:
        """Whether it is too early to try again."""
        return monotonic() < self.resumes_at


class Watcher:
    """Watches one bucket in the thread that calls it."""

    def __init__(self, watched: Watched, *, claimant: str) -> None:
        self._watched = watched
        self._claimant = claimant
        self._arrivals = Arrivals(watched.bucket, watched.ledger, watched.settings)
        self._changed = threading.Event()
        self._bucket_outage, self._ingest_outage = Outage(), Outage()
        self._listing_seconds = 0.0
        self._problems: tuple[str, ...] = ()

    def look_once(self) -> None:
        """Takes everything that holds still now; raises UnavailableError where something kept it from it."""
        self._list()
        if (wait := self._arrivals.settled_in()) is not None:
            self._wait(min(wait, self._watched.settings.settle_seconds), hinted=False)
            self._list()
        while (batch := self._batch()) is not None:
            if batch.unavailable:
                raise UnavailableError(batch.unavailable)

    def look_on(self) -> None:
        """Takes what arrives until it is to stop; raises BucketUnavailableError only at the start."""
        folder = self._watched.bucket.folder
        with hints(folder, self._changed) if folder else nullcontext():
            self._list()
            while not self._watched.stop.is_set():
                if not self._turn():
                    self._wait(self._pause(), hinted=True)
                    self._list_again()

    def _turn(self) -> bool:
        """Whether there was a batch to take, so that there may be more."""
        if self._ingest_outage.lasts or self._bucket_outage.tries:
            return False
        try:
            batch = self._batch()
        except UnavailableError as error:
            self._begin(self._ingest_outage, str(error))
            return False
        if batch is None:
            return False
        if batch.unavailable:
            self._begin(self._ingest_outage, batch.unavailable)
        else:
            self._end(self._ingest_outage, "what was unavailable is back")
        self._list_again()
        return True

    def _batch(self) -> Batch | None:
        """The next batch, taken; None where nothing is ready."""
        wanted = self._arrivals.ready()[: self._watched.settings.batch_size]
        if not wanted or self._watched.stop.is_set():
            return None
        batch = Batch(self._watched, self._arrivals)
        batch.take(wanted)
        return batch

    def _list(self) -> None:
        watched, began = self._watched, monotonic()
        self._arrivals.look(plan=watched.plan)
        self._listing_seconds = monotonic() - began
        for problem in self._arrivals.problems:
            if problem not in self._problems:
                watched.listener.noted(problem)
        self._problems = self._arrivals.problems
        take_over(watched.ledger, watched.workbench.settings.home, name=self._claimant)
        for entry in watched.ledger.unmoved(watched.bucket.url):
            put_aside(watched, entry)

    def _list_again(self) -> None:
        try:
            self._list()
        except UnavailableError as error:
            self._begin(self._bucket_outage, str(error))
        else:
            self._end(self._bucket_outage, f"{self._watched.bucket.url} is back")

    def _begin(self, outage: Outage, text: str) -> None:
        outage.tries += 1
        outage.resumes_at = monotonic() + self._watched.settings.wait_after(outage.tries)
        if outage.tries == 1:
            self._watched.listener.noted(f"{text}; it is tried again until it works")

    def _end(self, outage: Outage, text: str) -> None:
        if outage.tries:
            self._watched.listener.noted(text)
        outage.tries, outage.resumes_at = 0, 0.0

    def _pause(self) -> float:
        """Seconds until there may be something to do."""
        settings = self._watched.settings
        if self._bucket_outage.tries:
            return min(LONGEST_ABSENCE_SECONDS, max(0.0, self._bucket_outage.resumes_at - monotonic()))
        waits = [max(settings.poll_seconds, self._listing_seconds * IDLE_SHARE)]
        if (settled_in := self._arrivals.settled_in()) is not None:
            waits.append(settled_in)
        now = datetime.now(UTC)
        if next_try_at := self._watched.ledger.next_try_after(self._watched.bucket.url, now):
            waits.append((next_try_at - now).total_seconds())
        if self._ingest_outage.lasts:
            waits.append(self._ingest_outage.resumes_at - monotonic())
        return max(min(waits), self._rest)

    def _wait(self, seconds: float, *, hinted: bool) -> None:
        """Waits so long, or until there is a hint, or until the watcher is to stop."""
        stop = self._watched.stop
        rest = min(seconds, self._rest)
        stop.wait(rest if hinted else seconds)
        ends_at = monotonic() + seconds - rest
        while hinted and not stop.is_set() and (left := ends_at - monotonic()) > 0:
            if self._changed.wait(min(left, STOP_SECONDS)):
                break
        self._changed.clear()

    @property
    def _rest(self) -> float:
        """Seconds for which nothing is listed again, so that listing never is all that a watcher does."""
        return max(LEAST_PAUSE_SECONDS, self._listing_seconds * BUSY_SHARE)
