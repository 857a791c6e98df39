"""Which readings of a document stand: it may have been read by several pipeline versions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Reading:
    """An extraction job of one document; readings order by when they started, then by id."""

    started_at: datetime
    job_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All readings of a document, the one being written among them, and which evidence each gave."""

    readings: tuple[Reading, ...]
    evidence: Mapping[str, frozenset[str]]

    @property
    def current_job(self) -> str:
        """The newest reading: the one whose evidence counts."""
        return max(self.readings).job_id

    def newest_of(self, evidence_id: str) -> str:
        """The newest reading that gave the evidence: the one whose account of it stands."""
        jobs = self.evidence[evidence_id]
        return max(reading for reading in self.readings if reading.job_id in jobs).job_id

    def invalidations(self) -> Iterable[tuple[str, str]]:
        """Pairs of evidence and a reading that came after one that gave it, and no longer gave it.

        They say what happened, and stay when a still later reading gives the evidence again.
        """
        for evidence_id, jobs in self.evidence.items():
            first = min(reading for reading in self.readings if reading.job_id in jobs)
            for reading in self.readings:
                if reading > first and reading.job_id not in jobs:
                    yield evidence_id, reading.job_id
