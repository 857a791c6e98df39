"""A fresh embedded graph for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import GraphStore, open_store


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"kglite://{tmp_path / 'graph.kgl'}"


@pytest.fixture
def store(url: str) -> Iterator[GraphStore]:
    with open_store(url) as opened:
        yield opened
