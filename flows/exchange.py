"""Exporting the graph to a file and importing it, never leaving half of either."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import uuid4

from flows.compose import open_graph
from flows.settings import Settings
from graph.exchange import Header, ImportCounts, checked_export, export_lines, header_of, import_export
from records import RejectedInputError, UnavailableError


def export_to_file(target: Path, settings: Settings) -> Header:
    """Writes the graph to the file, which is there whole or stays as it was; says how much there is."""
    with _replaced(target) as file:
        return export_to_stream(file, settings)


def export_to_stream(stream: IO[bytes], settings: Settings) -> Header:
    """Writes the graph to the stream; says how much there is."""
    header = Header(nodes=0, edges=0)
    with open_graph(settings, read_only=True) as store, closing(export_lines(store)) as lines:
        for number, line in enumerate(lines):
            written = line.encode("ascii") + b"\n"
            stream.write(written)
            if number == 0:
                header = header_of(written)
    stream.flush()
    return header


def import_from_file(source: Path, settings: Settings, *, merge: bool = False) -> ImportCounts:
    """Writes the exported graph in the file into the graph, whole or not at all."""
    try:
        with source.open("rb") as file:
            if not source.is_file():  # a pipe can be read once, and checking takes a reading of its own
                return import_from_stream(file, settings, merge=merge)
            return _imported(file, settings, merge=merge)
    except OSError as error:
        raise RejectedInputError(f"{source} cannot be read: {error.strerror or error}") from error


def import_from_stream(stream: IO[bytes], settings: Settings, *, merge: bool = False) -> ImportCounts:
    """Writes the exported graph in the stream into the graph, once all of it has arrived."""
    with tempfile.TemporaryFile() as spool:
        shutil.copyfileobj(stream, spool)
        return _imported(spool, settings, merge=merge)


def _imported(file: IO[bytes], settings: Settings, *, merge: bool) -> ImportCounts:
    export = checked_export(file)  # before the graph is opened, so that a bad file does not make one
    with open_graph(settings) as store:
        return import_export(store, export, merge=merge)


@contextmanager
def _replaced(target: Path) -> Iterator[IO[bytes]]:
    """A file that takes the target's place once it is whole and on the disk."""
    if target.exists() and not target.is_file():
        raise RejectedInputError(f"{target} is no file that could be written: name one, or - for stdout")
    beside = target.resolve().with_name(f".{target.name}.{uuid4().hex}.part")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target.resolve())
    except OSError as error:
        raise UnavailableError(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            beside.unlink()
