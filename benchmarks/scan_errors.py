"""How a scan's text differs from that of the born-digital page that it is a picture of.

Prose is compared with prose: display formulas, tables and the labels of figures are no truth for OCR, so
what stands where the digital page has them is left out on both sides, and so is what stands where it has no
text at all (letters in pictures). Captions and footnotes float, and where the text puts them says nothing of
the reading: they are compared after the page's running text. The digital text is not perfect either: formulas
within lines count.
"""

import math
import operator
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from records import Box, Document, Line, RegionKind

NO_TRUTH = frozenset({RegionKind.FORMULA, RegionKind.TABLE, RegionKind.LABEL})
FLOATING = frozenset({RegionKind.CAPTION, RegionKind.FOOTNOTE})
NARROW = 0.5  # of the page's width; lines of two columns are narrower
_PLAIN = str.maketrans({
    **dict.fromkeys("‘’‛′`´", "'"),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("∗⋆", "*"),
    **dict.fromkeys("•∙·", "."),
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PageErrors:
    """Edits that turn a page's digital prose into the scanned one, in characters and in words.

    `edits_in_order` are the edits that are left when the scan's lines stand in the order of the digital
    ones: what is more than these comes from the order alone.
    """

    characters: int
    edits: int
    edits_in_order: int
    words: int
    word_edits: int
    narrow: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A printed line, and the place in the text of the digital one that it lies on, which may float."""

    line: Line
    rank: int
    floats: bool = False


def page_errors(digital: Document, scanned: Document, *, tilt_degrees: float) -> list[PageErrors]:
    """The errors of every page that has prose; the scan lies askew by that much, counterclockwise."""
    truth, found = _by_page(digital), _by_page(scanned)
    errors = []
    for page in digital.pages:
        lines = truth.get(page.number, [])
        left_out, floating = _within(digital, lines, NO_TRUTH), _within(digital, lines, FLOATING)
        prose = [
            _Place(line=line, rank=rank, floats=rank in floating)
            for rank, line in enumerate(lines)
            if rank not in left_out
        ]
        if not prose:
            continue
        straight = _Straight(page.width, page.height, tilt_degrees)
        ranked = [(line, _rank(straight.box(line.box), lines)) for line in found.get(page.number, [])]
        read = [
            _Place(line=line, rank=rank, floats=rank in floating)
            for line, rank in ranked
            if rank is not None and rank not in left_out
        ]
        expected = _text(digital, prose)
        errors.append(_compared(expected, scanned, read, narrow=_is_narrow(prose, page.width)))
    return errors


def _compared(expected: str, scanned: Document, read: Sequence[_Place], *, narrow: bool) -> PageErrors:
    actual = _text(scanned, read)
    ordered = _text(scanned, sorted(read, key=lambda place: place.rank))
    edits = Levenshtein.distance(expected, actual)
    return PageErrors(
        characters=len(expected),
        edits=edits,
        edits_in_order=min(edits, Levenshtein.distance(expected, ordered)),
        words=len(expected.split()),
        word_edits=Levenshtein.distance(expected.split(), actual.split()),
        narrow=narrow,
    )


def _by_page(document: Document) -> Mapping[int, list[Line]]:
    pages: dict[int, list[Line]] = {}
    for line in document.lines:
        pages.setdefault(line.page, []).append(line)
    return pages


def _within(document: Document, lines: Sequence[Line], kinds: frozenset[RegionKind]) -> frozenset[int]:
    """The indices of the lines that begin in a region of these kinds."""
    spans = [region.span for region in document.regions if region.kind in kinds]
    return frozenset(
        index
        for index, line in enumerate(lines)
        if any(span.start <= line.span.start < span.end for span in spans)
    )


def _is_narrow(prose: Sequence[_Place], width: float) -> bool:
    """Whether most letters stand in lines that are as narrow as those of two columns."""
    letters = [len(place.line.span) for place in prose]
    widths = [place.line.box.x1 - place.line.box.x0 for place in prose]
    mean: float = sum(map(operator.mul, widths, letters)) / (sum(letters) or 1)
    return mean < NARROW * width


def _rank(box: Box, lines: Sequence[Line]) -> int | None:
    """The index of the digital line that the box covers most of, or None where it touches none."""
    shared = [_shared_area(box, line.box) for line in lines]
    most = max(shared, default=0.0)
    return shared.index(most) if most > 0 else None


def _shared_area(one: Box, other: Box) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(width, 0.0) * max(height, 0.0)


@dataclass(frozen=True, slots=True)
class _Straight:
    """Turns boxes of a page that lies askew back about its middle."""

    width: float
    height: float
    tilt_degrees: float

    def box(self, box: Box) -> Box:
        """The box with its middle where it would be on the straight page."""
        angle = math.radians(self.tilt_degrees)
        half_width, half_height = (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2
        half_height = max(half_height - half_width * abs(math.sin(angle)), 0.1)
        x, y = (box.x0 + box.x1 - self.width) / 2, (box.y0 + box.y1 - self.height) / 2
        middle = x * math.cos(angle) - y * math.sin(angle) + self.width / 2
        level = x * math.sin(angle) + y * math.cos(angle) + self.height / 2
        return Box(
            x0=middle - half_width, y0=level - half_height, x1=middle + half_width, y1=level + half_height
        )


def _text(document: Document, places: Iterable[_Place]) -> str:
    """The lines' text in plain characters, floating ones last, joined where the document joins them."""
    pieces: list[str] = []
    end = -1
    for place in sorted(places, key=lambda place: place.floats):
        span = place.line.span
        if span.start != end:
            pieces.append(" ")
        pieces.append(document.text[span.start : span.end])
        end = span.end
    return plain("".join(pieces))


def plain(text: str) -> str:
    """The text with one kind of spaces, quotes and dashes."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).translate(_PLAIN)).strip()
