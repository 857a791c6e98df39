"""Which code decides the results: the package's version and a hash of the deciding rooms' sources."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

# What a document turns into is decided in these rooms; how it is stored and asked for is not.
DECIDING_ROOMS = ("records", "ingest", "extract", "canonicalize")
HASH_DIGITS = 16


def code_version() -> str:
    """The package's version and the start of the hash, as in "0.1.0+1f2e3d4c5b6a7980"."""
    return f"{package_version()}+{source_hash(DECIDING_ROOMS)[:HASH_DIGITS]}"


def package_version() -> str:
    """The version of the installed program, "0" in a source tree that was never installed."""
    try:
        return version("paperlineage")
    except PackageNotFoundError:
        return "0"


def source_hash(rooms: Iterable[str]) -> str:
    """The SHA-256 in hex of the rooms' sources and word lists, names and bytes, ordered by name."""
    digest = hashlib.sha256()
    for room in sorted(rooms):
        for name, source in sorted(_sources(files(room), room)):
            digest.update(f"{name}\n{len(source)}\n".encode())
            digest.update(source)
    return digest.hexdigest()


def _sources(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{name}/{entry.name}")
        elif entry.name.endswith((".py", ".txt")):
            yield f"{name}/{entry.name}", entry.read_bytes()
