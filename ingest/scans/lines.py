"""Printed lines made of the words that OCR has read, with sizes and boxes as a text layer has them."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from ingest.pages.characters import clean_characters
from ingest.pages.printed_lines import WIDE_GAP_EM, PrintedLine, PrintedWord
from ingest.scans.boldness import bold_words
from ingest.scans.tesseract import ReadWord
from records import Box

LEAST_CONFIDENCE = 0.25  # so many words are right that tesseract gives no confidence at all; else its is fair
# How far letters rise and descend, in font sizes: the mean of Times Roman and Computer Modern.
_X_HEIGHT, _CAPITAL, _ASCENT, _DESCENT = 0.44, 0.67, 0.72, 0.22
_RISE = {**dict.fromkeys("bdfhijkl!?&%/()[]{}|$§'\"“”‘’", 0.69), "t": 0.6}
_FALL = {**dict.fromkeys("gjpqy", 0.21), **dict.fromkeys("()[]{}|$§", 0.2), **dict.fromkeys(",;Q", 0.15)}
_BLEED = 1 / 300  # inches by which the box of a word is larger than its letters are drawn
FEW_LETTERS, MOST_MISMEASURED = 24, 1.4
SAME_SIZE = 0.08  # relative; what tesseract's boxes do not tell apart
LEAST_PARAGRAPH = 3  # lines
SAME_PARAGRAPH = 0.15  # relative
_NOT_LETTERS = frozenset("-–—~·•_.,'’‘`\"“”*°^=+")


def printed_lines(words: Sequence[ReadWord], *, page: int, dpi: int) -> tuple[PrintedLine, ...]:
    """The lines in OCR's reading order, in points of the straightened page."""
    groups: dict[tuple[int, int, int], list[ReadWord]] = {}
    for word in words:
        groups.setdefault(word.line, []).append(word)
    points = 72 / dpi
    lines = [
        (line, group)
        for key, group in groups.items()
        if (line := _line(group, key, page=page, points=points))
    ]
    sized = _with_common_sizes([line for line, _ in lines])
    thickness = [
        [word.stroke * points / line.size for word in group if _is_said(word)]
        for line, (_, group) in zip(sized, lines, strict=True)
    ]
    usual = median([median(each) for each in thickness]) if thickness else 0.0
    return tuple(
        replace(line, bold_until=_end_of(line, bold_words(each, usual=usual)))
        for line, each in zip(sized, thickness, strict=True)
    )


def _end_of(line: PrintedLine, words: int) -> int:
    return line.recognised[words - 1].end if words else 0


def _is_said(word: ReadWord) -> bool:
    return bool(clean_characters(word.text).strip())


def _line(
    group: Sequence[ReadWord], key: tuple[int, int, int], *, page: int, points: float
) -> PrintedLine | None:
    text, words = "", []
    for word in filter(_is_said, group):
        said = clean_characters(word.text).strip()
        start = len(text) + 1 if text else 0
        text = f"{text} {said}" if text else said
        sure = max(word.confidence, LEAST_CONFIDENCE)
        words.append(PrintedWord(start, len(text), word.left * points, word.right * points, sure))
    if not text:
        return None
    size = max(_font_size(group, bleed=_BLEED * 72 / points) * points, 0.5)
    baseline = median(word.bottom - _fall(word.text) * size / points for word in group) * points
    return PrintedLine(
        page=page,
        block=key[0] * 1000 + key[1],
        text=text,
        box=_box(words, baseline=baseline, size=size),
        size=size,
        gaps=tuple(_wide_gaps(words, size)),
        stops=tuple(stop for word in words for stop in ((word.start, word.x0), (word.end, word.x1))),
        recognised=tuple(words),
    )


def _font_size(group: Sequence[ReadWord], *, bleed: float) -> float:
    """The font size in pixels, from how tall each word should be with the letters that it has."""
    sizes = [
        (word.bottom - word.top - bleed) / (_rise(word.text) + _fall(word.text))
        for word in group
        if not _NOT_LETTERS.issuperset(word.text)
    ]
    return median(sizes) if sizes else float(max(word.bottom - word.top for word in group))


def _rise(word: str) -> float:
    if any(letter.isupper() or letter.isdigit() for letter in word):
        return max(_CAPITAL, *(_RISE.get(letter, 0.0) for letter in word))
    return max(_X_HEIGHT, *(_RISE.get(letter, 0.0) for letter in word))


def _fall(word: str) -> float:
    return max((_FALL.get(letter, 0.0) for letter in word), default=0.0)


def _box(words: Sequence[PrintedWord], *, baseline: float, size: float) -> Box:
    """The box of a font of this size, as text layers give it, whatever letters the line has."""
    return Box(
        x0=min(word.x0 for word in words),
        y0=baseline - _ASCENT * size,
        x1=max(word.x1 for word in words),
        y1=baseline + _DESCENT * size,
    )


def _wide_gaps(words: Sequence[PrintedWord], size: float) -> Iterator[int]:
    for left, right in itertools.pairwise(words):
        if right.x0 - left.x1 > WIDE_GAP_EM * size:
            yield left.end


def _with_common_sizes(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines with sizes that differ by no more than measuring does made one: the commonest of them.

    A few letters are measured badly: short lines that end a paragraph have its size.
    """
    letters: Counter[float] = Counter()
    lines = _with_paragraph_sizes(lines)
    for line in lines:
        letters[_rounded(line.size)] += len(line.text)
    common: list[float] = []
    for size, _ in letters.most_common():
        if all(abs(size - other) > SAME_SIZE * other for other in common):
            common.append(size)
    sized: list[PrintedLine] = []
    for line in lines:
        size = min(common, key=lambda each: abs(each - _rounded(line.size)))
        if sized and _ends_paragraph(sized[-1], line):
            size = sized[-1].size
        sized.append(replace(line, size=size))
    return sized


def _with_paragraph_sizes(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines of a paragraph with its middle size, where theirs are near it: letters are few in a line."""
    sizes: dict[int, list[float]] = {}
    for line in lines:
        sizes.setdefault(line.block, []).append(line.size)
    middle = {block: median(each) for block, each in sizes.items() if len(each) >= LEAST_PARAGRAPH}
    return [
        replace(line, size=middle[line.block])
        if line.block in middle and abs(line.size - middle[line.block]) <= SAME_PARAGRAPH * line.size
        else line
        for line in lines
    ]


def _ends_paragraph(before: PrintedLine, line: PrintedLine) -> bool:
    alike = 1 / MOST_MISMEASURED < line.size / before.size < MOST_MISMEASURED
    return before.block == line.block and len(line.text) <= FEW_LETTERS < len(before.text) and alike


def _rounded(size: float) -> float:
    return max(round(size * 2) / 2, 0.5)
