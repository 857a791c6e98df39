"""Printed lines: what stands on one baseline of a page, with its box and its looks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.pages.characters import clean_characters, ends_with_accent
from records import Box
from records.character_edges import Stop, character_edges

_WORD = re.compile(r"[^ ]+")
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
            for word in _WORD.finditer(self.text)
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


class Run(NamedTuple):
    """Characters of one line that look the same; `raised` marks a superscript."""

    text: str
    size: float
    font: str = ""
    bold: bool = False
    italic: bool = False
    math: bool = False
    raised: bool = False


def line_of_runs(
    runs: Sequence[Run], box: Box, *, page: int, block: int, stops: Sequence[Stop] = ()
) -> PrintedLine | None:
    """The line that the runs make, or None where no character of theirs says anything.

    `stops` are offsets in the text of all runs together and how far to the right they stand.
    """
    raw = "".join([run.text for run in runs])
    text, raised, bold_until = _cleaned(runs, raw)
    if not text:
        return None
    widest = runs[0] if len(runs) == 1 else max(runs, key=lambda run: len(run.text))
    return PrintedLine(
        page=page,
        block=block,
        text=text,
        box=box,
        size=_main_size(runs),
        font=widest.font,
        bold_until=min(bold_until, len(text)),
        italic=widest.italic,
        math_share=sum([len(run.text) for run in runs if run.math]) / len(raw),
        raised=raised,
        stops=_stops_of_cleaned(text, raw, stops),
    )


def _cleaned(runs: Sequence[Run], raw: str) -> tuple[str, tuple[tuple[int, int], ...], int]:
    """The text of the runs, its superscripts, and how much of its beginning is bold."""
    if raw.isascii() and raw.isprintable() and "  " not in raw:
        return _as_it_is(runs, raw)
    text, raised, bold_until, still_bold, accent = "", [], 0, True, ""
    for run in runs:
        piece = run.text
        if accent or not piece.isascii():
            waits = ends_with_accent(piece)
            piece, accent = accent + (piece[:-1] if waits else piece), piece[-1] if waits else ""
        piece = clean_characters(piece)
        if not text or text.endswith(" "):
            piece = piece.lstrip(" ")
        if not piece:
            continue
        if run.raised and piece != " ":
            raised.append((len(text), len(text) + len(piece.rstrip(" "))))
        still_bold = still_bold and (run.bold or piece == " ")
        text += piece
        bold_until = len(text) if still_bold else bold_until
    return (text + accent).rstrip(" "), tuple(raised), bold_until


def _as_it_is(runs: Sequence[Run], raw: str) -> tuple[str, tuple[tuple[int, int], ...], int]:
    """The same for text in which nothing has to be cleaned, as most has not."""
    before = len(raw) - len(raw.lstrip(" "))
    raised, bold_until, still_bold, end = [], 0, True, -before
    for run in runs:
        start, end = max(end, 0), end + len(run.text)
        if run.raised and run.text != " ":
            raised.append((start, end - len(run.text) + len(run.text.rstrip(" "))))
        still_bold = still_bold and (run.bold or run.text == " ")
        bold_until = end if still_bold else bold_until
    return raw.strip(" "), tuple(raised), bold_until


def _stops_of_cleaned(text: str, raw: str, stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """The stops of the raw text at the offsets of the cleaned one; its ends alone where words are lost."""
    if not stops or len(text) == len(raw):
        return tuple(stops)
    ends = ((0, stops[0][1]), (len(text), stops[-1][1]))
    words, raw_words = list(_WORD.finditer(text)), list(_WORD.finditer(raw))
    if len(stops) == 2 or len(words) != len(raw_words):
        return ends
    x_at = dict(stops)
    found = dict(ends[:1])
    for word, raw_word in zip(words, raw_words, strict=True):
        for offset, raw_offset in zip(word.span(), raw_word.span(), strict=True):
            if raw_offset in x_at:
                found[offset] = x_at[raw_offset]
    found.setdefault(*ends[1])
    return tuple(found.items())


def _main_size(runs: Sequence[Run]) -> float:
    """The size of most characters; of small capitals, that of the large ones."""
    if len(runs) == 1:
        return round(runs[0].size, 1)
    sizes = [round(run.size, 1) for run in runs]
    if len(set(sizes)) == 1:
        return sizes[0]
    weights = dict.fromkeys(sizes, 0)
    for size, run in zip(sizes, runs, strict=True):
        weights[size] += len(run.text.strip())
    if all(run.text.upper() == run.text for run in runs):
        return max((size for size, weight in weights.items() if weight), default=0.0)
    return max(weights, key=lambda size: (weights[size], size))


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
