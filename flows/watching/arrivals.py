"""What has arrived in a bucket and held still, told by one listing after the other."""

from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from bucket import Bucket, BucketObject, Ledger
from flows.watching.settings import WatchSettings


@dataclass(slots=True)
class Sighting:
    """An object as the last listing showed it, and since when (by the monotonic clock) it has been so."""

    listed: BucketObject
    since: float


class Arrivals:
    """The memory of the listings. The ledger hears of what is new to it or has gone, and of nothing else,
    so that watching a large bucket in which nothing happens costs a listing and no more."""

    def __init__(self, bucket: Bucket, ledger: Ledger, settings: WatchSettings) -> None:
        self.problems: tuple[str, ...] = ()
        self._bucket = bucket
        self._ledger = ledger
        self._settings = settings
        self._sightings: dict[str, Sighting] = {}
        self._held_elsewhere: frozenset[str] = frozenset()
        self._listed_at = 0.0
        self._first = True

    def look(self, *, plan: str) -> None:
        """Lists the bucket and notes what has changed; raises BucketUnavailableError."""
        listed_at, began = datetime.now(UTC), monotonic()
        listing = self._bucket.list()
        self.problems = listing.problems
        before, after = self._sightings, dict[str, Sighting]()
        news: list[BucketObject] = []
        for listed in listing.objects:
            known = before.get(listed.key)
            if known is None or known.listed.version != listed.version:
                news.append(listed)
                after[listed.key] = Sighting(listed, began)
            else:
                after[listed.key] = known
        news.extend(after[key].listed for key in self._held_elsewhere & after.keys())
        if news:
            self._held_elsewhere = self._ledger.sight(self._bucket.url, news, plan=plan, listed_at=listed_at)
        self._note_gone(after, at=listed_at)
        self._sightings, self._listed_at = after, began

    def ready(self) -> list[BucketObject]:
        """What may be taken now, the one that waits longest first."""
        due = self._ledger.due(self._bucket.url, at=datetime.now(UTC))
        sightings = ((self._sightings.get(key), version) for key, version in due)
        return [
            sighting.listed
            for sighting, version in sightings
            if sighting and sighting.listed.version == version and self._is_settled(sighting)
        ]

    def settled_in(self) -> float | None:
        """Seconds until another listing may show that something has held still; None where all has."""
        waits = [
            sighting.since + self._needed(sighting.listed) - self._listed_at
            for sighting in self._sightings.values()
            if not self._is_settled(sighting)
        ]
        return min(waits, default=None)

    def patience_left(self, listed: BucketObject) -> float:
        """Seconds for which more may yet come to an object that looks unfinished; 0 where none are left."""
        if not self._bucket.settles:
            return 0.0
        return max(0.0, self._settings.patience_seconds - self._age(listed))

    def _is_settled(self, sighting: Sighting) -> bool:
        if not self._bucket.settles:
            return True
        if not sighting.listed.size:
            return not self.patience_left(sighting.listed)
        return self._listed_at - sighting.since >= self._settings.settle_seconds

    def _needed(self, listed: BucketObject) -> float:
        return self._settings.settle_seconds if listed.size else self._settings.patience_seconds

    def _age(self, listed: BucketObject) -> float:
        """Seconds for which the object has been as it is: as seen here, or by its own time of change."""
        sighting = self._sightings.get(listed.key)
        seen = self._listed_at - sighting.since if sighting else 0.0
        return max(seen, (datetime.now(UTC) - listed.modified_at).total_seconds())

    def _note_gone(self, present: dict[str, Sighting], *, at: datetime) -> None:
        known = self._ledger.present(self._bucket.url) if self._first else self._sightings.keys()
        self._first = False
        if missing := known - present.keys():
            self._ledger.gone(self._bucket.url, missing, at=at)
