"""Which pieces of a page's text a person cannot see, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ingest.pages.bounds import Bounds, area, common_area, meet
from ingest.pages.covers import NO_COLOR, Cover, Covers
from ingest.pages.engine_blocks import Block, Span
from ingest.pages.page_images import PageImages
from ingest.pages.page_pictures import blank_boxes
from ingest.pages.page_without_text import unchanged_without_text

if TYPE_CHECKING:
    import pymupdf

SMALLEST_SIZE = 2.0
SMALLEST_AREA = 1.0  # square points: of a smaller box no picture says anything
SMALLEST_STEP = 0.3  # points from character to character
WHITE = 0xFFFFFF
NEARLY_CLEAR = 0x40  # of 255: black that is more transparent is no more than light grey
SAME_COLOR = 0x18  # of 255: in no channel further apart
MOST_PAIRS = 5_000_000  # of doubtful spans and drawn things, looked at on one page
SCAN_SHARE = 0.6  # an image over this part of the page makes it a scanned one
_MAYBE_WHITE = (0x100 - SAME_COLOR) << 16
_CLIPPED = 64  # the engine's flag for text that bounds what is painted later
_PAINTED = 16 | 32  # its flags for filled and stroked characters


class Unseen(StrEnum):
    """Why a person cannot see the text; the value completes "left out ... characters"."""

    UNPAINTED = "drawn invisibly"
    TINY = f"smaller than {SMALLEST_SIZE:g} pt"
    OFF_PAGE = "outside the page"
    NO_CONTRAST = "in the colour of their background"
    COVERED = "covered by what is painted over them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What of a page's text can be seen: all but the spans in `unseen`, which are known by their `id`.

    `hidden_layer` tells that the page is a scan, and its text what an OCR program has put under or behind
    the image; such text is lawful, and all of it counts as seen.
    """

    unseen: Mapping[int, Unseen] = field(default_factory=dict)
    hidden_layer: bool = False


def sight_of(page: "pymupdf.Page", drawn: Sequence[Block], blocks: Sequence[Block]) -> Sight:
    """What can be seen of the text blocks, given all that the engine found drawn.

    What the engine tells decides at once; where a colour or a cover raises the question, pictures of the page
    answer it. What they leave open counts as seen.
    """
    covers, images = Covers(drawn), PageImages(page)
    bounds, own_glyphs = _bounds(page), _OwnGlyphs(page)
    unseen: dict[int, Unseen] = {}
    doubtful: list[_Doubt] = []
    for block in blocks:
        if _is_plain(block, bounds) and not covers.touch(block["bbox"]) and not images.touch(block["bbox"]):
            continue
        for span in _spans(block):
            certain = _told_by_engine(span, bounds)
            if certain is Unseen.UNPAINTED and own_glyphs.draw(span):
                doubtful.append(_Doubt(span, certain, compare=True))
            elif certain:
                unseen[id(span)] = certain
            elif doubt := _doubt(span, block["order"], covers, images):
                doubtful.append(doubt)
    if images.largest_share >= SCAN_SHARE and _is_hidden_layer(blocks, unseen, doubtful):
        return Sight(hidden_layer=True)
    return Sight(unseen=unseen | _confirmed(page, drawn, doubtful))


class _Doubt(NamedTuple):
    """A span that may be unseen, for a reason, such as the cover that is painted over it.

    `compare` asks whether the page looks the same without the span where its box is not blank.
    """

    span: Span
    reason: Unseen
    cover: Cover | None = None
    compare: bool = False


class _OwnGlyphs:
    """The fonts of a page that are made of drawings: of some, the engine reports no paint."""

    def __init__(self, page: "pymupdf.Page") -> None:
        self._page = page
        self._names: frozenset[str] | None = None

    def draw(self, span: Span) -> bool:
        """Whether the span is written in such a font."""
        if self._names is None:  # looked for on the few pages that have unpainted text
            fonts = [font for font in self._page.get_fonts() if font[2] == "Type3"]
            self._names = frozenset(
                {f"Type3 ({font[0]} 0 R)" for font in fonts} | {font[3] for font in fonts}
            )
        return span["font"] in self._names


def _is_plain(block: Block, bounds: Bounds) -> bool:
    """Whether nothing about the block itself is out of the ordinary, as with most blocks."""
    left, top, right, bottom = bounds
    x0, y0, x1, y1 = block["bbox"]
    if x0 < left or y0 < top or x1 > right or y1 > bottom:
        return False
    for line in block["lines"]:
        for span in line["spans"]:
            if span["color"] >= _MAYBE_WHITE or span["size"] < SMALLEST_SIZE:
                return False
            if not span["char_flags"] & _PAINTED or span["alpha"] < NEARLY_CLEAR:
                return False
    return True


def _spans(block: Block) -> Iterator[Span]:
    for line in block["lines"]:
        yield from line["spans"]


def _told_by_engine(span: Span, bounds: Bounds) -> Unseen | None:
    """Why the span is certainly unseen."""
    x0, y0, x1, y1 = span["bbox"]
    left, top, right, bottom = bounds
    if span["alpha"] == 0 and not span["char_flags"] & _CLIPPED:
        return Unseen.UNPAINTED
    if span["size"] < SMALLEST_SIZE and (y1 - y0 < SMALLEST_SIZE * 1.5 or _is_squeezed(span)):
        return Unseen.TINY
    if x1 <= left or x0 >= right or y1 <= top or y0 >= bottom:
        return Unseen.OFF_PAGE
    return None


def _is_squeezed(span: Span) -> bool:
    """Whether the letters stand so close that they make one upright stroke."""
    x0, y0, x1, y1 = span["bbox"]
    return bool(x1 - x0 < min(SMALLEST_STEP * len(span["text"]), y1 - y0))


def _doubt(span: Span, order: int, covers: Covers, images: PageImages) -> _Doubt | None:
    """What makes it doubtful that the span can be seen."""
    box = span["bbox"]
    if not span["text"].strip() or area(box) < SMALLEST_AREA:
        return None  # an accent or a stroke that is put over the letter before it
    if image := images.over(box):
        return _Doubt(span, Unseen.COVERED, compare=image.bounded)
    if over := covers.over(box, order):
        whole = (cover for cover in over if cover.hides(box))
        return _Doubt(span, Unseen.COVERED, cover=next(whole, None))
    if (
        images.underlie(box)
        or span["alpha"] < NEARLY_CLEAR
        or _may_be_lost(span["color"], covers.under(box, order))
    ):
        return _Doubt(span, Unseen.NO_CONTRAST)
    return None


def _may_be_lost(color: int, ground: Cover | None) -> bool:
    """Whether text in the colour may be lost on the ground, which is the white page where there is none."""
    if ground is None or ground.color == NO_COLOR or not ground.opaque:
        return _are_alike(color, WHITE)
    return _are_alike(color, ground.color) or (_are_alike(color, WHITE) and not ground.even)


def _is_hidden_layer(
    blocks: Sequence[Block], unseen: Mapping[int, Unseen], doubtful: Sequence[_Doubt]
) -> bool:
    """Whether most text is what an OCR program leaves: unpainted, or painted over."""
    everything = sum(len(span["text"]) for block in blocks for span in _spans(block))
    unpainted = {key for key, reason in unseen.items() if reason is Unseen.UNPAINTED}
    hidden = sum(len(span["text"]) for block in blocks for span in _spans(block) if id(span) in unpainted)
    hidden += sum(len(doubt.span["text"]) for doubt in doubtful if doubt.reason is not Unseen.NO_CONTRAST)
    return hidden > everything - hidden


def _confirmed(page: "pymupdf.Page", drawn: Sequence[Block], doubtful: Sequence[_Doubt]) -> dict[int, Unseen]:
    """The doubtful spans that pictures of the page show to be unseen."""
    if not doubtful:
        return {}
    blank = blank_boxes(page, [doubt.span["bbox"] for doubt in doubtful])
    unseen, to_compare = [], []
    affordable = len(doubtful) * len(drawn) <= MOST_PAIRS
    for doubt in doubtful:
        later = drawn[doubt.cover.order + 1 :] if doubt.cover and affordable else ()
        box = doubt.span["bbox"]
        if box in blank or _is_overprinted(box, later):
            unseen.append(doubt)
        elif doubt.compare or (doubt.cover and doubt.cover.even and _is_drawn_on(box, later)):
            to_compare.append(doubt)
    same = unchanged_without_text(page, [doubt.span["bbox"] for doubt in to_compare])
    unseen += [doubt for doubt, is_same in zip(to_compare, same, strict=True) if is_same]
    return {id(doubt.span): doubt.reason for doubt in unseen}


def _is_drawn_on(box: Bounds, later: Sequence[Block]) -> bool:
    """Whether anything is drawn over the box, on what is painted over it."""
    return any(meet(block["bbox"], box) for block in later)


def _is_overprinted(box: Bounds, later: Sequence[Block]) -> bool:
    """Whether other text stands in the place of the box, on what is painted over it."""
    return any(
        common_area(span["bbox"], box) > 0.5 * area(box)
        for block in later
        if "lines" in block and meet(block["bbox"], box)
        for span in _spans(block)
    )


def _bounds(page: "pymupdf.Page") -> Bounds:
    x0, y0, x1, y1 = (page.rect * page.derotation_matrix).normalize()
    return x0, y0, x1, y1


def _are_alike(one: int, other: int) -> bool:
    return all(abs((one >> shift & 0xFF) - (other >> shift & 0xFF)) < SAME_COLOR for shift in (16, 8, 0))
