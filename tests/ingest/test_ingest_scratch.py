"""Scratch folders: removed by their owner, or by the next one where that is gone; no other is touched."""

from pathlib import Path

import pytest

from ingest.scratch import PREFIX, ScratchFolder, remove_abandoned


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def test_a_folder_of_a_living_owner_stays_until_the_owner_removes_it() -> None:
    folder = ScratchFolder()
    (folder.path / "ocr-1").mkdir()
    remove_abandoned()
    assert (folder.path / "ocr-1").is_dir()
    folder.remove()
    assert not folder.path.exists()


def test_a_folder_whose_owner_is_gone_is_removed_with_what_it_holds(tmp_path: Path) -> None:
    abandoned = tmp_path / f"{PREFIX}old"
    abandoned.mkdir()
    (abandoned / "owner.lock").touch()
    (abandoned / "page.pgm").touch()
    ScratchFolder()
    assert not abandoned.exists()


def test_what_has_no_lock_of_ours_is_left_alone(tmp_path: Path) -> None:
    being_made, elsewhere = tmp_path / f"{PREFIX}new", tmp_path / "elsewhere"
    for folder in (being_made, elsewhere):
        folder.mkdir()
    (elsewhere / "owner.lock").touch()
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    (tmp_path / f"{PREFIX}file").touch()
    remove_abandoned()
    assert being_made.is_dir()
    assert (elsewhere / "owner.lock").exists()
