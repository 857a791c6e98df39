"""Local copies of objects: written piece by piece, hashed on the way, whole or not there at all."""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bucket.objects import FetchedObject, ObjectRefusedError
from records import UnavailableError

PIECE_BYTES = 1 << 20
WINDOW_BYTES = 1024  # readers accept the marks of a PDF anywhere in its first and last kilobyte
START_MARK, END_MARK = b"%PDF-", b"%%EOF"


def spooled(
    pieces: Iterable[bytes], folder: Path, *, largest: int, check: Callable[[int], None]
) -> FetchedObject:
    """The pieces as a file in the folder, named after the hash of its bytes and never after a key.

    `check` gets the number of bytes before the copy becomes visible, and raises where it must not. Raises
    ObjectRefusedError as soon as there are more than `largest` bytes, and UnavailableError where the folder
    cannot be written.
    """
    unfinished = folder / f"{uuid.uuid4().hex}.part"
    digest, size, start, end = hashlib.sha256(), 0, b"", b""
    with _written(unfinished):
        with unfinished.open("xb") as copy:
            for piece in pieces:
                size += len(piece)
                if size > largest:
                    raise ObjectRefusedError(too_large(size, largest))
                digest.update(piece)
                copy.write(piece)
                start = (start + piece[:WINDOW_BYTES])[:WINDOW_BYTES]
                end = (end + piece[-WINDOW_BYTES:])[-WINDOW_BYTES:]
        check(size)
        path = folder / f"{digest.hexdigest()}.pdf"
        unfinished.replace(path)
    return FetchedObject(path=path, sha256=digest.hexdigest(), looks_unfinished=looks_unfinished(start, end))


def looks_unfinished(start: bytes, end: bytes) -> bool:
    """Whether a file with this start and end may be a PDF of which a part has yet to come.

    Where room is set aside before the content is copied, what has yet to come is zeros.
    """
    return END_MARK not in end and (START_MARK in start or not start.strip(b"\0"))


def too_large(size: int, largest: int) -> str:
    """Why an object of this size is not taken."""
    return (
        f"too large: {size / 2**20:,.0f} MiB or more, {largest / 2**20:,.0f} MiB are allowed "
        "(PAPERLINEAGE_WATCH__LARGEST_MIB)"
    )


@contextmanager
def _written(unfinished: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # the pieces bring errors of the project's own
        unfinished.unlink(missing_ok=True)
        raise UnavailableError(
            f"cannot write to {unfinished.parent} ({error.strerror}): make room or allow it, and the objects "
            "are fetched again"
        ) from error
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
