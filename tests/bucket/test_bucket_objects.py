"""Which keys name arrivals, and under which keys refused objects lie."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucket import is_arrival, quarantine_key_of, readable
from bucket.objects import BucketObject
from bucket.quarantine import KEY_BYTES, NAME_BYTES, note_key_of, note_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = st.binary(min_size=1, max_size=255).map(
    lambda name: name.replace(b"/", b"_").replace(b"\0", b"_").decode("utf-8", "surrogateescape")
)
KEYS = st.lists(NAMES, min_size=1, max_size=6).map("/".join)


def listed(key: str, version: str = "1") -> BucketObject:
    return BucketObject(key=key, size=1, version=version, modified_at=NOW)


@pytest.mark.parametrize(
    ("key", "arrives"),
    [
        ("paper.pdf", True),
        ("2026/Paper.PDF", True),
        ("notes.txt", True),  # what is no PDF is told so
        ("-rf.pdf", True),
        ("new\nline.pdf", True),
        ("\U0001f600.pdf", True),
        ("\udcff.pdf", True),
        ("a..b.pdf", True),
        ("folder.tmp/paper.pdf", True),
        ("deep/quarantine/paper.pdf", True),  # only the bucket's own quarantine is one
        ("quarantine/paper.pdf", False),
        (".paper.pdf", False),
        (".git/paper.pdf", False),
        ("../paper.pdf", False),
        ("a/../../paper.pdf", False),
        ("paper.pdf.part", False),
        ("paper.pdf.PART", False),
        ("paper.tmp", False),
        ("paper.pdf.crdownload", False),
        ("paper.pdf~", False),
        ("~$paper.docx", False),
    ],
)
def test_hidden_unfinished_and_quarantined_keys_are_no_arrivals(key: str, arrives: bool) -> None:
    assert is_arrival(key) is arrives


@given(KEYS, st.booleans())
def test_a_quarantined_object_and_its_note_have_keys_that_every_bucket_takes(key: str, taken: bool) -> None:
    place = quarantine_key_of(listed(key), taken=taken)
    note = note_key_of(place)
    assert place != note
    for chosen in (place, note):
        encoded = chosen.encode("utf-8", "surrogateescape")
        assert chosen.startswith("quarantine/")
        assert len(encoded) <= KEY_BYTES
        assert max(len(part) for part in encoded.split(b"/")) <= NAME_BYTES


@given(KEYS)
def test_another_version_of_a_refused_object_gets_a_place_of_its_own(key: str) -> None:
    plain = quarantine_key_of(listed(key))
    first = quarantine_key_of(listed(key, "1"), taken=True)
    second = quarantine_key_of(listed(key, "2"), taken=True)
    assert len({plain, first, second}) == (3 if plain == f"quarantine/{key}" else 2)


def test_a_note_is_text_in_four_lines_whatever_the_key_holds() -> None:
    note = note_of("a\nb\x1b[31m\udcff.pdf", "not a PDF\nat all", at=NOW)
    assert len(note.splitlines()) == 4
    assert "not a PDF at all" in note
    assert r"\xff.pdf" in note
    note.encode("utf-8")


@given(KEYS)
def test_a_readable_key_can_be_stored_by_every_program(key: str) -> None:
    assert readable(key).encode("utf-8")
