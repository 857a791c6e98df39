"""Marks of footnotes and superscript citations, which stand in the text but are no part of its words."""

import re
from typing import NamedTuple

from ingest.pages.printed_lines import PrintedLine

_MARK = re.compile(r"[\d\s,;–-]{1,20}|[∗*†‡§¶♯#⋆]{1,4}|[∗*†‡§¶,\d]{1,6}")
_UNIT_BEFORE = re.compile(r"(?:^|[^A-Za-z])(?:k|c|m|d|µ|μ|n)?(?:m|s|Hz|in|ft)$")
_LONE_LETTER_BEFORE = re.compile(r"(?:^|[^A-Za-z])[A-Za-z]$")


class Unmarked(NamedTuple):
    """A line's text without its marks, and each mark with the offset in that text where it stood."""

    text: str
    marks: tuple[tuple[int, str], ...]


def without_marks(line: PrintedLine) -> Unmarked:
    """The line without raised numbers and signs that point at notes or entries; exponents stay."""
    if not line.raised:
        return Unmarked(text=line.text, marks=())
    text, marks, last = "", [], 0
    for start, end in line.raised:
        mark = line.text[start:end]
        if start < last or not _points(line.text[:start], mark, line.text[end : end + 1]):
            continue
        text += line.text[last:start]
        marks.append((len(text), mark.strip()))
        last = end
    return Unmarked(text=text + line.text[last:], marks=tuple(marks))


def _points(before: str, mark: str, after: str) -> bool:
    if not _MARK.fullmatch(mark):
        return False
    if not before.strip():
        return True  # the note itself
    if after.isalpha() or before[-1].isdigit():
        return False
    if mark.strip() in {"2", "3"} and _UNIT_BEFORE.search(before):
        return False
    return before[-1] in ".,;:)]”’\"'!?" or (before[-1].isalpha() and not _LONE_LETTER_BEFORE.search(before))
