"""The reading order of a scanned page's words: one column after the other.

Tesseract finds columns, too, but it takes lines of two columns for one where a table stands beside text, and
parts the labels of lists and references from what they label. So a page with one gutter is cut anew: lines
are parted at the gutter, what stands on one baseline of a column is joined, and between the lines that cross
the gutter the left column is read before the right one (a cut in the manner of Nagy and Seth, 1984). Other
pages keep tesseract's order.
"""

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.scans.tesseract import ReadWord

LEAST_COLUMN_LINES = 6
LEAST_SHARE = 0.4  # of the lines, that stand in one of two columns
LEAST_WORDS = 3  # of a line that shows where a column is
_MIDDLE = (0.3, 0.7)  # of the page's width: where the gutter of two columns may be
_GUTTER_EM, _WORD_GAP_EM, _LABEL_GAP_EM = 0.8, 1.3, 3.0
_LONGEST_LABEL = 6


@dataclass(frozen=True, slots=True)
class _Piece:
    """Neighbouring words of one line."""

    words: tuple[ReadWord, ...]

    @property
    def left(self) -> int:
        return self.words[0].left

    @property
    def right(self) -> int:
        return max(word.right for word in self.words)

    @property
    def top(self) -> int:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> int:
        return max(word.bottom for word in self.words)

    @property
    def middle(self) -> float:
        """The height at which most of the words stand."""
        return median((word.top + word.bottom) / 2 for word in self.words)

    @property
    def letters(self) -> int:
        return sum(len(word.text) for word in self.words)


def in_columns(words: Iterable[ReadWord], *, page_width: int) -> list[ReadWord]:
    """The words in reading order, each with the line of the page that it belongs to."""
    pieces = [_Piece(tuple(line)) for _, line in itertools.groupby(words, key=lambda word: word.line)]
    em = 1.1 * median(piece.bottom - piece.top for piece in pieces) if pieces else 0.0
    gutter = _gutter(pieces, em, page_width=page_width)
    if gutter is None:
        return [word for piece in pieces for word in piece.words]
    parted = [part for piece in pieces for part in _parted(piece, gutter, em)]
    ordered: list[ReadWord] = []
    for number, (block, row) in enumerate(_rows(parted, gutter, em)):
        paragraph = row.words[0].line[0] * 100 + row.words[0].line[1]
        ordered.extend(replace(word, line=(block, paragraph, number)) for word in row.words)
    return ordered


def _gutter(pieces: Sequence[_Piece], em: float, *, page_width: int) -> float | None:
    """Where most lines stand to the one side or to the other, if there is such a place."""
    telling = [
        part for piece in pieces for part in _at_wide_gaps(piece, em) if len(part.words) >= LEAST_WORDS
    ]
    found: dict[int, list[float]] = {}
    for percent in range(round(100 * _MIDDLE[0]), round(100 * _MIDDLE[1]) + 1):
        x = page_width * percent / 100
        left = sum(part.right <= x for part in telling)
        right = sum(part.left >= x for part in telling)
        if min(left, right) >= LEAST_COLUMN_LINES and left + right >= LEAST_SHARE * len(telling):
            found.setdefault(left + right, []).append(x)
    return median(found[max(found)]) if found else None


def _at_wide_gaps(piece: _Piece, em: float) -> Iterator[_Piece]:
    start = 0
    for index, (word, following) in enumerate(itertools.pairwise(piece.words), start=1):
        if following.left - word.right > _GUTTER_EM * em:
            yield _Piece(piece.words[start:index])
            start = index
    yield _Piece(piece.words[start:])


def _parted(piece: _Piece, gutter: float, em: float) -> tuple[_Piece, ...]:
    """The piece in two where it has a gap at the gutter and text on one side; rows of tables stay whole."""
    for index, (word, following) in enumerate(itertools.pairwise(piece.words), start=1):
        reaches = word.right <= gutter + em and following.left >= gutter - em
        if reaches and following.left - word.right > _GUTTER_EM * em:
            sides = _Piece(piece.words[:index]), _Piece(piece.words[index:])
            if any(_is_text(side, em) for side in sides):
                return sides
    return (piece,)


def _is_text(piece: _Piece, em: float) -> bool:
    return len(piece.words) >= LEAST_WORDS and len(list(_at_wide_gaps(piece, em))) == 1


def _rows(pieces: Sequence[_Piece], gutter: float, em: float) -> Iterator[tuple[int, _Piece]]:
    """Yields the rows in reading order, each with a number that is new in each part of a column."""
    crossing = sorted(
        (piece for piece in pieces if piece.left < gutter - em and piece.right > gutter + em),
        key=lambda piece: piece.middle,
    )
    heights = [piece.middle for piece in crossing]
    bands: dict[tuple[int, bool], list[_Piece]] = {}
    for piece in pieces:
        if not (piece.left < gutter - em and piece.right > gutter + em):
            on_the_right = piece.left + piece.right > 2 * gutter
            bands.setdefault((bisect.bisect(heights, piece.middle), on_the_right), []).append(piece)
    for number in range(len(crossing) + 1):
        for on_the_right in (False, True):
            for row in _joined_rows(bands.get((number, on_the_right), []), em):
                yield 3 * number + on_the_right, row
        if number < len(crossing):
            yield 3 * number + 2, crossing[number]


def _joined_rows(pieces: Iterable[_Piece], em: float) -> Iterator[_Piece]:
    """Yields the pieces of a column from top to bottom, near ones on one baseline joined."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if rows and _on_one_baseline(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        current: _Piece | None = None
        for piece in sorted(row, key=lambda piece: piece.left):
            if current is not None and _is_near(current, piece, em):
                current = _Piece(current.words + piece.words)
            else:
                if current is not None:
                    yield current
                current = piece
        if current is not None:
            yield current


def _on_one_baseline(one: _Piece, other: _Piece) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _is_near(left: _Piece, right: _Piece, em: float) -> bool:
    reach = _LABEL_GAP_EM if left.letters <= _LONGEST_LABEL else _WORD_GAP_EM
    return right.left - left.right < reach * em
