"""What runs in a worker process: its limits, and the one place that guards it."""

import resource
import signal
from pathlib import Path

from ingest.limits import ReadingLimits
from records import Document, PaperlineageError, UnreadablePdfError


def start_worker(address_space_bytes: int) -> None:
    """Limits the process and warms it: the PDF engine is loaded once, and says nothing to the terminal.

    An interrupt from the keyboard is the parent's to handle.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (address_space_bytes, address_space_bytes))
    import pymupdf

    import ingest.reader  # noqa: F401 - so that the first document does not wait for it

    pymupdf.TOOLS.mupdf_display_errors(on=False)
    pymupdf.TOOLS.mupdf_display_warnings(on=False)


def read_in_worker(path: Path, limits: ReadingLimits) -> Document:
    """The document; every failure is an UnreadablePdfError, because the file alone can be its cause here."""
    from ingest.reader import read_pdf

    try:
        return read_pdf(path, limits)
    except PaperlineageError:
        raise
    except MemoryError as error:
        mebibytes = limits.address_space_bytes // 1024**2
        raise UnreadablePdfError(f"{path.name}: needs more than {mebibytes} MiB of memory to read") from error
    except Exception as error:  # hostile bytes may fail anywhere in the engine
        said = " ".join(str(error).split())[:160]
        raise UnreadablePdfError(f"{path.name}: cannot be read ({type(error).__name__}: {said})") from error
