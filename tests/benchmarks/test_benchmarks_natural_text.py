"""Corpora's split tokens become text as it is printed, and every word keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.natural_text import natural_text
from training.sentences import words_of_tokens


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("the top - left corner ( a )", "the top-left corner (a)"),
        ("mIoU of 4 2 . 2 % on VOC [ 1 2 , 3 ] .", "mIoU of 42.2% on VOC [12, 3]."),
        ("0. 8 , i.e. and / or", "0.8, i.e. and/or"),
        ("the model 's size ; 2D CNNs :", "the model's size; 2D CNNs:"),
        ("pre - trained - for", "pre-trained-for"),
        ("- a list", "- a list"),  # nothing to join
        ("from - to -", "from-to -"),  # a hyphen at the end joins nothing
        ("DeepLabV 3", "DeepLabV 3"),  # nobody knows whether these were one word
        ("", ""),
    ],
)
def test_tokens_are_closed_up_as_in_print(tokens: str, text: str) -> None:
    assert natural_text(tokens.split()).text == text


TOKEN = st.text(alphabet="aBé7²-/.,()'s%[]“”_+ ", min_size=1, max_size=4).map(
    lambda text: text.strip() or "x"
)


@given(st.lists(TOKEN, max_size=12).map(lambda tokens: " ".join(tokens).split()))
def test_no_character_is_lost_and_every_word_keeps_its_place(tokens: list[str]) -> None:
    natural = natural_text(tokens)
    assert natural.text.replace(" ", "") == "".join(tokens)
    words, places = words_of_tokens(tokens)
    assert [natural.text[span.start : span.end] for span in natural.words] == words
    assert natural.token_words == tuple(places)
