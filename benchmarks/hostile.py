"""How hostile and damaged PDFs end, and what they cost.

`python -m benchmarks.hostile --files FOLDER` reads every PDF of the folder through the pool that the program
itself uses, with its default limits and a new worker for each file, so that the peak of memory is the file's
own. An outcome is text, or a refusal with its reason; anything else is counted as untyped. The peak is the
resident memory of the largest process; a worker that is killed between two looks may have had a little more.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.worker_memory import WorkerMemory
from ingest import PdfReaderPool, ReadingLimits
from records import UnreadablePdfError

STARTING_SECONDS = 5.0  # what a worker may take to start and to be stopped, beyond its limit of time


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one file ended: "text", "refused", or "untyped" for an exception that is no refusal."""

    file: str
    outcome: str
    reason: str
    pages: int
    characters: int
    warnings: tuple[str, ...]
    seconds: float
    peak_mib: float | None


def main() -> None:
    """Reads the files, and prints one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=Path, required=True, metavar="FOLDER")
    given = arguments.parse_args()
    limits = ReadingLimits()
    outcomes = []
    for path in sorted(given.files.glob("*.pdf")):
        outcomes.append(outcome_of(path, limits))
        print(f"{outcomes[-1].outcome:8} {path.name} {outcomes[-1].reason}", file=sys.stderr)
    report = {"files": [asdict(outcome) for outcome in outcomes], "summary": summary_of(outcomes, limits)}
    print(json.dumps(report, indent=2))


def outcome_of(path: Path, limits: ReadingLimits) -> Outcome:
    """How the file ends in a new worker."""
    with WorkerMemory.watched() as memory, PdfReaderPool(limits, workers=1) as pool:
        started = perf_counter()
        future = pool.submit(path)
        error = future.exception()
        seconds = perf_counter() - started
        memory.sample()  # while the worker still lives
    document = future.result() if error is None else None
    return Outcome(
        file=path.name,
        outcome=_kind(error),
        reason=str(error).removeprefix(f"{path.name}: ") if error else "",
        pages=len(document.pages) if document else 0,
        characters=len(document.text) if document else 0,
        warnings=document.warnings if document else (),
        seconds=round(seconds, 3),
        peak_mib=memory.peak_mib,
    )


def _kind(error: BaseException | None) -> str:
    if error is None:
        return "text"
    return "refused" if isinstance(error, UnreadablePdfError) else "untyped"


def summary_of(outcomes: Sequence[Outcome], limits: ReadingLimits) -> dict[str, object]:
    """What is to be reached of all files together."""
    longest = limits.timeout_seconds + STARTING_SECONDS
    most_mib = limits.address_space_bytes / 1024**2
    return {
        "files": len(outcomes),
        **Counter(outcome.outcome for outcome in outcomes),
        "typed_share": sum(outcome.outcome != "untyped" for outcome in outcomes) / (len(outcomes) or 1),
        "hung": [outcome.file for outcome in outcomes if outcome.seconds > longest],
        "accepted_without_pages": [o.file for o in outcomes if o.outcome == "text" and not o.pages],
        "over_memory_limit": [o.file for o in outcomes if (o.peak_mib or 0.0) > most_mib],
        "slowest": max(((o.seconds, o.file) for o in outcomes), default=None),
        "largest_peak_mib": max(((o.peak_mib or 0.0, o.file) for o in outcomes), default=None),
    }


if __name__ == "__main__":
    main()
