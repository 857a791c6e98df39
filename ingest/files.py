"""What can be said of a file before any PDF library sees it: its hash, and whether it is a PDF at all."""

import hashlib
from pathlib import Path

from records import UnreadablePdfError

HEADER_WINDOW_BYTES = 1024  # readers in use accept the header anywhere in the first kilobyte
TRAILER_WINDOW_BYTES = 2048


def file_hash(path: Path) -> str:
    """The SHA-256 of the file's bytes in hex, which is the document's id.

    Raises UnreadablePdfError for what is missing, no file, empty or not allowed to be read.
    """
    check_is_readable(path)
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadablePdfError(f"{path.name}: cannot be read from disk ({reason(error)})") from error


def check_is_pdf(path: Path) -> None:
    """Raises UnreadablePdfError unless the file is there and carries the mark of a PDF."""
    check_is_readable(path)
    try:
        with path.open("rb") as stream:
            start = stream.read(HEADER_WINDOW_BYTES)
    except OSError as error:
        raise UnreadablePdfError(f"{path.name}: cannot be read from disk ({reason(error)})") from error
    if b"%PDF-" not in start:
        raise UnreadablePdfError(
            f"{path.name}: not a PDF (no %PDF- in its first {HEADER_WINDOW_BYTES} bytes)"
        )


def is_cut_off(path: Path) -> bool:
    """Whether the file's end lacks the mark with which every whole PDF ends."""
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - TRAILER_WINDOW_BYTES, 0))
        return b"%%EOF" not in stream.read(TRAILER_WINDOW_BYTES)


def check_is_readable(path: Path) -> None:
    """Raises UnreadablePdfError for a path that names nothing, no regular file, or an empty one."""
    try:
        if not path.exists():
            raise UnreadablePdfError(f"{path.name}: no such file")
        if path.is_dir():
            raise UnreadablePdfError(f"{path.name}: a folder, not a PDF file")
        if not path.is_file():
            raise UnreadablePdfError(f"{path.name}: not a regular file")
        if path.stat().st_size == 0:
            raise UnreadablePdfError(f"{path.name}: the file is empty")
    except OSError as error:
        raise UnreadablePdfError(f"{path.name}: cannot be looked at ({reason(error)})") from error


def reason(error: OSError) -> str:
    """The operating system's own words, without the path that may be long or private."""
    return (error.strerror or type(error).__name__).lower()
