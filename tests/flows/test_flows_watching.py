"""A watched bucket: everything that arrives is read once, whatever else happens."""

import hashlib
import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from bucket_places import Place, folder_place, store_place
from program import PAPERS
from watchers import (
    HeldGraph,
    all_are,
    entry_of,
    jobs_in,
    left_in_spool,
    look_once,
    settings_of,
    states,
    tiny_pdf,
    wait_until,
    watching,
)

from bucket import ObjectState
from flows.settings import Settings
from flows.watching.retrying import UnknownKeyError, retry_all, retry_named
from graph import open_store
from records import BucketUnavailableError, GraphUnavailableError, RejectedInputError, content_id

ONE, TWO = tiny_pdf("one"), tiny_pdf("two")


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "s3":
        return store_place(request.getfixturevalue("s3_bucket"))
    return folder_place(tmp_path / "inbox")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return Path(folder_place(tmp_path / "inbox").bucket.url)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path / "home")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_look_reads_each_content_once_and_refuses_what_is_no_pdf(place: Place, settings: Settings) -> None:
    for key, content in {"a.pdf": ONE, "sub/copy.pdf": ONE, "b.pdf": TWO, "notes.txt": b"hello"}.items():
        place.put(key, content)
    heard = look_once(place.bucket, settings)
    assert heard.told() == [
        ("a.pdf", "done"), ("b.pdf", "done"), ("notes.txt", "refused"), ("sub/copy.pdf", "done"),
    ]  # fmt: skip
    assert jobs_in(settings) == sorted([sha256(ONE), sha256(TWO)])
    first, copy = entry_of(settings, "a.pdf"), entry_of(settings, "sub/copy.pdf")
    assert (copy.alias_of, copy.job, first.alias_of) == ("a.pdf", first.job, "")
    version = first.plan.partition("/")[0]
    assert first.job == content_id("job", sha256(ONE), version)
    assert place.get("quarantine/notes.txt") == b"hello"
    assert b"not a PDF" in place.get("quarantine/notes.txt.reason.txt")
    assert left_in_spool(settings) == []
    assert look_once(place.bucket, settings).told() == []


def test_the_same_content_in_another_bucket_is_an_alias(tmp_path: Path, settings: Settings) -> None:
    first, second = folder_place(tmp_path / "first"), folder_place(tmp_path / "second")
    first.put("a.pdf", ONE)
    second.put("b.pdf", ONE)
    look_once(first.bucket, settings)
    (entry,) = look_once(second.bucket, settings).entries
    assert (entry.state, entry.alias_of) == (ObjectState.DONE, f"{first.bucket.url}/a.pdf")


def test_what_is_dropped_while_watched_is_done_and_a_changed_one_again(
    place: Place, settings: Settings
) -> None:
    with watching(place.bucket, settings):
        place.put("a.pdf", ONE)
        wait_until(all_are(settings, ObjectState.DONE, ["a.pdf"]))
        place.put("a.pdf", TWO)
        wait_until(lambda: entry_of(settings, "a.pdf").sha256 == sha256(TWO))
    assert jobs_in(settings) == sorted([sha256(ONE), sha256(TWO)])


def test_a_watcher_needs_no_hints(inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.watching.hints._follow_this", lambda *_: threading.Event().wait(0.05))
    with watching(inbox, settings):
        (inbox / "a.pdf").write_bytes(ONE)
        wait_until(all_are(settings, ObjectState.DONE, ["a.pdf"]))


def test_a_hint_is_faster_than_the_next_poll(inbox: Path, tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", poll_seconds=3600)
    with watching(inbox, settings) as heard:
        time.sleep(1)
        (inbox / "a.pdf").write_bytes(b"no PDF")
        wait_until(lambda: heard.told() == [("a.pdf", "refused")], seconds=10)


def test_a_file_that_is_still_being_written_is_not_taken_before_its_end(
    inbox: Path, settings: Settings
) -> None:
    content = ONE + b"%" * 40_000 + b"\n%%EOF\n"
    with watching(inbox, settings) as heard:
        with (inbox / "slow.pdf").open("wb") as stream:
            for start in range(0, len(content), 4000):
                stream.write(content[start : start + 4000])
                stream.flush()
                time.sleep(0.12)
                assert heard.told() == []
        wait_until(all_are(settings, ObjectState.DONE, ["slow.pdf"]))
    assert entry_of(settings, "slow.pdf").sha256 == sha256(content)
    assert len(jobs_in(settings)) == 1


def test_a_pdf_that_pauses_without_its_end_is_given_time(inbox: Path, settings: Settings) -> None:
    with watching(inbox, settings) as heard:
        (inbox / "a.pdf").write_bytes(ONE[: len(ONE) // 2])
        wait_until(
            lambda: "without its end" in entry_of(settings, "a.pdf").reason if states(settings) else False
        )
        assert heard.told() == []
        (inbox / "a.pdf").write_bytes(ONE)
        wait_until(all_are(settings, ObjectState.DONE, ["a.pdf"]))


def test_empty_files_and_cut_off_ones_are_refused_when_nothing_more_comes(
    inbox: Path, settings: Settings
) -> None:
    with watching(inbox, settings):
        began = time.monotonic()
        (inbox / "empty.pdf").touch()
        (inbox / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
        wait_until(all_are(settings, ObjectState.REFUSED, ["cut.pdf", "empty.pdf"]))
        assert time.monotonic() - began > settings.watch.patience_seconds * 0.9
    assert entry_of(settings, "empty.pdf").reason == "the file is empty"


def test_a_large_file_is_refused_without_being_fetched(inbox: Path, settings: Settings) -> None:
    with (inbox / "large.pdf").open("wb") as stream:
        stream.truncate(2 << 30)
    began = time.monotonic()
    (entry,) = look_once(inbox, settings).entries
    assert time.monotonic() - began < 10
    assert entry.reason.startswith("too large: 2,048 MiB")
    assert (inbox / "quarantine/large.pdf").stat().st_size == 2 << 30


def test_refused_files_stay_by_a_setting(place: Place, tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", quarantine=False)
    place.put("bad.pdf", b"no PDF")
    assert look_once(place.bucket, settings).told() == [("bad.pdf", "refused")]
    assert place.keys() == ["bad.pdf"]
    assert look_once(place.bucket, settings).told() == []


def test_another_bad_file_under_the_same_key_overwrites_nothing(place: Place, settings: Settings) -> None:
    for content in (b"bad", b"worse"):
        place.put("a.pdf", content)
        look_once(place.bucket, settings)
    kept = [key for key in place.keys() if key.endswith(".pdf")]  # noqa: SIM118 - no dict
    assert sorted(place.get(key) for key in kept) == [b"bad", b"worse"]


def test_hostile_names_are_data(inbox: Path, settings: Settings) -> None:
    names = [
        b"new\nline.pdf",
        b"\xff.pdf",
        "\U0001f600.pdf".encode(),
        b"-rf.pdf",
        b"x" * 251 + b".pdf",
        b"$(id).pdf",
    ]
    for number, name in enumerate(names):
        (inbox / os.fsdecode(name)).write_bytes(tiny_pdf(f"number {number}"))
    (inbox / "out.pdf").symlink_to("/etc/hostname")
    heard = look_once(inbox, settings)
    assert [entry.state.value for entry in heard.entries] == ["done"] * len(names)
    assert {os.fsencode(entry.key) for entry in heard.entries} == set(names)
    assert len(jobs_in(settings)) == len(names)


def test_a_graph_that_is_in_use_is_waited_for_and_nothing_is_lost(place: Place, settings: Settings) -> None:
    with open_store(f"kglite://{settings.home / 'graph.kgl'}"):
        pass
    holder = HeldGraph(settings)
    try:
        with watching(place.bucket, settings) as heard:
            place.put("a.pdf", ONE)
            wait_until(lambda: bool(heard.notes))
            assert "open for writing" in heard.notes[0]
            time.sleep(1)
            assert states(settings) == {"a.pdf": "seen"}
            assert len(heard.notes) == 1
            holder.release()
            wait_until(all_are(settings, ObjectState.DONE, ["a.pdf"]))
            wait_until(lambda: len(heard.notes) == 2)
    finally:
        holder.release()


def test_a_single_look_says_that_the_graph_is_in_use(inbox: Path, settings: Settings) -> None:
    (inbox / "a.pdf").write_bytes(ONE)
    holder = HeldGraph(settings)
    try:
        with pytest.raises(GraphUnavailableError):
            look_once(inbox, settings)
    finally:
        holder.release()
    assert states(settings) == {"a.pdf": "seen"}
    assert look_once(inbox, settings).told() == [("a.pdf", "done")]


def test_a_folder_that_vanishes_is_waited_for(inbox: Path, tmp_path: Path, settings: Settings) -> None:
    with watching(inbox, settings) as heard:
        (inbox / "bad.pdf").write_bytes(b"no PDF")
        wait_until(all_are(settings, ObjectState.REFUSED, ["bad.pdf"]))
        inbox.rename(tmp_path / "away")
        wait_until(lambda: len(heard.notes) == 1)
        time.sleep(1)
        (tmp_path / "away" / "a.pdf").write_bytes(ONE)
        (tmp_path / "away").rename(inbox)
        wait_until(lambda: states(settings).get("a.pdf") == "done")
        (inbox / "b.pdf").write_bytes(TWO)
        wait_until(lambda: states(settings).get("b.pdf") == "done")
    assert "cannot be used" in heard.notes[0]
    assert heard.notes[1:] == [f"{inbox} is back"]


def test_a_bucket_that_cannot_be_listed_at_the_start_is_an_error(
    place: Place, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if (tmp_path / "inbox").exists():
        (tmp_path / "inbox").rmdir()
    monkeypatch.setattr("bucket.object_store.RETRIES", 0)
    if place.bucket.folder is None:
        from bucket import open_bucket

        place = Place(open_bucket("s3://nobody-made-it"), place.put, place.get, place.delete, place.keys)
    with pytest.raises(BucketUnavailableError), watching(place.bucket, settings):
        pass


def test_a_home_inside_of_the_watched_folder_is_refused(inbox: Path) -> None:
    with pytest.raises(RejectedInputError, match="lies in the watched folder"):
        look_once(inbox, settings_of(inbox / "home"))
    look_once(inbox, settings_of(inbox / ".home"))  # which is hidden, and so never an arrival


def test_a_refused_object_is_put_back_and_taken_again(place: Place, settings: Settings) -> None:
    place.put("sub/a.pdf", b"no PDF")
    look_once(place.bucket, settings)
    (retried,) = retry_all(settings)
    assert (retried.error, retried.entry.state) == (None, ObjectState.SEEN)
    assert place.keys() == ["sub/a.pdf"]
    place.put("sub/a.pdf", ONE)
    assert look_once(place.bucket, settings).told() == [("sub/a.pdf", "done")]
    assert retry_all(settings) == []
    with pytest.raises(UnknownKeyError):
        retry_named(["nowhere.pdf"], settings)


def test_what_is_in_the_way_is_not_overwritten_by_a_retry(inbox: Path, settings: Settings) -> None:
    (inbox / "a.pdf").write_bytes(b"no PDF")
    look_once(inbox, settings)
    (inbox / "a.pdf").write_bytes(b"new")
    (retried,) = retry_named(["a.pdf"], settings)
    assert "is taken by another object" in str(retried.error)
    assert (inbox / "a.pdf").read_bytes() == b"new"


def test_another_graph_makes_everything_due_again(inbox: Path, tmp_path: Path, settings: Settings) -> None:
    (inbox / "a.pdf").write_bytes(ONE)
    look_once(inbox, settings)
    other = settings.model_copy(update={"graph_url": f"kglite://{tmp_path / 'other.kgl'}"})
    assert look_once(inbox, other).told() == [("a.pdf", "done")]
    with open_store(other.graph_url, read_only=True) as store:
        assert store.read("MATCH (j:ExtractionJob) RETURN count(j) AS jobs") == [{"jobs": 1}]


def test_two_watchers_of_one_bucket_share_the_work(inbox: Path, settings: Settings) -> None:
    keys = [f"{number}.pdf" for number in range(8)]
    quick = settings.model_copy(update={"watch": settings.watch.model_copy(update={"batch_size": 2})})
    with watching(inbox, quick) as first, watching(inbox, quick) as second:
        for number, key in enumerate(keys):
            (inbox / key).write_bytes(tiny_pdf(f"number {number}"))
        wait_until(all_are(quick, ObjectState.DONE, keys))
    done = [entry.key for entry in [*first.entries, *second.entries] if entry.state is ObjectState.DONE]
    assert sorted(done) == keys
    assert len(jobs_in(quick)) == len(keys)
    assert left_in_spool(quick) == []


def test_a_sample_paper_is_answerable_after_it_was_dropped(inbox: Path, settings: Settings) -> None:
    with watching(inbox, settings):
        shutil.copy(PAPERS[0], inbox / ".on-its-way")
        (inbox / ".on-its-way").rename(inbox / "paper.pdf")
        wait_until(all_are(settings, ObjectState.DONE, ["paper.pdf"]))
    with open_store(f"kglite://{settings.home / 'graph.kgl'}", read_only=True) as store:
        (row,) = store.read("MATCH (d:Document) RETURN d.file_name AS name")
    assert row == {"name": "paper.pdf"}
