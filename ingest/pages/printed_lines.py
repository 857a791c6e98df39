"""Printed lines: what stands on one baseline of a page, with its box and its looks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from records import Box
from records.character_edges import Stop, character_edges

WORD = re.compile(r"[^ ]+")
WIDE_GAP_EM = 1.2  # wider than any space between words, even in a badly stretched line


class PrintedWord(NamedTuple):
    """Where a word of a line stands: offsets in the line's text, and its edges in points.

    `confidence` in [0, 1] is that of OCR; words of a text layer are certain.
    """

    start: int
    end: int
    x0: float
    x1: float
    confidence: float = 1.0

    def moved(self, offset: int) -> "PrintedWord":
        """The word of a line that stands `offset` characters further on in another line's text."""
        return PrintedWord(self.start + offset, self.end + offset, self.x0, self.x1, self.confidence)


@dataclass(slots=True, kw_only=True)  # not frozen, which costs a third of reading a line; nobody changes one
class PrintedLine:
    """The text of a line, cleaned character by character, and how it looks.

    `page` counts from 1; `block` is the reading engine's block on that page; `size` is the font size in
    points and `font` the font's name of most of its characters. `raised` are the half-open ranges of
    superscripts in `text`, `gaps` the offsets in `text` of spaces that are too wide to be spaces between
    words, `bold_until` the length of the bold part that the line begins with. `math_share` in [0, 1] is
    the part of its characters that a mathematical font has drawn. `stops` are offsets in `text` whose
    places the engine knows, in points from the left; `recognised` are the words as OCR has read them.
    """

    page: int
    block: int
    text: str
    box: Box
    size: float
    font: str = ""
    bold_until: int = 0
    italic: bool = False
    math_share: float = 0.0
    raised: tuple[tuple[int, int], ...] = ()
    gaps: tuple[int, ...] = ()
    stops: tuple[Stop, ...] = ()
    recognised: tuple[PrintedWord, ...] = ()

    @property
    def words(self) -> tuple[PrintedWord, ...]:
        """The words with their places: those that OCR has read, else as the stops place them."""
        if self.recognised or not self.stops:
            return self.recognised
        edges = character_edges(self.text, self.stops)
        return tuple(
            PrintedWord(word.start(), word.end(), edges[word.start()], edges[word.end()])
            for word in WORD.finditer(self.text)
        )

    @property
    def bold(self) -> bool:
        """Whether the whole line is bold."""
        return self.bold_until >= len(self.text)

    @property
    def width(self) -> float:
        """The width in points."""
        return self.box.x1 - self.box.x0

    @property
    def height(self) -> float:
        """The height in points."""
        return self.box.y1 - self.box.y0


def on_whole_baselines(fragments: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The fragments with neighbours on one baseline joined, where the engine split them at wide gaps.

    Fragments of different blocks are joined only where the first is a label: a section's number, a bullet,
    the mark of a bibliography entry.
    """
    return list(_joined(fragments))


def _joined(fragments: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    current: PrintedLine | None = None
    for fragment in fragments:
        if current is not None and _continues(current, fragment):
            current = _side_by_side(current, fragment)
        else:
            if current is not None:
                yield current
            current = fragment
    if current is not None:
        yield current


_LABEL = re.compile(
    r"(\d{1,2}(\.\d{1,2}){0,3}\.?|[A-Z](\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|\[\w{1,8}\+?\w*\]|[•–∗*‣◦▪■●·-]|\(?[0-9a-z]{1,2}[.)])"
)


def _continues(left: PrintedLine, right: PrintedLine) -> bool:
    overlap = min(left.box.y1, right.box.y1) - max(left.box.y0, right.box.y0)
    if overlap < 0.5 * min(left.height, right.height) or right.box.x0 < left.box.x1 - 1.5:
        return False
    if left.block == right.block:
        return True
    gap = right.box.x0 - left.box.x1
    return gap < 3 * left.size and _LABEL.fullmatch(left.text) is not None and abs(left.size - right.size) < 2


def _side_by_side(left: PrintedLine, right: PrintedLine) -> PrintedLine:
    gap = right.box.x0 - left.box.x1
    text = left.text + " " + right.text
    offset = len(left.text) + 1
    wide = gap > WIDE_GAP_EM * max(left.size, right.size)
    total = len(left.text) + len(right.text)
    main = left if len(left.text) > len(right.text) else right
    return replace(
        left,
        text=text,
        box=Box(
            x0=left.box.x0,
            y0=min(left.box.y0, right.box.y0),
            x1=right.box.x1,
            y1=max(left.box.y1, right.box.y1),
        ),
        size=main.size,
        font=main.font,
        italic=main.italic,
        bold_until=offset + right.bold_until if left.bold else left.bold_until,
        math_share=(left.math_share * len(left.text) + right.math_share * len(right.text)) / total,
        raised=left.raised + tuple((start + offset, end + offset) for start, end in right.raised),
        gaps=left.gaps + ((offset - 1,) if wide else ()) + tuple(at + offset for at in right.gaps),
        stops=left.stops + tuple((at + offset, x) for at, x in right.stops)
        if left.stops and right.stops
        else (),
        recognised=left.recognised + tuple(word.moved(offset) for word in right.recognised),
    )


def _joined_stops(left: tuple[Stop, ...], right: tuple[Stop, ...], *, offset: int) -> tuple[Stop, ...]:
    return left + tuple((at + offset, x) for at, x in right) if left and right else ()
