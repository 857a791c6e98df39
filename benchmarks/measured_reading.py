"""Papers read in a limited worker, one after the other, with the CPU seconds that each cost there."""

import multiprocessing
import resource
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessPool

from ingest import ReadingLimits
from ingest.reader import read_pdf
from ingest.worker import start_worker
from records import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document, and the user and system CPU seconds that it cost, OCR's included."""

    document: Document
    cpu_seconds: float


def readings(paths: Sequence[Path], limits: ReadingLimits) -> Iterator[Reading]:
    """Every file's reading in order; raises UnreadablePdfError for the first one that cannot be read.

    The first file is read once before, so that none pays for what is loaded only once.
    """
    context = multiprocessing.get_context("forkserver")
    with ProcessPool(
        max_workers=1, context=context, initializer=start_worker, initargs=[limits.address_space_bytes]
    ) as pool:
        for path in paths[:1]:
            pool.schedule(_measured, args=[path, limits]).result()
        for path in paths:
            yield pool.schedule(_measured, args=[path, limits]).result()


def _measured(path: Path, limits: ReadingLimits) -> Reading:
    before = _cpu_seconds()
    document = read_pdf(path, limits)
    return Reading(document=document, cpu_seconds=_cpu_seconds() - before)


def _cpu_seconds() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
