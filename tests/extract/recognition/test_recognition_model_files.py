"""Shipped models are what was shipped, or are refused."""

import json
import shutil
from pathlib import Path

import pytest

from extract.recognition.model_files import (
    MANIFEST,
    ModelFilesError,
    model_folder,
    model_hash,
    read_manifest,
)
from records import EntityType

SHIPPED = ("default", "fast")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(model_folder("default"), tmp_path / "default"))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_model_is_whole_and_knows_all_types(name: str) -> None:
    manifest = read_manifest(model_folder(name))
    assert manifest.name == name
    assert {each for head in manifest.heads for each in head.types} == set(EntityType)


def test_shipped_models_stay_under_sixty_megabytes() -> None:
    files = [path for name in SHIPPED for path in model_folder(name).iterdir()]
    assert sum(path.stat().st_size for path in files) <= 60 * 2**20


def test_a_damaged_file_is_refused_by_name(copy: Path) -> None:
    path = copy / "pairs.npz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelFilesError, match=r"pairs\.npz is not the file that was shipped"):
        read_manifest(copy)


def test_a_missing_file_is_refused_by_name(copy: Path) -> None:
    (copy / "encoder.onnx").unlink()
    with pytest.raises(ModelFilesError, match=r"encoder\.onnx cannot be read"):
        read_manifest(copy)


def test_a_later_format_is_refused(copy: Path) -> None:
    content = json.loads((copy / MANIFEST).read_text())
    (copy / MANIFEST).write_text(json.dumps({**content, "format": 99}))
    with pytest.raises(ModelFilesError, match="format 99"):
        read_manifest(copy)


def test_a_model_that_does_not_ship_is_refused() -> None:
    with pytest.raises(ModelFilesError, match="no model 'other' ships"):
        model_hash("other")
