"""Whether a text layer is worth having."""

import pytest

from ingest.pages.legibility import is_legible

PROSE = "We train the model on all of the data that we have, and test it on the rest of it. " * 6


@pytest.mark.parametrize(
    ("text", "meaningless", "legible"),
    [
        (PROSE, 0, True),
        (PROSE, 5, True),
        ("a few letters", 200, False),  # most characters had no meaning
        (
            "Xf usbjo uif npefm po bmm pg uif ebub uibu xf ibwf boe uftu ju " * 6,
            0,
            False,
        ),  # every letter moved
        ("BLEU 12 METEOR 13 ROUGE 14", 0, True),  # too little to tell
        ("我们在所有数据上训练模型 " * 80, 0, True),  # not for us to doubt
    ],
)
def test_a_text_without_common_words_or_meaning_is_not_legible(
    text: str, meaningless: int, legible: bool
) -> None:
    assert is_legible(text, meaningless=meaningless) is legible
