"""How a scan's text differs from that of the born-digital page that it is a picture of.

Prose is compared with prose: display formulas, tables and the labels of figures are no truth for OCR, so
what stands where the digital page has them is left out on both sides, and so is what stands where it has no
text at all (letters in pictures). Captions and footnotes float, and where the text puts them says nothing of
the reading: they are compared after the page's running text. Paragraphs of less than 40 characters, most of
them labels and parts of formulas, are left out, too.

The digital text of formulas within lines is no truth either ("QKT" for a transposed product), but their lines
count: how much they matter is seen in the errors of the lines that have none.
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
SHORT_PARAGRAPH = 40  # characters
NARROW = 0.5  # of the page's width; lines of two columns are narrower
_FORMULA = re.compile(
    r"[=<>+|~^_\\\u00b0-\u00b9\u00d7\u00f7\u0300-\u03ff\u2032-\u2037\u2190-\u23ff\u25a0-\u2bff]|[^\x00-\uffff]|"
    r"(?:^|[\s(])[B-HJ-Zb-z](?=$|[\s),.;:])"
)
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
    ones: what is more than these comes from the order alone. The plain ones are those in lines without
    formulas, in order.
    """

    characters: int
    edits: int
    edits_in_order: int
    plain_characters: int
    plain_edits: int
    words: int
    word_edits: int
    narrow: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A printed line, and the place in the text of the digital one that it lies on, which may float."""

    line: Line
    rank: int
    floats: bool
    plain: bool


def page_errors(digital: Document, scanned: Document, *, tilt_degrees: float) -> list[PageErrors]:
    """The errors of every page that has prose; the scan lies askew by that much, counterclockwise."""
    truth, found = _by_page(digital), _by_page(scanned)
    errors = []
    for page in digital.pages:
        lines = truth.get(page.number, [])
        left_out = _within(digital, lines, NO_TRUTH) | _short_paragraphs(digital, lines)
        floating, formulas = _within(digital, lines, FLOATING), _with_formulas(digital, lines)

        def placed(
            line: Line,
            rank: int,
            floating: frozenset[int] = floating,
            formulas: frozenset[int] = formulas,
        ) -> _Place:
            return _Place(line=line, rank=rank, floats=rank in floating, plain=rank not in formulas)

        prose = [placed(line, rank) for rank, line in enumerate(lines) if rank not in left_out]
        if not prose:
            continue
        straight = _Straight(page.width, page.height, tilt_degrees)
        ranked = [(line, _rank(straight.box(line.box), lines)) for line in found.get(page.number, [])]
        read = [placed(line, rank) for line, rank in ranked if rank is not None and rank not in left_out]
        errors.append(_compared(digital, prose, scanned, read, page_width=page.width))
    return errors


def _compared(
    digital: Document,
    prose: Sequence[_Place],
    scanned: Document,
    read: Sequence[_Place],
    *,
    page_width: float,
) -> PageErrors:
    expected, actual = _text(digital, prose), _text(scanned, read)
    ordered = sorted(read, key=lambda place: place.rank)
    edits = Levenshtein.distance(expected, actual)
    plain_expected = _text(digital, [place for place in prose if place.plain])
    plain_read = _text(scanned, [place for place in ordered if place.plain])
    return PageErrors(
        characters=len(expected),
        edits=edits,
        edits_in_order=min(edits, Levenshtein.distance(expected, _text(scanned, ordered))),
        plain_characters=len(plain_expected),
        plain_edits=Levenshtein.distance(plain_expected, plain_read),
        words=len(expected.split()),
        word_edits=Levenshtein.distance(expected.split(), actual.split()),
        narrow=_is_narrow(prose, page_width),
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


def _short_paragraphs(document: Document, lines: Sequence[Line]) -> frozenset[int]:
    """The indices of the lines that stand in short paragraphs."""
    short: set[int] = set()
    for index, line in enumerate(lines):
        start = document.text.rfind("\n\n", 0, line.span.start) + 2
        end = document.text.find("\n\n", line.span.start)
        if (len(document.text) if end < 0 else end) - max(start, 0) < SHORT_PARAGRAPH:
            short.add(index)
    return frozenset(short)


def _with_formulas(document: Document, lines: Sequence[Line]) -> frozenset[int]:
    """The indices of the lines with signs, Greek letters or lone letters as formulas have them."""
    return frozenset(
        index
        for index, line in enumerate(lines)
        if _FORMULA.search(document.text[line.span.start : line.span.end])
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
