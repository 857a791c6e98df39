"""What became of each input of an ingestion, and who wants to hear of it while it runs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from records import JobOutput


class OutcomeState(StrEnum):
    """How an input ended."""

    INGESTED = "ingested"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    FAILED = "failed"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentOutcome:
    """One input and what became of it.

    `reason` says why where the state is not `ingested`; a rejected input is at fault itself, a failed one
    met something unavailable and may be tried again, a crashed one met a fault of this program. `seconds`
    is how long the run was busy with it, the wait for its reading included; work that went on meanwhile
    for others is not counted twice.
    """

    path: str
    state: OutcomeState
    reason: str = ""
    document_id: str = ""
    title: str = ""
    pages: int = 0
    ocr_pages: int = 0
    mentions: int = 0
    facts: int = 0
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()


class Listener(Protocol):
    """Hears what an ingestion does, in the thread that does it."""

    def found(self, count: int) -> None:
        """So many inputs will have an outcome."""

    def began(self, path: Path) -> None:
        """A file is the one in work now."""

    def wrote(self, output: JobOutput) -> None:
        """A document's facts are in the graph."""

    def finished(self, outcome: DocumentOutcome) -> None:
        """An input is done with."""

    def recorded(self, flow_run_url: str) -> None:
        """A Prefect server keeps a record of this ingestion there."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A listener for callers that only want the outcomes."""

    def found(self, count: int) -> None:
        """Says nothing."""

    def began(self, path: Path) -> None:
        """Says nothing."""

    def wrote(self, output: JobOutput) -> None:
        """Says nothing."""

    def finished(self, outcome: DocumentOutcome) -> None:
        """Says nothing."""

    def recorded(self, flow_run_url: str) -> None:
        """Says nothing."""


def count_of(outcomes: Iterable[DocumentOutcome], state: OutcomeState) -> int:
    """How many of the outcomes are in the state."""
    return sum(outcome.state is state for outcome in outcomes)


def in_words(outcomes: Iterable[DocumentOutcome]) -> str:
    """The counts as a phrase: "3 ingested, 1 rejected"; states that did not occur are left out."""
    known = tuple(outcomes)
    counts = ((state, count_of(known, state)) for state in OutcomeState)
    return ", ".join(f"{count} {state}" for state, count in counts if count) or "nothing to do"


def lasting(outcome: DocumentOutcome, seconds: float) -> DocumentOutcome:
    """The outcome with the time it took, to the millisecond."""
    return replace(outcome, seconds=round(seconds, 3))
