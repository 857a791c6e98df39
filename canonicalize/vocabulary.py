"""The curated vocabularies as entities, checked against their own rules while they are read."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from canonicalize.surface_forms import surface_key
from records import Entity, EntityType, VocabularyError

TYPE_OF_FILE = {
    "datasets": EntityType.DATASET,
    "methods": EntityType.METHOD,
    "metrics": EntityType.METRIC,
    "preprocessing_steps": EntityType.PREPROCESSING_STEP,
    "tasks": EntityType.TASK,
}
COLUMNS = ("id", "name", "aliases", "source")
LAST_PART_OF_ID = re.compile(r"[a-z0-9.+]+(?:-[a-z0-9.+]+)*")
LEAST_ALIAS = 2
UNSOUGHT = "~"
"""Stands before an alias that is not looked for in text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabularies:
    """All entities of the vocabulary files, by id, and the sorted pairs of file stem and SHA-256 in hex."""

    entities: tuple[Entity, ...]
    hashes: tuple[tuple[str, str], ...]


def load_vocabularies(folder: Path | None = None) -> Vocabularies:
    """The vocabularies of a folder, by default of the packaged one.

    Raises VocabularyError, naming file and line, where a file is missing or breaks the rules of
    vocabularies/README.md.
    """
    contents = {stem: _content(stem, folder) for stem in TYPE_OF_FILE}
    entities = [entity for stem, content in contents.items() for entity in _entities(stem, content)]
    return Vocabularies(
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        hashes=tuple(
            sorted((stem, hashlib.sha256(content).hexdigest()) for stem, content in contents.items())
        ),
    )


def _content(stem: str, folder: Path | None) -> bytes:
    file = (folder or files("vocabularies")) / f"{stem}.tsv"
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise VocabularyError(f"{file}: no vocabulary of {stem} ({reason}); put the file there") from error


def _entities(stem: str, content: bytes) -> Iterator[Entity]:
    lines = _lines(stem, content)
    if tuple(lines[0].split("\t")) != COLUMNS:
        raise _broken(stem, 1, f"the header must be {', '.join(COLUMNS)}, separated by tabs")
    owners: dict[str, str] = {}
    ids: set[str] = set()
    for number, line in enumerate(lines[1:], start=2):
        entity = _entity(stem, number, line)
        if entity.id in ids:
            raise _broken(stem, number, f"the id {entity.id} is taken by an earlier line; ids are unique")
        ids.add(entity.id)
        for form in (entity.name, *entity.aliases):
            owner = owners.setdefault(surface_key(form), entity.id)
            if owner != entity.id:
                raise _broken(
                    stem, number, f'"{form}" is already a name of {owner}; leave it to one of the two'
                )
        yield entity


def _lines(stem: str, content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise _broken(stem, number, "not UTF-8; save the file in UTF-8") from error
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


def _entity(stem: str, number: int, line: str) -> Entity:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise _broken(stem, number, f"{len(cells)} columns where {', '.join(COLUMNS)} are wanted")
    entity_id, name, aliases, source = cells
    entity_type = TYPE_OF_FILE[stem]
    prefix, _, rest = entity_id.partition(":")
    if prefix != entity_type.id_prefix or not LAST_PART_OF_ID.fullmatch(rest):
        wanted = f"{entity_type.id_prefix}:lower-case-name"
        raise _broken(stem, number, f'the id "{entity_id}" must look like {wanted}')
    written = aliases.split("|") if aliases else []
    unsought = [form.removeprefix(UNSOUGHT) for form in written if form.startswith(UNSOUGHT)]
    forms = [name, *(form.removeprefix(UNSOUGHT) for form in written)]
    for form in forms:
        if form != form.strip() or len(form) < LEAST_ALIAS or not surface_key(form):
            raise _broken(stem, number, f'"{form}" is no name: two or more characters, no spaces around')
    if not source.strip():
        raise _broken(stem, number, "the source is missing; say where the name is attested")
    return Entity(
        id=entity_id,
        name=name,
        type=entity_type,
        aliases=tuple(sorted(set(forms[1:]) - {name})),
        vocabulary=stem,
        unsought=tuple(sorted(unsought)),
    )


def _broken(stem: str, number: int, fault: str) -> VocabularyError:
    return VocabularyError(f"{stem}.tsv, line {number}: {fault}")
