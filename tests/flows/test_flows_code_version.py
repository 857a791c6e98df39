"""What makes the code another version."""

import importlib
import sys
from pathlib import Path

import pytest

from flows.code_version import code_version, source_hash


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "a_made_up_room"
    (folder / "inner").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "inner" / "__init__.py").write_text("ANSWER = 1")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    monkeypatch.delitem(sys.modules, "a_made_up_room", raising=False)
    return folder


def test_the_hash_is_the_same_again_and_whatever_the_order_of_the_rooms() -> None:
    assert source_hash(["records", "flows"]) == source_hash(["flows", "records"])
    assert code_version() == code_version()


def test_a_changed_line_anywhere_in_a_room_is_another_version(room: Path) -> None:
    before = source_hash([room.name])
    (room / "inner" / "__init__.py").write_text("ANSWER = 2")
    assert source_hash([room.name]) != before


def test_a_renamed_module_is_another_version(room: Path) -> None:
    before = source_hash([room.name])
    (room / "inner").rename(room / "other")
    assert source_hash([room.name]) != before


def test_what_is_no_source_does_not_count(room: Path) -> None:
    before = source_hash([room.name])
    (room / "notes.md").write_text("hello")
    assert source_hash([room.name]) == before
    (room / "words.txt").write_text("hello")  # a word list decides results as code does
    assert source_hash([room.name]) != before
