"""Keys as places under a folder, opened part by part so that no symbolic link leads out of it."""

import errno
import os
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe must not keep anyone waiting
# What file systems without hard links answer.
WITHOUT_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS})
# A part of the path is missing, is no folder, or is a link; the last is also what opening a link gives.
NOT_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})


@contextmanager
def opened_parent(root: Path, key: str, *, make: bool = False) -> Iterator[tuple[int, str]]:
    """The open folder that holds the key, as a descriptor, and the key's last part.

    Raises OSError where a part is missing, unless it is to be made, and where one is a link or no folder.
    """
    *folders, name = parts_of(key)
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in folders:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(part, dir_fd=descriptor)
            inner = os.open(part, FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor, name
    finally:
        os.close(descriptor)


def parts_of(key: str) -> list[str]:
    """The parts of a key; raises OSError for one that is no plain path under a folder."""
    parts = key.split("/")
    if any(part in {"", ".", ".."} or "\0" in part for part in parts):
        raise FileNotFoundError(f"not a path under the folder: {key!r}")
    return parts


def version_of(status: os.stat_result) -> str:
    """What differs as soon as a file's content may differ: time of change, size, and which file it is."""
    return f"{status.st_mtime_ns}-{status.st_size}-{status.st_ino}"


def file_at(descriptor: int, name: str) -> os.stat_result | None:
    """What is known of the regular file in the open folder; None where there is none."""
    try:
        status = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def moved(source: tuple[int, str], target: tuple[int, str]) -> bool:
    """Moves a file from one open folder to another; False where another file is in the way.

    It is linked first and then unlinked, since a plain rename would overwrite what is there.
    """
    (source_folder, name), (target_folder, new_name) = source, target
    places = {"src_dir_fd": source_folder, "dst_dir_fd": target_folder}
    try:
        os.link(name, new_name, **places, follow_symlinks=False)
    except FileExistsError:
        there, here = file_at(*target), file_at(*source)
        if there is None or here is None or not os.path.samestat(there, here):
            return False  # else a move that was cut off half-way
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno not in WITHOUT_LINKS:
            raise
        if file_at(*target) is not None:
            return False
        os.rename(name, new_name, **places)  # noqa: PTH104 - relative to open folders
        return True
    os.unlink(name, dir_fd=source_folder)
    return True


def write_text(root: Path, key: str, text: str) -> None:
    """Writes a small file, whole or not at all."""
    with opened_parent(root, key, make=True) as (folder, name):
        unfinished = f".{uuid.uuid4().hex}.tmp"
        descriptor = os.open(
            unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666, dir_fd=folder
        )
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
        os.replace(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)


def remove(root: Path, key: str) -> None:
    """Removes a file and the folders that it leaves empty; what is not there is no error."""
    with suppress(OSError), opened_parent(root, key) as (folder, name):
        os.unlink(name, dir_fd=folder)
    while "/" in key:
        key = key.rpartition("/")[0]
        try:
            with opened_parent(root, key) as (folder, name):
                os.rmdir(name, dir_fd=folder)
        except OSError:  # not empty
            return
