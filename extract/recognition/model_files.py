"""A shipped model on disk: a folder with a manifest that names its files and their hashes."""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from records import EntityType, PaperlineageError, RelationType

MANIFEST = "recogniser.json"
FORMAT = 1


class ModelFilesError(PaperlineageError):
    """A model's files are missing, damaged, or of a format that this version does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A tagging head: the types it knows, and where its tags begin among those of all heads."""

    types: tuple[EntityType, ...]
    first_tag: int

    @property
    def tags(self) -> slice:
        """The head's tags among those of all heads."""
        return slice(self.first_tag, self.first_tag + 1 + 4 * len(self.types))


@dataclass(frozen=True, slots=True, kw_only=True)
class PairClass:
    """What may hold of two mentions in text order: nothing, or a relation, whose head may stand second."""

    relation: RelationType | None
    reversed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a model consists of.

    `window` and `longest` count word pieces: of a window of sentences, and of a sentence that stands alone.
    `allowed` are the triples of first type, second type and class, by number, that the training data has.
    """

    name: str
    window: int
    longest: int
    heads: tuple[Head, ...]
    pair_types: tuple[EntityType, ...]
    pair_classes: tuple[PairClass, ...]
    allowed: frozenset[tuple[int, int, int]]


def model_folder(name: str) -> Path:
    """The folder of a shipped model; raises ModelFilesError where there is none of that name."""
    folder = Path(str(files("models"))) / name
    if not (folder / MANIFEST).is_file():
        raise ModelFilesError(f"{folder / MANIFEST} is missing: no model {name!r} ships, or install again")
    return folder


def model_hash(name: str) -> str:
    """The SHA-256 of a shipped model's manifest, which holds those of all its files."""
    return hashlib.sha256((model_folder(name) / MANIFEST).read_bytes()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the model in a folder, once all its files are seen to be what it says.

    Raises ModelFilesError.
    """
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if content.get("format") != FORMAT:
        raise ModelFilesError(
            f"{folder} has format {content.get('format')!r}, this version reads format {FORMAT}"
        )
    for name, digest in content["files"].items():
        refuse_damaged(folder / name, digest)
    return _manifest(content)


def refuse_damaged(path: Path, digest: str) -> None:
    """Raises ModelFilesError unless the file is there and has the SHA-256."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelFilesError(f"{path} cannot be read ({error.strerror}): install again") from error
    if found != digest:
        raise ModelFilesError(
            f"{path} is not the file that was shipped (SHA-256 {found[:12]}…, expected {digest[:12]}…): "
            "install again; in a checkout, see that it was not changed"
        )


def _manifest(content: dict[str, Any]) -> Manifest:
    heads, first = [], 0
    for types in content["heads"]:
        heads.append(Head(types=tuple(map(EntityType, types)), first_tag=first))
        first += 1 + 4 * len(types)
    return Manifest(
        name=content["name"],
        window=content["window"],
        longest=content["longest"],
        heads=tuple(heads),
        pair_types=tuple(map(EntityType, content["pair_types"])),
        pair_classes=tuple(
            PairClass(relation=RelationType(name) if name else None, reversed=back)
            for name, back in content["pair_classes"]
        ),
        allowed=frozenset((one, two, number) for one, two, number in content["allowed"]),
    )
