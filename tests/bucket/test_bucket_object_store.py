"""What only object stores have: prefixes, servers that are down or say no, folders that are objects."""

import time
from pathlib import Path

import pytest
from bucket_places import store_place
from s3_server import S3Bucket, running_s3

from bucket import open_bucket, quarantine_key_of
from records import BucketUnavailableError


def test_a_prefix_is_a_bucket_of_its_own_with_its_own_quarantine(s3_bucket: S3Bucket) -> None:
    for key in ("incoming/a.pdf", "incoming/b/c.pdf", "incoming2/d.pdf", "e.pdf"):
        s3_bucket.put(key, b"bad")
    bucket = open_bucket(f"{s3_bucket.address}/incoming/")
    assert bucket.url == f"{s3_bucket.address}/incoming"
    first, second = bucket.list().objects
    assert (first.key, second.key) == ("a.pdf", "b/c.pdf")
    assert bucket.put_aside(first, quarantine_key_of(first), note="why")
    assert "incoming/quarantine/a.pdf" in s3_bucket.keys()  # noqa: SIM118 - no dict


def test_what_browsers_make_for_a_folder_is_no_arrival_and_an_empty_object_is_one(
    s3_bucket: S3Bucket,
) -> None:
    s3_bucket.put("folder/", b"")
    s3_bucket.put("empty.pdf", b"")
    bucket = open_bucket(s3_bucket.address, s3_bucket.server.environment)
    for _ in range(2):
        assert [found.key for found in bucket.list().objects] == ["empty.pdf"]


@pytest.mark.slow
def test_more_objects_than_a_page_of_the_listing_are_all_listed(s3_bucket: S3Bucket) -> None:
    from obstore.store import S3Store

    store = S3Store(s3_bucket.name, client_options={"allow_http": True})
    for number in range(1100):
        store.put(f"{number:04}.pdf", b"x")
    assert len(store_place(s3_bucket).bucket.list().objects) == 1100


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9", "does not answer"),
        ("AWS_ACCESS_KEY_ID", None, "no credentials were found"),
    ],
)
def test_a_store_that_cannot_be_asked_is_unavailable_in_one_line(
    s3_bucket: S3Bucket, monkeypatch: pytest.MonkeyPatch, name: str, value: str | None, said: str
) -> None:
    monkeypatch.delenv(name)
    if value:
        monkeypatch.setenv(name, value)
    began = time.monotonic()
    with pytest.raises(BucketUnavailableError, match=said) as raised:
        open_bucket(s3_bucket.address, s3_bucket.server.environment).list()
    assert len(str(raised.value).splitlines()) == 1
    assert len(str(raised.value)) < 500
    assert time.monotonic() - began < 15


def test_a_bucket_that_is_not_there_is_told(s3_bucket: S3Bucket) -> None:
    with pytest.raises(BucketUnavailableError, match="there is no such bucket"):
        open_bucket("s3://nobody-made-it").list()


@pytest.mark.slow
def test_wrong_credentials_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_s3(tmp_path / "server.log", INITIAL_NO_AUTH_ACTION_COUNT="1") as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        bucket = server.new_bucket()
        with pytest.raises(BucketUnavailableError, match="credentials are not accepted"):
            open_bucket(bucket.address, server.environment).list()


@pytest.mark.parametrize("key", ["../up.pdf", "a/../../up.pdf", "./dot.pdf", "d//e.pdf", "in/\x01.pdf"])
def test_keys_that_are_no_paths_keep_nobody_from_their_papers(s3_bucket: S3Bucket, key: str) -> None:
    s3_bucket.put("a.pdf", b"good")
    s3_bucket.put(key, b"strange")
    listing = open_bucket(s3_bucket.address, s3_bucket.server.environment).list()
    assert [found.key for found in listing.objects] == ["a.pdf"]
    assert [f"such as ['{key.encode('unicode_escape').decode()}']" in said for said in listing.problems] == [
        True
    ]
