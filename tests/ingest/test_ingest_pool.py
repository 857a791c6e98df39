"""The pool: no file takes it down, and every refusal has a one-line reason."""

import fcntl
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

import pymupdf
import pytest
from program import CHECKOUT
from small_pdfs import MakePdf, column, die_on_sick, die_once, sleep_on_slow
from waiting import comes_true

from ingest import PdfReaderPool, ReadingLimits
from ingest.scratch import ScratchFolder
from ingest.worker import read_in_worker
from records import Document, UnreadablePdfError

AES_256 = 5  # the engine's number for it, which its types do not know
LINES = ["A line of text that says next to nothing.", "Another line of the very same kind."]


def some_text(page: pymupdf.Page) -> None:
    column(page, LINES)


def no_text(page: pymupdf.Page) -> None:
    pass


def write_bad_files(folder: Path, make_pdf: MakePdf) -> dict[str, str]:
    """Files that cannot be read, by the beginning of the reason for it."""
    make_pdf(some_text, name="locked.pdf", encryption=AES_256, user_pw="x", owner_pw="y")
    make_pdf(no_text, name="blank.pdf")
    make_pdf(*[some_text] * 4, name="long.pdf")
    whole = make_pdf(some_text, name="whole.pdf").read_bytes()
    (folder / "truncated.pdf").write_bytes(whole[: len(whole) // 3])
    (folder / "text.pdf").write_text("just words")
    (folder / "empty.pdf").touch()
    (folder / "folder.pdf").mkdir()
    (folder / "pageless.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    return {
        "locked.pdf": "encrypted, needs a password",
        "blank.pdf": "no text in it",
        "long.pdf": "4 pages, more than the limit of 3",
        "truncated.pdf": "truncated",
        "text.pdf": "not a PDF",
        "empty.pdf": "the file is empty",
        "folder.pdf": "a folder",
        "pageless.pdf": "damaged, no page",
        "missing.pdf": "no such file",
    }


def test_bad_files_are_refused_with_their_reason_and_the_others_go_on(
    tmp_path: Path, make_pdf: MakePdf
) -> None:
    reasons = write_bad_files(tmp_path, make_pdf)
    good = make_pdf(some_text, name="good.pdf")
    with PdfReaderPool(ReadingLimits(max_pages=3), workers=2) as pool:
        bad = {name: pool.submit(tmp_path / name) for name in reasons}
        read = pool.submit(good)
        for name, future in bad.items():
            with pytest.raises(UnreadablePdfError) as refusal:
                future.result(timeout=60)
            message = str(refusal.value)
            assert message.startswith(f"{name}: {reasons[name]}")
            assert "\n" not in message
        assert read.result(timeout=60).text == " ".join(LINES)


def test_a_document_with_too_many_characters_is_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(UnreadablePdfError, match="more than 50 characters"):
        read_in_worker(make_pdf(some_text), ReadingLimits(max_characters=50))


def test_a_document_that_takes_too_long_is_refused_and_the_pool_heals(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pool.read_in_worker", sleep_on_slow)
    slow, quick = make_pdf(some_text, name="slow.pdf"), make_pdf(some_text, name="quick.pdf")
    with PdfReaderPool(ReadingLimits(timeout_seconds=2), workers=1) as pool:
        refused, after = pool.submit(slow), pool.submit(quick)
        with pytest.raises(UnreadablePdfError, match=r"^slow\.pdf: took longer than 2 s; "):
            refused.result(timeout=60)
        assert after.result(timeout=60).name == "quick.pdf"


def test_a_document_that_kills_its_worker_is_refused_and_costs_no_other(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pool.read_in_worker", die_on_sick)
    healthy = [make_pdf(some_text, name=f"healthy{number}.pdf") for number in range(4)]
    sick = make_pdf(some_text, name="sick.pdf")
    with PdfReaderPool(ReadingLimits(), workers=1) as pool:
        futures = [pool.submit(path) for path in (healthy[0], sick, *healthy[1:])]
        refused = futures.pop(1)
        with pytest.raises(
            UnreadablePdfError, match=r"^sick\.pdf: the process that read it died \(signal 9\)"
        ):
            refused.result(timeout=60)
        assert [future.result(timeout=60).name for future in futures] == [path.name for path in healthy]


def test_a_document_whose_worker_dies_once_is_read_after_all(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pool.read_in_worker", die_once)
    with PdfReaderPool(ReadingLimits(), workers=1) as pool:
        assert pool.submit(make_pdf(some_text)).result(timeout=60).name == "paper.pdf"


def test_leaving_without_an_exception_waits_for_a_second_attempt(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pool.read_in_worker", die_once)
    with PdfReaderPool(ReadingLimits(), workers=1) as pool:
        future = pool.submit(make_pdf(some_text))
    assert future.result(timeout=0).name == "paper.pdf"


def test_leaving_on_an_interrupt_stops_the_workers_at_once(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pool.read_in_worker", sleep_on_slow)
    path = make_pdf(some_text, name="slow.pdf")
    futures: list[Future[Document]] = []

    def interrupted() -> None:
        with PdfReaderPool(ReadingLimits(), workers=1) as pool:
            futures.extend(pool.submit(path) for _ in range(3))
            raise KeyboardInterrupt

    started, threads = time.monotonic(), set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - started < 20
    assert set(threading.enumerate()) <= threads
    assert all(future.cancelled() for future in futures)


STUCK = """
import sys
from pathlib import Path
import ingest.pool
from small_pdfs import hold_with_child

if __name__ == "__main__":
    ingest.pool.read_in_worker = hold_with_child
    with ingest.pool.PdfReaderPool(ingest.pool.ReadingLimits(), workers=2) as pool:
        pool.submit(Path(sys.argv[1]))
"""


def test_workers_and_their_programs_end_with_a_killed_parent_and_the_next_one_tidies_up(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, begun, held = make_pdf(some_text), tmp_path / "begun", tmp_path / "held"
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", f"{CHECKOUT / 'tests'}:{CHECKOUT}")
    with subprocess.Popen([sys.executable, "-c", STUCK, path], cwd=tmp_path) as parent:
        begins = comes_true(begun.exists)
        parent.kill()
    assert begins
    assert comes_true(lambda: can_be_locked(held))
    (left,) = tmp_path.glob("paperlineage-*")
    ScratchFolder()
    assert not left.exists()


def can_be_locked(path: Path) -> bool:
    with path.open() as stream, suppress(BlockingIOError):
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (MemoryError(), "needs more than 2048 MiB"),
        (KeyError("words of the file"), r"cannot be read \(KeyError in test_ingest_pool\.py, line \d+\)"),
    ],
)
def test_whatever_fails_in_a_worker_is_a_refusal(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch, failure: Exception, reason: str
) -> None:
    def fail(path: Path, limits: ReadingLimits) -> Document:
        raise failure

    monkeypatch.setattr("ingest.reader.read_or_draft", fail)
    with pytest.raises(UnreadablePdfError, match=rf"^paper\.pdf: {reason}"):
        read_in_worker(make_pdf(some_text), ReadingLimits())
