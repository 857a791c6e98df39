"""What `paperlineage ingest` does with good and bad files, and what it says."""

import json
import shutil
import signal
import time
from pathlib import Path

import pymupdf
import pytest
from program import PAPERS, SAMPLES, Run, finished, own_process

from graph import GraphStatistics, open_store, statistics
from records import PaperlineageError

GOOD, OTHER = PAPERS
AES_256 = 5  # PDF_ENCRYPT_AES_256, which the type stubs of the library leave out


def graph_in(home: Path) -> GraphStatistics:
    with open_store(f"kglite://{home / 'graph.kgl'}", read_only=True) as store:
        return statistics(store)


def documents_in(home: Path) -> int:
    return dict(graph_in(home).nodes).get("Document", 0)


def not_a_pdf(path: Path) -> None:
    path.write_text("Dear reader, this is no PDF.")


def truncated(path: Path) -> None:
    path.write_bytes(GOOD.read_bytes()[:1500])


def encrypted(path: Path) -> None:
    with pymupdf.open(GOOD) as document:
        document.save(path, encryption=AES_256, user_pw="secret", owner_pw="owner")


def without_pages(path: Path) -> None:
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def empty(path: Path) -> None:
    path.touch()


def missing(path: Path) -> None:
    path.unlink(missing_ok=True)


BAD = (not_a_pdf, truncated, encrypted, without_pages, empty, missing)


def test_bad_files_are_refused_in_a_line_each_and_the_others_go_on(run: Run, tmp_path: Path) -> None:
    bad = [tmp_path / f"{spoil.__name__}.pdf" for spoil in BAD]
    for spoil, path in zip(BAD, bad, strict=True):
        spoil(path)
    done = run("ingest", *bad[:3], OTHER, *bad[3:])
    assert done.code == 1
    assert "1 ingested, 6 rejected" in done.out
    reasons = done.err.splitlines()
    assert len(reasons) == len(set(reasons)) == 6
    for path in bad:
        (reason,) = (line for line in reasons if path.name in line)
        assert reason.startswith(f"rejected: {path.name}: ")
    nodes = dict(graph_in(tmp_path / "home").nodes)
    assert nodes["Document"] == nodes["ExtractionJob"] == 1


def test_json_holds_an_outcome_for_every_input_and_nothing_else_is_on_stdout(
    run: Run, tmp_path: Path
) -> None:
    shutil.copy(OTHER, tmp_path / "copy.pdf")
    done = run("ingest", OTHER, tmp_path / "copy.pdf", tmp_path / "nowhere.pdf", "--json")
    first, alias, nowhere = json.loads(done.out)
    assert first["state"] == "ingested"
    assert first["title"]
    assert first["pages"] == 2
    assert first["mentions"] >= first["facts"] > 0
    assert first["seconds"] > 0
    assert (alias["state"], alias["document_id"]) == ("unchanged", first["document_id"])
    assert str(OTHER) in alias["reason"]
    assert (nowhere["state"], nowhere["pages"]) == ("rejected", 0)
    assert done.code == 1


def test_the_table_names_every_file_with_its_counts(run: Run) -> None:
    done = run("ingest", OTHER)
    assert done.code == 0
    (row,) = (line for line in done.out.splitlines() if OTHER.name in line)
    assert row.split()[1:3] == ["2", "0"]  # pages, OCR pages
    assert row.split()[-1] == "ingested"
    assert not done.err


def test_running_twice_changes_nothing_and_reads_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = json.loads(run("ingest", GOOD, OTHER, "--json").out)
    before = graph_in(tmp_path / "home")

    def never(*_: object) -> None:
        raise AssertionError("nothing is new, so nothing needs the pipeline")

    monkeypatch.setattr("flows.workbench.build_pipeline", never)
    monkeypatch.setattr("flows.workbench.PdfReaderPool", never)
    done = run("ingest", OTHER, GOOD, "--json")
    again = json.loads(done.out)
    assert done.code == 0
    assert [outcome["state"] for outcome in again] == ["unchanged", "unchanged"]
    assert graph_in(tmp_path / "home") == before
    counts = ("title", "pages", "mentions", "facts")
    assert [[one[key] for key in counts] for one in reversed(again)] == [
        [one[key] for key in counts] for one in first
    ]


def test_a_graph_that_somebody_else_writes_is_unavailable(run: Run, tmp_path: Path) -> None:
    with open_store(f"kglite://{tmp_path / 'home' / 'graph.kgl'}"):
        done = run("ingest", OTHER)
    assert done.code == 3
    assert done.err.startswith("paperlineage: ")
    assert len(done.err.splitlines()) == 1
    assert not done.out


def test_a_write_that_fails_is_failed_and_the_rest_is_not_tried(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from records import GraphUnavailableError

    def full(*_: object) -> None:
        raise GraphUnavailableError("the disk is full")

    monkeypatch.setattr("flows.stages.write_job", full)
    done = run("ingest", GOOD, OTHER)
    assert done.code == 3
    assert "the disk is full" in done.err
    assert "not tried" in done.err
    assert "2 failed" in done.out
    assert documents_in(tmp_path / "home") == 0


def test_names_of_files_cannot_command_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "[red]\x1b[2Jgnp\u202e.pdf"
    shutil.copy(OTHER, path)
    done = run("ingest", path)
    assert done.code == 0
    assert "[red]\ufffd[2Jgnp.pdf" in done.out
    assert not {"\x1b", "\u202e"} & set(done.out + done.err)


def test_a_file_name_in_an_old_encoding_does_no_harm(run: Run, tmp_path: Path) -> None:
    path = Path(str(tmp_path / "M\udcfcller.pdf"))
    shutil.copy(OTHER, path)
    done = run("ingest", path, "--json")
    (outcome,) = json.loads(done.out)
    assert Path(outcome["path"]) == path
    assert outcome["state"] == "ingested" or "ller.pdf" in outcome["reason"]


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"PAPERLINEAGE_WORKERS": "none"}, 2),
        ({"PAPERLINEAGE_GRAPH_URL": "ftp://graph"}, 1),
        ({"PREFECT_API_URL": "http://127.0.0.1:9/api"}, 3),
    ],
)
def test_a_wrong_setting_is_one_line_and_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], code: int
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = run("ingest", OTHER)
    assert done.code == code
    assert len(done.err.splitlines()) == 1


def copies(folder: Path, count: int) -> None:
    """Files with the same text and bytes of their own: what follows the end of a PDF is no part of it."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:02}.pdf").write_bytes(OTHER.read_bytes() + b"%% copy %d\n" % number)


@pytest.mark.slow
def test_an_interrupt_leaves_whole_documents_and_the_next_run_goes_on(tmp_path: Path) -> None:
    copies(tmp_path / "many", 30)
    home = tmp_path / "home"
    environment = {"PAPERLINEAGE_HOME": str(home), "PREFECT_HOME": str(tmp_path), "PAPERLINEAGE_WORKERS": "1"}
    process = own_process("ingest", tmp_path / "many", environment=environment, folder=tmp_path)
    deadline = time.monotonic() + 90
    while written(home) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    done = finished(process)
    assert done.code == 130
    assert "Interrupted" in done.err
    assert "Traceback" not in done.err
    nodes = dict(graph_in(home).nodes)
    assert 2 <= nodes["Document"] == nodes["ExtractionJob"] < 30
    again = finished(own_process("ingest", tmp_path / "many", environment=environment, folder=tmp_path))
    assert again.code == 0
    assert dict(graph_in(home).nodes)["Document"] == 30


def written(home: Path) -> int:
    try:
        return documents_in(home)
    except PaperlineageError:  # there is no graph yet
        return 0


@pytest.mark.slow
def test_a_scan_is_read_by_ocr(run: Run) -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("no tesseract on this machine")
    (outcome,) = json.loads(run("ingest", SAMPLES / "rungwise-scan.pdf", "--json").out)
    assert outcome["ocr_pages"] == outcome["pages"] == 2
