"""Both kinds of bucket, empty."""

from pathlib import Path

import pytest
from bucket_places import Place, folder_place, store_place


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "s3":
        return store_place(request.getfixturevalue("s3_bucket"))
    return folder_place(tmp_path / "inbox")


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder
