"""Where a printed line's words stand in the reading text, which leaves out note marks and hyphens."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.pages.printed_lines import PrintedLine, PrintedWord


class PlacedWord(NamedTuple):
    """A printed word and its place in the text; the place is shorter where a hyphen or mark is left out."""

    start: int
    end: int
    word: PrintedWord


def words_in_text(line: PrintedLine, text: str, *, start: int) -> Iterator[PlacedWord]:
    """Yields the line's words in its part `text` of the reading text, which begins there at `start`.

    `text` is the line's text without some of its characters, and with newlines for some of its spaces.
    Where it is anything else, no word has a place.
    """
    if not line.words:
        return
    before = characters_before(line.text, text)
    for word in line.words:
        first, last = before[word.start], before[word.end]
        if first < last:
            yield PlacedWord(start + first, start + last, word)


def characters_before(printed: str, text: str) -> Sequence[int]:
    """For each offset in `printed`, how many characters of `text` come before it; all 0 where they differ."""
    if printed.startswith(text):
        return range(len(printed) + 1) if len(text) == len(printed) else _until(len(text), len(printed))
    before, at = [0], 0
    for character in printed:
        if at < len(text) and (text[at] == character or (text[at] == "\n" and character == " ")):
            at += 1
        before.append(at)
    return before if at == len(text) else [0] * len(before)


def _until(end: int, length: int) -> Sequence[int]:
    return [min(offset, end) for offset in range(length + 1)]
