"""What runs in a worker process: its limits, and the one place that guards it."""

import fcntl
import gc
import multiprocessing
import os
import resource
import signal
import tempfile
import traceback
from collections.abc import Callable
from multiprocessing.connection import wait
from pathlib import Path
from types import FrameType
from typing import TypeVar

from ingest.drafts import Draft
from ingest.limits import ReadingLimits
from ingest.pages.page_text import PageText
from records import Document, PaperlineageError, UnreadablePdfError

# A document is many small things without circles: looking for those is a tenth of what reading costs.
_RARELY = (50_000, 20, 50)

T = TypeVar("T")


def start_worker(address_space_bytes: int, scratch: str | None = None) -> None:
    """Limits the process and warms it: the PDF engine is loaded once, and says nothing to the terminal.

    Temporary files go to the folder `scratch`, which the parent removes even after a worker that was killed.
    An interrupt from the keyboard is the parent's to handle: so that it does not reach tesseract either, the
    process is a group of its own, which ends with the parent, whatever ends that.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.setpgrp()
    _end_with_tesseract()
    _end_with_parent()
    tempfile.tempdir = scratch
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy's threads would reserve address space for every core
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (address_space_bytes, address_space_bytes))
    import pymupdf

    import ingest.reader  # noqa: F401 - so that the first document does not wait for it

    pymupdf.TOOLS.mupdf_display_errors(on=False)
    pymupdf.TOOLS.mupdf_display_warnings(on=False)
    gc.freeze()  # what is loaded now stays
    gc.set_threshold(*_RARELY)


def _end_with_tesseract() -> None:
    """On a request to end, ends tesseract first, which would go on for seconds."""
    before = signal.getsignal(signal.SIGTERM)

    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(0, signal.SIGTERM)
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, end)


def _end_with_parent() -> None:
    """Has the kernel end the process and tesseract when the parent is gone, however long the engine takes.

    What tells is a pipe whose other end the parent alone holds; a thread that waits for it would in its turn
    wait for the engine.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    signal.signal(signal.SIGIO, signal.SIG_DFL)  # which is the end
    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, fcntl.fcntl(parent.sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    if wait([parent.sentinel], timeout=0):
        os._exit(1)


def read_in_worker(path: Path, limits: ReadingLimits) -> Document | Draft:
    """The document, or its draft where more pages wait for OCR than one task reads.

    Every failure is an UnreadablePdfError, because the file alone can be its cause here; so it is with the
    other tasks.
    """
    from ingest.reader import read_or_draft

    return _guarded(path.name, limits, lambda: read_or_draft(path, limits))


def recognise_in_worker(
    path: Path, layers: tuple[PageText, ...], limits: ReadingLimits, identity: str
) -> tuple[PageText, ...]:
    """The pages of these text layers as OCR reads them in the file with that hash."""
    from ingest.page_reading import recognise_pages

    return _guarded(path.name, limits, lambda: recognise_pages(path, layers, limits, identity=identity))


def finish_in_worker(draft: Draft, limits: ReadingLimits) -> Document:
    """The document that the draft's pages make."""
    from ingest.reader import document_of

    return _guarded(draft.name, limits, lambda: document_of(draft, limits))


def _guarded(name: str, limits: ReadingLimits, work: Callable[[], T]) -> T:
    try:
        return work()
    except PaperlineageError:
        raise
    except MemoryError as error:
        mebibytes = limits.address_space_bytes // 1024**2
        raise UnreadablePdfError(
            f"{name}: needs more than {mebibytes} MiB of memory to read; it may be a decompression bomb"
        ) from error
    except Exception as error:  # hostile bytes may fail anywhere in the engine
        raise UnreadablePdfError(f"{name}: cannot be read ({_where(error)}); save it anew") from error


def _where(error: Exception) -> str:
    """The error's kind and place; not its words, which may be the file's own."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
