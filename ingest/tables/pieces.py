"""Pieces of printed lines: words that stand close together, as the cells of a table hold them."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ingest.pages.printed_lines import PrintedLine
from records import Box

CELL_GAP_EM = 0.4  # words of one cell stand closer, unless their line is justified
NUMBER_GAP_EM = 0.3  # numbers that stand further apart than this are two cells
_NUMBER_WINDOW = 24
_WORD_SPACE_EM = 0.36
_SLACK_EM = 0.1
_BASELINE_EM = 0.2  # the part of a box under its baseline
_SAME_BASELINE_EM = 0.3
_NUMERIC = re.compile(r"[-–—−+±∼~≈<>≤≥=(*\[]{0,3}\s?[\d.,:/]*\d.*")
_NOTHING = re.compile(r"[-–—−✓✗×✔✘?]{1,3}|n/?a\.?", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")


class Piece(NamedTuple):
    """A part of a line that a cell holds, as a line with its own text and box, and its places in points."""

    line: PrintedLine
    x0: float
    x1: float
    baseline: float

    @property
    def middle(self) -> float:
        """The place midway between the edges."""
        return (self.x0 + self.x1) / 2

    @property
    def numeric(self) -> bool:
        """Whether it says a number, or that there is none."""
        return is_numeric(self.line.text)


def piece_of(line: PrintedLine) -> Piece:
    """The whole line as a piece."""
    return Piece(line, line.box.x0, line.box.x1, line.box.y1 - _BASELINE_EM * line.size)


@lru_cache(maxsize=4096)
def is_numeric(text: str) -> bool:
    """Whether the text of a cell says a number, or that there is none."""
    text = text.strip()
    if _NOTHING.fullmatch(text):
        return True
    return _NUMERIC.fullmatch(text) is not None and len(_LETTERS.findall(text)) <= 0.4 * len(text)


class _Space(NamedTuple):
    """The space between two words: where it begins and ends, in the text and in points."""

    start: int
    end: int
    x0: float
    x1: float


def pieces_of(lines: Iterable[PrintedLine]) -> list[Piece]:
    """The lines cut at every space that is too wide for a space between words of one cell."""
    return [piece for line in lines for piece in _parts(line, _gaps(line))]


def widest_space(line: PrintedLine) -> float:
    """The width of the line's widest space in em; 0 where nothing is known of its spaces."""
    widest = max([space.x1 - space.x0 for space in _spaces(line)], default=0.0)
    return widest / max(line.size, 1.0)


def cut_at(piece: Piece, whites: Sequence[tuple[float, float]]) -> list[Piece]:
    """The piece cut at those of its spaces that lie in the white between two columns.

    A space that is no wider than spaces are parts cells only where it fills that white, next to a number.
    """
    whites = [white for white in whites if piece.x0 <= white[0] and white[1] <= piece.x1]
    if not whites:
        return [piece]
    words = piece.line.words
    spaces = [_Space(left.end, right.start, left.x1, right.x0) for left, right in itertools.pairwise(words)]
    return list(_parts(piece.line, [space for space in spaces if _parts_cells(space, piece.line, whites)]))


def _parts_cells(space: _Space, line: PrintedLine, whites: Sequence[tuple[float, float]]) -> bool:
    slack = _SLACK_EM * line.size
    if space.x1 - space.x0 > _WORD_SPACE_EM * line.size:
        return any(space.x0 - slack <= (x0 + x1) / 2 <= space.x1 + slack for x0, x1 in whites)
    if not any(space.x0 - slack <= x0 and x1 <= space.x1 + slack for x0, x1 in whites):
        return False
    return is_numeric(line.text[: space.start]) or is_numeric(line.text[space.end :])


def piece_count(line: PrintedLine) -> int:
    """How many pieces the line would be cut into."""
    return len(_gaps(line)) + 1


def _gaps(line: PrintedLine) -> list[_Space]:
    if line.recognised or line.stops:
        return [space for space in _spaces(line) if _is_wide(space, line)]
    return list(_guessed_gaps(line))


def _is_wide(space: _Space, line: PrintedLine) -> bool:
    width = space.x1 - space.x0
    if width <= NUMBER_GAP_EM * line.size:
        return False
    if width > CELL_GAP_EM * line.size:
        return True
    before = line.text[max(0, space.start - _NUMBER_WINDOW) : space.start].rsplit(" ", 1)[-1]
    after = line.text[space.end : space.end + _NUMBER_WINDOW].split(" ", 1)[0]
    return is_numeric(before) and is_numeric(after)


def _spaces(line: PrintedLine) -> list[_Space]:
    """The spaces whose width is known; those within a run of letters are as wide as spaces are."""
    if line.recognised:
        pairs = itertools.pairwise(line.recognised)
        return [_Space(left.end, right.start, left.x1, right.x0) for left, right in pairs]
    text = line.text
    return [
        _Space(start, end, x0, x1)
        for (start, x0), (end, x1) in itertools.pairwise(line.stops)
        if end == start + 1 and text[start] == " "
    ]


def _guessed_gaps(line: PrintedLine) -> Iterator[_Space]:
    """The wide gaps of a line whose words have no places, each as wide as a letter."""
    per_character = line.width / max(len(line.text), 1)
    for gap in line.gaps:
        place = line.box.x0 + gap * per_character
        yield _Space(gap, gap + 1, place, place + per_character)


def _parts(line: PrintedLine, spaces: Sequence[_Space]) -> Iterator[Piece]:
    """The line cut at the spaces."""
    if not spaces:
        yield piece_of(line)
        return
    start, x0 = 0, line.box.x0
    for space in (*spaces, _Space(len(line.text), len(line.text), line.box.x1, line.box.x1)):
        if line.text[start : space.start].strip():
            yield piece_of(_part(line, start, space.start, x0=x0, x1=space.x0))
        start, x0 = space.end, space.x1


def _part(line: PrintedLine, start: int, end: int, *, x0: float, x1: float) -> PrintedLine:
    inner = [(at - start, x) for at, x in line.stops if start < at < end]
    words = [word.moved(-start) for word in line.recognised if start <= word.start and word.end <= end]
    return PrintedLine(
        page=line.page,
        block=line.block,
        text=line.text[start:end],
        box=Box(x0=x0, y0=line.box.y0, x1=x1, y1=line.box.y1),
        size=line.size,
        font=line.font,
        bold_until=max(0, min(line.bold_until, end) - start),
        italic=line.italic,
        math_share=line.math_share,
        raised=tuple([(a - start, b - start) for a, b in line.raised if start <= a and b <= end]),
        stops=((0, x0), *inner, (end - start, x1)) if line.stops else (),
        recognised=tuple(words),
    )


def on_baselines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces by baseline from top to bottom, each baseline from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        if rows and piece.baseline - rows[-1][0].baseline < _SAME_BASELINE_EM * piece.line.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]
