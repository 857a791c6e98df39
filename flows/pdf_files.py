"""From the paths that a person names to the files behind them, each with what it holds."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest import file_hash
from records import UnreadablePdfError


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFile:
    """A file to ingest.

    `document_id` is the SHA-256 of its bytes, empty where it has none to read, and `problem` says why then.
    `same_as` is the earlier file of the same call with the very same bytes. `source` is what people call
    the file, where it is not its path: the key of an object of which `path` is a copy.
    """

    path: Path
    document_id: str = ""
    problem: str = ""
    same_as: Path | None = None
    source: str = ""

    @property
    def shown(self) -> str:
        """Where people would look for it."""
        return self.source or str(self.path)

    @property
    def name(self) -> str:
        """The last part of it, which becomes the document's name."""
        return self.shown.rstrip("/").rpartition("/")[2] or self.shown

    def in_its_name(self, message: str) -> str:
        """A message about the copy as one about the file itself."""
        return message.replace(self.path.name, self.name) if self.source else message


def pdf_files(paths: Iterable[Path]) -> list[PdfFile]:
    """The files named by the paths and found in the folders among them, each path once, in order.

    Folders give their `*.pdf` files (in any case, dotfiles left out), recursively, sorted by path; links to
    folders inside them are not followed. A file that is named is taken whatever its name.
    """
    by_content: dict[str, Path] = {}
    files: dict[Path, PdfFile] = {}
    for path in paths:
        for file in _behind(path):
            if file.path not in files:
                files[file.path] = _identified(file, by_content)
    return list(files.values())


def _behind(path: Path) -> Iterator[PdfFile]:
    if not path.is_dir():
        yield PdfFile(path=path)
        return
    unreadable: list[OSError] = []
    found = sorted(_in_folder(path, unreadable))
    yield from (PdfFile(path=file) for file in found)
    for error in unreadable:
        yield PdfFile(path=Path(error.filename), problem=f"cannot open the folder: {error.strerror}")
    if not found and not unreadable:
        yield PdfFile(path=path, problem="no PDF file in this folder")


def _in_folder(folder: Path, unreadable: list[OSError]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.lower().endswith(".pdf") and not name.startswith("."):
                yield Path(parent, name)


def _identified(file: PdfFile, by_content: dict[str, Path]) -> PdfFile:
    if file.problem:
        return file
    try:
        document_id = file_hash(file.path)
    except UnreadablePdfError as error:
        return PdfFile(path=file.path, problem=str(error))
    first = by_content.setdefault(document_id, file.path)
    same_as = None if first == file.path else first
    return PdfFile(path=file.path, document_id=document_id, same_as=same_as)
