"""Opening an embedded graph by its URL, and what is said when it cannot be opened."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import document, job_output, paper
from graph_places import GraphPlace, embedded

from graph import GraphStore, has_job, open_store, statistics, write_job
from records import GraphUnavailableError, RejectedInputError

OUTPUT = job_output(document(), paper())


@pytest.fixture
def place(tmp_path: Path) -> GraphPlace:
    """An embedded graph: what is said here of files is said of no server."""
    return embedded(tmp_path)


@pytest.fixture
def url(place: GraphPlace) -> str:
    return place.url


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "no graph is named"),
        ("ftp://localhost:7687", "no graph store for 'ftp'"),
        ("graph.kgl", "no graph store for 'graph.kgl'"),
        ("kglite://graph.kgl", "not an absolute path"),
        ("kglite://", "not an absolute path"),
        ("kglite:///tmp/a\0b", "not an absolute path"),
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_a_url_that_names_no_graph_is_refused(url: str, message: str, read_only: bool) -> None:
    with pytest.raises(RejectedInputError, match=message):
        open_store(url, read_only=read_only)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_folder_is_no_graph(tmp_path: Path, read_only: bool) -> None:
    with pytest.raises(RejectedInputError, match="is a folder"):
        open_store(f"kglite://{tmp_path}", read_only=read_only)
    assert list(tmp_path.iterdir()) == []


def test_a_graph_that_does_not_exist_yet_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RejectedInputError, match="ingest a paper first"):
        open_store(f"kglite://{tmp_path / 'graph.kgl'}", read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["with space.kgl", "50%25.kgl", "a#b?c.kgl", "é😀.kgl", "no-suffix"])
def test_the_path_in_a_url_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / "made" / "on the way" / name
    open_store(f"kglite://{path}").close()
    assert path.is_file()


def test_a_second_writer_is_told_who_writes(url: str, store: GraphStore) -> None:
    with pytest.raises(GraphUnavailableError, match=r"graph\.kgl is open for writing by this same process"):
        open_store(url)


def test_a_writer_in_another_process_is_named_by_its_id(url: str, store: GraphStore) -> None:
    code = f"from graph import open_store\nopen_store({url!r})"
    second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert f"GraphUnavailableError: the graph {url.removeprefix('kglite://')}" in second.stderr
    assert f"is open for writing by process {os.getpid()} since" in second.stderr


@pytest.mark.parametrize("content", [b"", b"RGF", b"some other file" * 100])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, content: bytes, read_only: bool) -> None:
    path = tmp_path / "graph.kgl"
    path.write_bytes(content)
    with pytest.raises(GraphUnavailableError, match="damaged or is no graph"):
        open_store(f"kglite://{path}", read_only=read_only)
    assert path.read_bytes() == content


@pytest.mark.parametrize("read_only", [True, False])
def test_a_damaged_log_is_an_error_and_not_an_empty_graph(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "graph.kgl-wal").write_bytes(b"no log of kglite")
    with pytest.raises(GraphUnavailableError, match="write-ahead log"):
        open_store(f"kglite://{tmp_path / 'graph.kgl'}", read_only=read_only)


def test_a_folder_that_cannot_be_made_is_an_unavailable_graph(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(GraphUnavailableError, match="not available"):
        open_store(f"kglite://{tmp_path / 'file' / 'graph.kgl'}")


def test_a_reader_next_to_a_writer_sees_every_commit_and_writes_nothing(
    url: str, store: GraphStore, tmp_path: Path
) -> None:
    write_job(store, OUTPUT)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with open_store(url, read_only=True) as reader:
        assert has_job(reader, OUTPUT.job.id)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_reader_sees_what_was_committed_when_it_opened(url: str, store: GraphStore) -> None:
    with open_store(url, read_only=True) as reader:
        write_job(store, OUTPUT)
        assert not has_job(reader, OUTPUT.job.id)
    with open_store(url, read_only=True) as reader:
        assert has_job(reader, OUTPUT.job.id)


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("cut", [1, 40])
def test_a_commit_that_a_crash_cut_in_half_never_happened(
    store: GraphStore, tmp_path: Path, cut: int, read_only: bool
) -> None:
    later = job_output(document("later.pdf"), paper("A paper that came later"))
    write_job(store, OUTPUT)
    write_job(store, later)
    log = (tmp_path / "graph.kgl-wal").read_bytes()
    (tmp_path / "crashed.kgl-wal").write_bytes(log[:-cut])
    with open_store(f"kglite://{tmp_path / 'crashed.kgl'}", read_only=read_only) as left:
        assert has_job(left, OUTPUT.job.id)
        assert not has_job(left, later.job.id)
        assert dict(statistics(left).nodes)["Document"] == 1


def test_a_closed_graph_is_one_file_that_opens_again(url: str, tmp_path: Path) -> None:
    with open_store(url) as store:
        write_job(store, OUTPUT)
        whole = statistics(store)
    with open_store(url, read_only=True) as reader:
        assert statistics(reader) == whole
    with open_store(url) as store:
        assert statistics(store) == whole
        store.close()
        store.close()  # harmless


def test_a_readers_private_copy_does_not_outlive_its_opening(
    url: str, store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_job(store, OUTPUT)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with open_store(url, read_only=True) as reader:
        assert list(scratch.iterdir()) == []
        assert has_job(reader, OUTPUT.job.id)
    assert list(scratch.iterdir()) == []


def test_an_error_inside_the_block_keeps_what_was_committed_and_frees_the_graph(url: str) -> None:
    def interrupted() -> None:
        with open_store(url) as store:
            write_job(store, OUTPUT)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with open_store(url) as store:
        assert has_job(store, OUTPUT.job.id)
