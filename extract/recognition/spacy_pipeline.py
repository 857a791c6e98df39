"""Entities by any spaCy or scispaCy pipeline that is installed or lies in a folder."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from extract.recognition.choice_error import RecogniserChoiceError
from extract.recognition.folder_hash import hash_of_files
from extract.recognition.labels import LabelMap, types_of_labels
from extract.recognition.recogniser import FoundMention, Recognised
from records import EntityType

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CONFIDENCE: Final = 0.75
"""spaCy says nothing of how sure it is; a CNN of its kind found SciER's entities with an F1 of 0.77."""
MOST_CHARACTERS: Final = 4000
"""Of a sentence: what is longer is a table or a fault of reading, and is left empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineFiles:
    """A pipeline on disk: its package's name or its folder, for spaCy, and its name with language."""

    source: str | Path
    folder: Path
    name: str
    version: str

    def hash(self) -> str:
        """SHA-256 of all its files."""
        files = (file for file in self.folder.rglob("*") if file.is_file())
        return hash_of_files(self.folder, (file for file in files if "__pycache__" not in file.parts))


def pipeline_files(pipeline: str) -> PipelineFiles:
    """The files of a pipeline by its package's name or by a path; nothing of it is imported.

    Raises RecogniserChoiceError where there is none.
    """
    found = find_spec(pipeline) if pipeline.isidentifier() else None
    package = next(iter(found.submodule_search_locations or ()), None) if found else None
    folder = Path(package or pipeline).expanduser()
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        return PipelineFiles(
            source=pipeline if package else folder,
            folder=folder,
            name=pipeline if package else f"{meta['lang']}_{meta['name']}",
            version=str(meta["version"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecogniserChoiceError(
            f"there is no spaCy pipeline {pipeline!r}: install its package into this environment (for "
            "spaCy's own `python -m spacy download NAME`, for scispaCy's `pip install` with the address that "
            "its page gives), or give the folder of one that was saved"
        ) from error


class SpacyRecogniser:
    """The entities that a pipeline finds in each sentence by itself; relations it knows none."""

    def __init__(self, nlp: "Language", *, name: str, labels: LabelMap = ()) -> None:
        self.name = name
        self._nlp = nlp
        self._types = types_of_labels(entity_labels(nlp, labels), labels, of=name)

    @classmethod
    def load(cls, pipeline: str, *, labels: LabelMap = ()) -> Self:
        """The recogniser; raises RecogniserChoiceError where it cannot be, or no label means a type."""
        import spacy

        files = pipeline_files(pipeline)
        try:
            nlp = spacy.load(files.source)
        except (OSError, ValueError, ImportError, AttributeError) as error:
            raise RecogniserChoiceError(
                f"the spaCy pipeline {pipeline!r} cannot be loaded by spaCy {version('spacy')}: {error}"
            ) from error
        return cls(nlp, name=f"spacy:{files.name}", labels=labels)

    def recognise(self, passages: Sequence[Sequence[str]]) -> list[list[Recognised]]:
        """What each sentence of each passage holds."""
        docs = self._nlp.pipe(readable(sentence) for passage in passages for sentence in passage)
        return [[self._recognised(next(docs)) for _ in passage] for passage in passages]

    def _recognised(self, doc: "Doc") -> Recognised:
        return Recognised(mentions=tuple(mentions_in(doc, self._types)))


def readable(sentence: str) -> str:
    """The sentence with what would take a tokeniser too long blanked, places kept; nothing of a long one."""
    from extract.pipeline import with_long_runs_blanked

    return with_long_runs_blanked(sentence) if len(sentence) <= MOST_CHARACTERS else ""


def entity_labels(nlp: "Language", labels: LabelMap) -> list[str]:
    """The labels of the components that write entities; where these tell none, those that a person maps."""
    writing = [name for name in nlp.pipe_names if "doc.ents" in nlp.get_pipe_meta(name).assigns]
    told = [label for name in writing for label in nlp.pipe_labels.get(name, ())]
    return told or [label for label, _ in labels]


def mentions_in(doc: "Doc", types: Mapping[str, EntityType]) -> Iterator[FoundMention]:
    """Yields the entities whose labels mean a type, in text order."""
    for entity in doc.ents:
        if entity.label_ in types:
            yield FoundMention(
                start=entity.start_char,
                end=entity.end_char,
                type=types[entity.label_],
                confidence=CONFIDENCE,
            )
