"""What a folder and an object store have in common: listing, fetching, the quarantine and the way back."""

import hashlib
from pathlib import Path

import pytest
from bucket_places import Place

from bucket import BucketObject, ObjectChangedError, ObjectRefusedError, quarantine_key_of

LARGEST = 1 << 20
KEYS = [
    "paper.pdf",
    "2026/deep.tmp/er/paper.PDF",
    "-rf.pdf",
    "\U0001f600 über alles.pdf",
    "100%41?#&+=.pdf",
    "a*b[c]{d}.pdf",
    "back\\slash.pdf",
    f"{'x' * 246}.pdf",
    "no-ending",
]


def listed(place: Place) -> dict[str, BucketObject]:
    return {found.key: found for found in place.bucket.list().objects}


def one(place: Place, content: bytes = b"%PDF- %%EOF", key: str = "a.pdf") -> BucketObject:
    place.put(key, content)
    return listed(place)[key]


def test_everything_that_arrives_is_listed_under_its_key(place: Place) -> None:
    for key in [*KEYS, ".hidden.pdf", "part.pdf.part", "quarantine/old.pdf"]:
        place.put(key, key.encode())
    found = listed(place)
    assert sorted(found) == sorted(KEYS)
    assert all(found[key].size == len(key.encode()) for key in KEYS)


def test_an_empty_bucket_has_an_empty_listing(place: Place) -> None:
    assert place.bucket.list().objects == ()


@pytest.mark.parametrize("key", KEYS)
def test_a_copy_has_the_content_and_the_name_of_its_hash(place: Place, spool: Path, key: str) -> None:
    content = b"%PDF-" + b"x" * 300_000 + b"%%EOF"
    copy = place.bucket.fetch(one(place, content, key), spool, largest=LARGEST)
    assert copy.sha256 == hashlib.sha256(content).hexdigest()
    assert copy.path == spool / f"{copy.sha256}.pdf"
    assert copy.path.read_bytes() == content
    assert not copy.looks_unfinished
    assert list(spool.iterdir()) == [copy.path]


def test_a_new_version_is_another_version_and_the_old_one_cannot_be_fetched(
    place: Place, spool: Path
) -> None:
    before = one(place, b"%PDF-1 %%EOF")
    after = one(place, b"%PDF-22 %%EOF")
    assert before.version != after.version
    with pytest.raises(ObjectChangedError):
        place.bucket.fetch(before, spool, largest=LARGEST)
    assert not list(spool.iterdir())


def test_what_is_gone_cannot_be_fetched(place: Place, spool: Path) -> None:
    found = one(place)
    place.delete(found.key)
    with pytest.raises(ObjectChangedError, match="gone"):
        place.bucket.fetch(found, spool, largest=LARGEST)


def test_what_is_too_large_is_refused_by_its_listed_size(place: Place, spool: Path) -> None:
    found = one(place, b"x" * 100)
    with pytest.raises(ObjectRefusedError, match="too large"):
        place.bucket.fetch(found, spool, largest=99)
    assert not list(spool.iterdir())
    place.bucket.fetch(found, spool, largest=100)


@pytest.mark.parametrize(
    ("content", "unfinished"),
    [
        (b"%PDF-1.7 half of it", True),
        (b"\0" * 5000, True),  # room that has been set aside
        (b"%PDF-1.7" + b"x" * 5000 + b"%%EOF\n", False),
        (b"no PDF at all", False),  # nothing that waiting would mend
    ],
)
def test_a_pdf_without_its_end_looks_unfinished(
    place: Place, spool: Path, content: bytes, unfinished: bool
) -> None:
    copy = place.bucket.fetch(one(place, content), spool, largest=LARGEST)
    assert copy.looks_unfinished is unfinished


@pytest.mark.parametrize("key", KEYS)
def test_a_refused_object_goes_into_the_quarantine_and_comes_back(place: Place, key: str) -> None:
    found = one(place, b"bad", key)
    aside = quarantine_key_of(found)
    assert place.bucket.put_aside(found, aside, note="why\n")
    assert listed(place) == {}
    assert place.get(aside) == b"bad"
    (note,) = set(place.keys()) - {aside}
    assert (note.startswith("quarantine/"), note.endswith(".reason.txt")) == (True, True)
    assert place.get(note) == b"why\n"

    assert place.bucket.put_back(key, aside)
    assert place.keys() == [key]
    assert place.get(key) == b"bad"


def test_putting_aside_again_completes_it_and_changes_nothing_more(place: Place) -> None:
    found = one(place, b"bad")
    aside = quarantine_key_of(found)
    assert place.bucket.put_aside(found, aside, note="why\n")
    place.delete(f"{aside}.reason.txt")  # as if it had been cut off before the note
    assert place.bucket.put_aside(found, aside, note="why\n")
    assert place.keys() == [aside, f"{aside}.reason.txt"]


def test_what_has_changed_or_is_gone_is_not_put_aside(place: Place) -> None:
    found = one(place, b"bad")
    place.put(found.key, b"another one")
    assert not place.bucket.put_aside(found, quarantine_key_of(found), note="why\n")
    assert place.keys() == [found.key]
    place.delete(found.key)
    assert not place.bucket.put_aside(found, quarantine_key_of(found), note="why\n")
    assert place.keys() == []


def test_nothing_in_the_quarantine_is_overwritten(place: Place) -> None:
    place.put("quarantine/a.pdf", b"an earlier one")
    found = one(place, b"bad")
    assert place.bucket.holds("quarantine/a.pdf")
    assert not place.bucket.put_aside(found, "quarantine/a.pdf", note="why\n")
    assert place.get("quarantine/a.pdf") == b"an earlier one"
    assert place.get("a.pdf") == b"bad"


def test_nothing_is_overwritten_on_the_way_back(place: Place) -> None:
    place.put("quarantine/a.pdf", b"bad")
    place.put("a.pdf", b"a new one")
    assert not place.bucket.put_back("a.pdf", "quarantine/a.pdf")
    assert place.get("a.pdf") == b"a new one"
    assert place.get("quarantine/a.pdf") == b"bad"
    place.delete("quarantine/a.pdf")
    assert not place.bucket.put_back("a.pdf", "quarantine/a.pdf")
