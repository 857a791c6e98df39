"""Files as such, and what decides their text."""

import hashlib
from pathlib import Path

import pytest

from ingest import ReadingLimits, file_hash, reader_parameters
from records import UnreadablePdfError


def test_a_documents_id_is_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 anything")
    assert file_hash(path) == hashlib.sha256(b"%PDF-1.7 anything").hexdigest()


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing.pdf", "no such file"), ("folder", "a folder"), ("empty.pdf", "the file is empty")],
)
def test_what_is_no_file_has_no_hash(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.pdf").touch()
    with pytest.raises(UnreadablePdfError, match=f"^{name}: {reason}"):
        file_hash(tmp_path / name)


def test_parameters_are_sorted_and_follow_the_limits_that_decide_the_text() -> None:
    plain = reader_parameters(ReadingLimits())
    assert list(plain) == sorted(plain)
    assert reader_parameters(ReadingLimits(ocr_dpi=200)) != plain
    assert reader_parameters(ReadingLimits(timeout_seconds=1)) == plain  # time refuses, no more
