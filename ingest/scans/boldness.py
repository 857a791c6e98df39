"""Which words of a scanned page are bold, told by how thick their strokes are."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from ingest.scans.skew import ink_threshold
from ingest.scans.tesseract import ReadWord

if TYPE_CHECKING:
    from PIL.Image import Image

BOLD_LINE, BOLD_WORD = 1.3, 1.2  # times the usual thickness; bold fonts have 1.35 to 1.6 times

MOST_WORDS = 0.8  # of a bold line, since short words are measured badly


def with_strokes(words: Iterable[ReadWord], picture: "Image") -> list[ReadWord]:
    """The words with the mean length of the runs of ink in their rows of pixels."""
    import numpy as np

    values = np.asarray(picture)
    ink = values < ink_threshold(values)
    measured = []
    for word in words:
        part = ink[word.top : word.bottom, word.left : word.right]
        begun = np.count_nonzero(part[:, 1:] & ~part[:, :-1]) + np.count_nonzero(part[:, :1])
        measured.append(replace(word, stroke=float(np.count_nonzero(part)) / begun if begun else 0.0))
    return measured


def bold_words(thickness: Sequence[float], *, usual: float) -> int:
    """How many of a line's words are bold from its beginning on; `thickness` is each word's, to its size."""
    if not thickness or usual <= 0:
        return 0
    thick = sum(each >= BOLD_WORD * usual for each in thickness)
    if median(thickness) >= BOLD_LINE * usual and thick >= MOST_WORDS * len(thickness):
        return len(thickness)
    count = 0
    while count < len(thickness) and thickness[count] >= BOLD_WORD * usual:
        count += 1
    return count if count and median(thickness[:count]) >= BOLD_LINE * usual else 0
