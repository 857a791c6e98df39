import hashlib
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from canonicalize import Linker, load_vocabularies
from records import EntityType, VocabularyError

HEADER = "id\tname\taliases\tsource\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with as_file(files("vocabularies")) as packaged:
        for file in packaged.glob("*.tsv"):
            shutil.copy(file, tmp_path)
    return tmp_path


def test_hashes_are_those_of_the_bytes_sorted_by_file(folder: Path) -> None:
    stems = ["datasets", "methods", "metrics", "preprocessing_steps", "tasks"]
    wanted = tuple(
        (stem, hashlib.sha256((folder / f"{stem}.tsv").read_bytes()).hexdigest()) for stem in stems
    )
    assert load_vocabularies(folder).hashes == wanted


def test_the_default_is_the_packaged_folder(folder: Path) -> None:
    assert load_vocabularies() == load_vocabularies(folder)


def test_a_line_becomes_an_entity_whose_vocabulary_is_the_file(folder: Path) -> None:
    (folder / "tasks.tsv").write_text(HEADER + "task:parsing\tparsing\tto parse|parser\tcurated\n")
    parsing = next(entity for entity in load_vocabularies(folder).entities if entity.id == "task:parsing")
    assert (parsing.name, parsing.aliases, parsing.vocabulary) == ("parsing", ("parser", "to parse"), "tasks")


def test_aliases_behind_a_tilde_are_names_that_are_not_sought(folder: Path) -> None:
    (folder / "tasks.tsv").write_text(HEADER + "task:parsing\tparsing\tparser|~tree\tcurated\n")
    parsing = next(entity for entity in load_vocabularies(folder).entities if entity.id == "task:parsing")
    assert (parsing.aliases, parsing.unsought) == (("parser", "tree"), ("tree",))
    assert Linker([parsing]).link("tree", EntityType.TASK).entity == parsing


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER.encode() + b"task:a-task\tA task\t~\tcurated\n", r"tasks\.tsv, line 2: \"\" is no name"),
        (b"", r"tasks\.tsv, line 1: the header"),
        (b"id;name;aliases;source\n", r"tasks\.tsv, line 1: the header"),
        (HEADER.encode() + b"task:a-task\tA task\tcurated\n", r"tasks\.tsv, line 2: 3 columns"),
        (HEADER.encode() + b"\n", r"tasks\.tsv, line 2: 1 columns"),
        (HEADER.encode() + b"step:tagging\ttagging\t\tcurated\n", r"line 2: the id \"step:tagging\""),
        (HEADER.encode() + b"task:Tagging\ttagging\t\tcurated\n", r"line 2: the id \"task:Tagging\""),
        (HEADER.encode() + b"task:tagging\ttagging\t\t\n", r"line 2: the source is missing"),
        (HEADER.encode() + b"task:tagging\ttagging\tt\tcurated\n", r"line 2: \"t\" is no name"),
        (HEADER.encode() + b"task:tagging\ttagging\ttag|\tcurated\n", r"line 2: \"\" is no name"),
        (HEADER.encode() + b"task:tagging\ttagging\t--\tcurated\n", r"line 2: \"--\" is no name"),
        (HEADER.encode() + b"task:a-b\ta b\t\tx\ntask:a-b\tc d\t\tx\n", r"line 3: the id task:a-b is taken"),
        (
            HEADER.encode() + b"task:one\tone task\t\tx\ntask:two\ttwo task\tOne-Tasks\tx\n",
            r"line 3: \"One-Tasks\" is already a name of task:one",
        ),
        (HEADER.encode() + b"task:tagging\ttagg\xffing\t\tcurated\n", r"line 2: not UTF-8"),
    ],
)
def test_a_broken_file_is_refused_with_file_and_line(folder: Path, content: bytes, message: str) -> None:
    (folder / "tasks.tsv").write_bytes(content)
    with pytest.raises(VocabularyError, match=message):
        load_vocabularies(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "metrics.tsv").unlink()
    with pytest.raises(VocabularyError, match=r"metrics\.tsv: no vocabulary of metrics"):
        load_vocabularies(folder)


def test_line_ends_of_other_systems_are_read(folder: Path) -> None:
    before = load_vocabularies(folder).entities
    tasks = folder / "tasks.tsv"
    tasks.write_bytes(tasks.read_bytes().replace(b"\n", b"\r\n"))
    assert load_vocabularies(folder).entities == before
