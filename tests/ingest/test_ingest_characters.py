"""Characters cleaned: what a reader means, nothing unseen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages.characters import clean_characters


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [
        ("signiﬁcant eﬀect", "significant effect"),
        ("signi\x1ccant", "significant"),  # the code that TeX's T1 fonts give the ligature
        ("e\u0301tude", "étude"),
        ("Fran¸cois M¨uller", "François Müller"),
        ("Garc´ıa", "García"),
        ("Kram´ar", "Kramár"),
        ("Llu´ıs M`arquez", "Lluís Màrquez"),
        ("M`arquez", "Màrquez"),
        ("UNIVERSIT`A", "UNIVERSITÀ"),
        ("D`Angelo", "D`Angelo"),  # an apostrophe
        ("the `kill`and `a` of é", "the `kill`and `a` of é"),  # quotation marks
        ("Haus¨ m", "Haus¨ m"),  # an accent that fits no neighbour stays
        ("a\u00a0b\u2003c", "a b c"),
        ("in\u200bvisible\ufeff", "invisible"),
        ("bad\ue052\x07\ufffdones", "badones"),
        ("co\u00adoperate", "co\u00adoperate"),  # only a line's end tells what it means
        ("non\u2011breaking", "non-breaking"),
    ],
)
def test_characters_are_what_a_reader_means(drawn: str, meant: str) -> None:
    assert clean_characters(drawn) == meant


@given(st.text(max_size=40))
def test_cleaning_gives_composed_text_without_controls(text: str) -> None:
    cleaned = clean_characters(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(character) in {"Cc", "Co", "Cs"} for character in cleaned)
