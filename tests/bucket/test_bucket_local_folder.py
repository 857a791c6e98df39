"""What only folders have: links, pipes, names that are no text, files that grow, folders that vanish."""

import os
import threading
from pathlib import Path

import pytest
from bucket_places import folder_place

from bucket import Bucket, ObjectChangedError, open_bucket, quarantine_key_of
from records import BucketUnavailableError, RejectedInputError

LARGEST = 1 << 30


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def keys(bucket: Bucket) -> list[str]:
    return [found.key for found in bucket.list().objects]


def test_links_are_not_followed_wherever_they_lead(inbox: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.pdf").write_bytes(b"secret")
    (inbox / "real.pdf").write_bytes(b"real")
    (inbox / "link.pdf").symlink_to(outside / "secret.pdf")
    (inbox / "inner.pdf").symlink_to(inbox / "real.pdf")
    (inbox / "folder").symlink_to(outside)
    (inbox / "loop").symlink_to(inbox)
    (inbox / "dangling.pdf").symlink_to(tmp_path / "nowhere")
    assert keys(open_bucket(str(inbox))) == ["real.pdf"]


@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_a_link_put_in_the_place_of_what_was_listed_is_not_followed(
    inbox: Path, tmp_path: Path, spool: Path, swapped: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.pdf").write_bytes(b"secret")
    folder_place(inbox).put("sub/a.pdf", b"listed")
    bucket = open_bucket(str(inbox))
    (found,) = bucket.list().objects
    if swapped == "file":
        (inbox / "sub/a.pdf").unlink()
        (inbox / "sub/a.pdf").symlink_to(outside / "a.pdf")
    else:
        (inbox / "sub").rename(tmp_path / "away")
        (inbox / "sub").symlink_to(outside)
    with pytest.raises(ObjectChangedError):
        bucket.fetch(found, spool, largest=LARGEST)
    assert not bucket.put_aside(found, quarantine_key_of(found), note="why")
    assert (outside / "a.pdf").read_bytes() == b"secret"


def test_a_quarantine_that_leads_out_of_the_folder_is_not_used(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (inbox / "quarantine").symlink_to(tmp_path / "outside")
    (inbox / "a.pdf").write_bytes(b"bad")
    bucket = open_bucket(str(inbox))
    (found,) = bucket.list().objects
    assert not bucket.put_aside(found, quarantine_key_of(found), note="why")
    assert not list((tmp_path / "outside").iterdir())
    assert (inbox / "a.pdf").exists()


def test_pipes_and_sockets_are_no_arrivals(inbox: Path) -> None:
    os.mkfifo(inbox / "pipe.pdf")
    assert keys(open_bucket(str(inbox))) == []


@pytest.mark.parametrize("name", [b"\xff\xfe.pdf", b"new\nline.pdf", b"\x1b[31m.pdf", b"x" * 251 + b".pdf"])
def test_names_of_any_bytes_are_listed_fetched_and_put_aside(inbox: Path, spool: Path, name: bytes) -> None:
    (inbox / os.fsdecode(name)).write_bytes(b"%PDF- %%EOF")
    bucket = open_bucket(str(inbox))
    (found,) = bucket.list().objects
    assert os.fsencode(found.key) == name
    assert bucket.fetch(found, spool, largest=LARGEST).path.read_bytes() == b"%PDF- %%EOF"
    assert bucket.put_aside(found, quarantine_key_of(found), note="why")
    assert len(list((inbox / "quarantine").iterdir())) == 2
    assert bucket.put_back(found.key, quarantine_key_of(found))
    assert os.listdir(os.fsencode(inbox)) == [name]  # noqa: PTH208 - as bytes


def test_a_file_that_grows_while_it_is_fetched_is_not_taken(inbox: Path, spool: Path) -> None:
    path = inbox / "a.pdf"
    path.write_bytes(b"%PDF-" + b"x" * (64 << 20))
    bucket = open_bucket(str(inbox))
    (found,) = bucket.list().objects
    ended = threading.Event()

    def grow() -> None:
        with path.open("ab") as stream:
            while not ended.wait(0.001):
                stream.write(b"y")
                stream.flush()

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        with pytest.raises(ObjectChangedError):
            bucket.fetch(found, spool, largest=LARGEST)
    finally:
        ended.set()
        writer.join()
    assert not list(spool.iterdir())


def test_a_folder_that_vanishes_is_unavailable_until_it_is_back(inbox: Path, tmp_path: Path) -> None:
    bucket = open_bucket(str(inbox))
    inbox.rename(tmp_path / "away")
    with pytest.raises(BucketUnavailableError, match=r"inbox cannot be used \(no such file or directory\)"):
        bucket.list()
    (tmp_path / "away").rename(inbox)
    assert keys(bucket) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_inside_that_may_not_be_opened_is_told_and_the_rest_is_listed(inbox: Path) -> None:
    (inbox / "a.pdf").write_bytes(b"a")
    (inbox / "closed").mkdir(mode=0)
    listing = open_bucket(str(inbox)).list()
    assert [found.key for found in listing.objects] == ["a.pdf"]
    assert "closed" in listing.problems[0]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("{tmp}/nowhere", "there is no folder"),
        ("{tmp}/file", "is no folder"),
        ("gs://bucket", "cannot be watched"),
        ("s3://", "no bucket is named"),
    ],
)
def test_what_cannot_be_watched_is_told_before_it_is_tried(tmp_path: Path, address: str, said: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RejectedInputError, match=said):
        open_bucket(address.format(tmp=tmp_path))
