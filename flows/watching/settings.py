"""What an operator may set about watched buckets, and how long is waited between tries."""

import random

from pydantic import BaseModel, ConfigDict, Field

MIB = 2**20


class WatchSettings(BaseModel):
    """Each is set as PAPERLINEAGE_WATCH__ and its name in capitals: PAPERLINEAGE_WATCH__POLL_SECONDS=30.

    `settle_seconds`: how long a file of a folder has to hold still. `patience_seconds`: how long one that
    is empty, or a PDF without its end, may go on growing before it is taken as it is. `poll_seconds`: how
    often a bucket is listed where nothing hints at a change. `quarantine`: whether refused objects are moved
    there. `retry_seconds`, doubled each time up to `longest_retry_seconds`: the wait after something was
    unavailable. `crash_attempts`: how often an object is tried on which this program itself fails.
    `lease_seconds`: how long a watcher may hold an object without a sign of life.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    settle_seconds: float = Field(default=1.0, ge=0)
    patience_seconds: float = Field(default=60.0, ge=0)
    poll_seconds: float = Field(default=5.0, gt=0)
    batch_size: int = Field(default=16, ge=1, le=1000)
    largest_mib: float = Field(default=256.0, gt=0)
    quarantine: bool = True
    retry_seconds: float = Field(default=2.0, gt=0)
    longest_retry_seconds: float = Field(default=300.0, gt=0)
    crash_attempts: int = Field(default=3, ge=1)
    lease_seconds: float = Field(default=1800.0, gt=0)

    @property
    def largest_bytes(self) -> int:
        """The size over which an object is refused."""
        return int(self.largest_mib * MIB)

    def wait_after(self, attempts: int) -> float:
        """Seconds until the next try: doubled with each, capped, and spread so that not all come at once."""
        longest = min(self.longest_retry_seconds, self.retry_seconds * 2.0 ** min(attempts - 1, 30))
        return longest * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
