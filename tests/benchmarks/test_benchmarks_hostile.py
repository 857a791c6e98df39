"""The benchmark of hostile files tells how each file ended, and what its worker needed."""

import json
from pathlib import Path

import pymupdf
import pytest
from small_pdfs import column

from benchmarks import hostile
from benchmarks.hostile import Outcome, summary_of
from ingest import ReadingLimits


def test_every_file_has_its_outcome_and_its_cost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = pymupdf.open()
    column(pdf.new_page(), ["A line of text that says next to nothing."])
    pdf.save(tmp_path / "a.pdf")
    (tmp_path / "b.pdf").write_text("just words")
    monkeypatch.setattr("sys.argv", ["hostile", "--files", str(tmp_path)])
    hostile.main()
    report = json.loads(capsys.readouterr().out)
    told = [(file["file"], file["outcome"], file["pages"], file["characters"]) for file in report["files"]]
    assert told == [("a.pdf", "text", 1, 41), ("b.pdf", "refused", 0, 0)]
    assert report["files"][1]["reason"].startswith("not a PDF")
    assert all(20 < file["peak_mib"] < 2048 for file in report["files"])
    assert (report["summary"]["typed_share"], report["summary"]["hung"]) == (1.0, [])


def test_what_must_not_happen_is_listed() -> None:
    bad = Outcome(
        file="a.pdf",
        outcome="text",
        reason="",
        pages=0,
        characters=0,
        warnings=(),
        seconds=500.0,
        peak_mib=4096.0,
    )
    summary = summary_of([bad], ReadingLimits())
    assert [summary[fault] for fault in ("hung", "accepted_without_pages", "over_memory_limit")] == [
        ["a.pdf"],
        ["a.pdf"],
        ["a.pdf"],
    ]
