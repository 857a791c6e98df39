"""A folder of this machine as a bucket."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bucket.folder_paths import (
    FILE,
    NOT_THERE,
    file_at,
    moved,
    opened_parent,
    remove,
    version_of,
    write_text,
)
from bucket.objects import (
    BucketObject,
    FetchedObject,
    Listing,
    ObjectChangedError,
    ObjectRefusedError,
    is_arrival,
    readable,
)
from bucket.quarantine import note_key_of
from bucket.spool import PIECE_BYTES, spooled, too_large
from records import BucketUnavailableError


class LocalFolder:
    """A folder and what is under it. Symbolic links in it are not followed, to files or to folders: what
    they lead to is either listed in its own place or none of the bucket's business."""

    settles = True

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.folder: Path | None = self.root
        self.url = str(self.root)

    def list(self) -> Listing:
        """The regular files that are arrivals, ordered by key; see Bucket."""
        problems: list[str] = []
        with self._reachable():
            objects = sorted(_listed(self.root, "", problems), key=lambda listed: listed.key)
        return Listing(objects=tuple(objects), problems=tuple(problems))

    def fetch(self, listed: BucketObject, spool: Path, *, largest: int) -> FetchedObject:
        """A copy of the file; see Bucket."""
        if listed.size > largest:
            raise ObjectRefusedError(too_large(listed.size, largest))
        with self._there(listed.key) as (folder, name):
            descriptor = os.open(name, FILE, dir_fd=folder)
            try:
                return spooled(
                    _pieces(descriptor, listed.key),
                    spool,
                    largest=largest,
                    check=lambda _size: _check_unchanged(listed, descriptor, file_at(folder, name)),
                )
            finally:
                os.close(descriptor)

    def holds(self, key: str) -> bool:
        """Whether something lies there, be it a file or not; see Bucket."""
        try:
            with opened_parent(self.root, key) as (folder, name):
                os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError:
            return False
        return True

    def put_aside(self, listed: BucketObject, quarantine_key: str, *, note: str) -> bool:
        """Moves the file within the folder, atomically; see Bucket."""
        try:
            with (
                opened_parent(self.root, listed.key) as source,
                opened_parent(self.root, quarantine_key, make=True) as target,
            ):
                if file_at(*source) is not None and not _moved_as_listed(listed, source, target):
                    return False
                if file_at(*target) is None:
                    return False
            write_text(self.root, note_key_of(quarantine_key), note)
        except OSError:  # a folder that may only be read, a quarantine that is no folder
            return False
        return True

    def put_back(self, key: str, quarantine_key: str) -> bool:
        """Moves the file back and leaves no empty folder behind; see Bucket."""
        with self._reachable():
            try:
                with (
                    opened_parent(self.root, quarantine_key) as source,
                    opened_parent(self.root, key, make=True) as target,
                ):
                    if not moved(source, target):
                        return False
            except FileNotFoundError:
                return False
            remove(self.root, note_key_of(quarantine_key))
        return True

    @contextmanager
    def _reachable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise BucketUnavailableError(
                f"the folder {readable(self.url)} cannot be used ({_said(error)}): bring it back or allow "
                "it to be read and written"
            ) from error

    @contextmanager
    def _there(self, key: str) -> Iterator[tuple[int, str]]:
        """The folder and the name of a listed key; raises ObjectChangedError where it is not there."""
        try:
            with opened_parent(self.root, key) as place:
                yield place
        except OSError as error:
            if error.errno in NOT_THERE:
                raise ObjectChangedError("gone before it could be fetched") from error
            raise _unreadable(key, error) from error


def _listed(folder: Path, inside: str, problems: list[str]) -> Iterator[BucketObject]:
    with os.scandir(folder) as entries:
        for entry in entries:
            key = inside + entry.name
            if entry.is_dir(follow_symlinks=False):
                if is_arrival(f"{key}/any"):  # else nothing in it is one
                    yield from _listed_inside(Path(entry.path), key, problems)
            elif is_arrival(key) and entry.is_file(follow_symlinks=False):
                yield from _object(entry, key)


def _listed_inside(folder: Path, key: str, problems: list[str]) -> Iterator[BucketObject]:
    try:
        yield from _listed(folder, f"{key}/", problems)
    except FileNotFoundError:
        return  # gone since its own folder was listed
    except OSError as error:
        problems.append(f"the folder {readable(key)} cannot be listed ({_said(error)})")


def _object(entry: os.DirEntry[str], key: str) -> Iterator[BucketObject]:
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return
    modified_at = datetime.fromtimestamp(status.st_mtime, UTC)
    yield BucketObject(key=key, size=status.st_size, version=version_of(status), modified_at=modified_at)


def _pieces(descriptor: int, key: str) -> Iterator[bytes]:
    try:
        while piece := os.read(descriptor, PIECE_BYTES):
            yield piece
    except OSError as error:
        raise _unreadable(key, error) from error


def _unreadable(key: str, error: OSError) -> BucketUnavailableError:
    return BucketUnavailableError(f"{readable(key)}: cannot be read ({_said(error)})")


def _check_unchanged(listed: BucketObject, descriptor: int, named: os.stat_result | None) -> None:
    """Raises ObjectChangedError unless what was read is still what the key names, as it was listed."""
    read = os.fstat(descriptor)
    if named is None or {version_of(read), version_of(named)} != {listed.version}:
        raise ObjectChangedError("changed while it was fetched")


def _moved_as_listed(listed: BucketObject, source: tuple[int, str], target: tuple[int, str]) -> bool:
    status = file_at(*source)
    if status is None or version_of(status) != listed.version or not moved(source, target):
        return False
    if (there := file_at(*target)) is None or version_of(there) == listed.version:
        return True
    moved(target, source)  # replaced in the moment between: it is an arrival of its own
    return False


def _said(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
