"""What OCR takes for words and is none: specks, rules, the lines of drawings, bullets."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import median

from ingest.scans.tesseract import ReadWord

LEAST_LINE_CONFIDENCE = 0.5
SURE_PARAGRAPH = 0.8
LEAST_SIGN_CONFIDENCE = 0.3  # of what has no letter or digit, at either end of a line

_LIKE_BULLETS = frozenset("e¢©®°«»*oc+@.¢■●")


def believable(words: Iterable[ReadWord]) -> Iterator[ReadWord]:
    """Yields the words of lines that are mostly sure, without unsure signs at their ends.

    Within such lines unsure words stay, and so do lines within paragraphs that are very sure: tesseract
    gives many rare names and numbers no confidence at all and yet reads them rightly.
    """
    paragraphs: dict[tuple[int, int], list[ReadWord]] = {}
    for word in words:
        paragraphs.setdefault(word.line[:2], []).append(word)
    for paragraph in paragraphs.values():
        sure = _sureness(paragraph) >= SURE_PARAGRAPH
        for _, group in itertools.groupby(paragraph, key=lambda word: word.line):
            line = list(group)
            if sure or _sureness(line) >= LEAST_LINE_CONFIDENCE:
                yield from _without_specks(line)


def _sureness(words: list[ReadWord]) -> float:
    """The mean confidence of the words, by their number or by their letters, whichever speaks for them."""
    letters = sum(len(word.text) for word in words)
    by_letters = sum(word.confidence * len(word.text) for word in words) / max(letters, 1)
    return max(by_letters, sum(word.confidence for word in words) / len(words))


def _without_specks(line: list[ReadWord]) -> list[ReadWord]:
    if _is_bullet(line):
        return [replace(line[0], text="•"), *_without_specks(line[1:])]
    start, end = 0, len(line)
    while start < end and _is_speck(line[start]):
        start += 1
    while end > start and _is_speck(line[end - 1]):
        end -= 1
    return line[start:end]


def _is_speck(word: ReadWord) -> bool:
    return word.confidence < LEAST_SIGN_CONFIDENCE and not any(map(str.isalnum, word.text))


def _is_bullet(line: list[ReadWord]) -> bool:
    """Whether the line begins with a round sign that is small and stands above the foot of its words."""
    if len(line) < 2 or line[0].text not in _LIKE_BULLETS:
        return False
    first, others = line[0], line[1:]
    height = median(word.bottom - word.top for word in others)
    tall, wide = first.bottom - first.top, first.right - first.left
    foot = median(word.bottom for word in others) - first.bottom
    return tall < 0.7 * height and wide < 0.8 * height and 0.1 * height < foot < 0.6 * height
