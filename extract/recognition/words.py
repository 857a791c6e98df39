"""Words as the recogniser sees them: runs of letters, runs of digits, and single other characters."""

import re
from collections.abc import Iterator

from records import Span

WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
SHAPES = ("lower", "capitalised", "upper", "mixed", "digits", "other", "none")
NO_SHAPE = len(SHAPES) - 1
"""The shape of what is no word: the marks at a window's ends, and padding."""


def word_spans(text: str, *, offset: int = 0) -> Iterator[Span]:
    """Yields the places of the words, shifted by an offset, in text order.

    Letters and digits part ("word2vec" is three words), as hyphens do: corpora write names either way, and
    so they look alike.
    """
    for match in WORD.finditer(text):
        yield Span(start=match.start() + offset, end=match.end() + offset)


def shape_of(word: str) -> int:
    """The index in `SHAPES` of how a word is written; the encoders themselves know no capitals."""
    if word.isdigit():
        return 4
    if not word.isalpha():
        return 5
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[0].isupper() and word[1:].islower() else 3
