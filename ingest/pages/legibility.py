"""Whether a page's text can be read at all, or is what a font without a true table of meanings gives."""

import re

MOST_MEANINGLESS = 0.3
LEAST_WORDS = 60  # fewer may well be a table or a figure
LEAST_COMMON_SHARE = 0.02

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    """the of and in to a is for that with we on as are by this from be an it which at or was not our can
    der die das und den von zu mit ist ein eine auf für im nicht des dem
    le la les de des et en un une du que est pour dans sur par au
    el los las del y una por con para se no
    il di che e per non della sono i o os da em um uma não""".split()
)


def is_legible(text: str, *, meaningless: int) -> bool:
    """Whether the text is worth having; `meaningless` characters were left out of it.

    Scripts without the common words of European languages are taken as they are: OCR would not know
    better.
    """
    pieces = text.split()
    if (
        meaningless == 0
        and pieces
        and sum(map(_COMMON.__contains__, pieces)) >= LEAST_COMMON_SHARE * len(pieces)
    ):
        return True  # nearly every page there is; this costs little
    letters = sum(1 for character in text if character.isalpha())
    if meaningless > MOST_MEANINGLESS * (letters + meaningless):
        return False
    latin = sum(1 for character in text if character.isalpha() and ord(character) < 0x250)
    if latin < 0.5 * letters or len(_WORD.findall(text)) < LEAST_WORDS:
        return True
    return legibility(text) >= LEAST_COMMON_SHARE


def legibility(text: str) -> float:
    """The share of common words among the words, in [0, 1]."""
    words = _WORD.findall(text)
    return common_words(text) / len(words) if words else 0.0


def common_words(text: str) -> int:
    """How many of the words are common ones."""
    return sum(1 for word in _WORD.findall(text.casefold()) if word in _COMMON)
