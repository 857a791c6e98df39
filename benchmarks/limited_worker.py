"""Work on PDFs in one limited worker process such as the program's, where its CPU time can be told."""

import multiprocessing
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pebble import ProcessPool

from ingest import ReadingLimits
from ingest.reader import read_pdf
from ingest.worker import start_worker
from records import Document

Call = Callable[..., Any]


@contextmanager
def limited_worker(limits: ReadingLimits) -> Iterator[Call]:
    """A function that has another one called in the worker with the given arguments, and waits for it."""
    context = multiprocessing.get_context("forkserver")
    with ProcessPool(
        max_workers=1, context=context, initializer=start_worker, initargs=[limits.address_space_bytes]
    ) as pool:

        def call(work: Call, *arguments: object) -> Any:
            return pool.schedule(work, args=arguments).result()

        yield call


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document, and the user and system CPU seconds that it cost, OCR's included."""

    document: Document
    cpu_seconds: float


def measured_reading(path: Path, limits: ReadingLimits) -> Reading:
    """The document with its cost; raises UnreadablePdfError where there is none."""
    before = cpu_seconds()
    document = read_pdf(path, limits)
    return Reading(document=document, cpu_seconds=cpu_seconds() - before)


def cpu_seconds() -> float:
    """What this process and those that it has waited for have used so far."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
