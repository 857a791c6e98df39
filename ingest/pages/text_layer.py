"""The text layer of a page, read through PyMuPDF."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingest.pages.characters import is_meaningless
from ingest.pages.engine_blocks import text_blocks
from ingest.pages.page_text import PageText
from ingest.pages.printed_lines import PrintedLine, on_whole_baselines
from ingest.pages.runs import Run, line_of_runs
from ingest.pages.visibility import Sight, Unseen, sight_of
from records import Box
from records.character_edges import Stop

if TYPE_CHECKING:
    import pymupdf

_RAISED, _ITALIC, _BOLD = 1, 2, 16  # the engine's flags for the looks of a text span
_LEVEL = 0.95  # the cosine above which a line counts as level
_BOLD_FONT = re.compile(r"Bold|Black|Heavy|Demi|Medi(?!um)|CMBX|SFBX|\.B$")
_MATH_FONT = re.compile(
    r"CM(MI|SY|EX|BSY|MIB)|MSAM|MSBM|EUFM|EUSM|Math|Symbol|rsfs|txsy|txmia|pxsy|MT2|LMMI|stmary|wasy|esint|"
    r"dsfont|bbold|cmmi|cmsy|cmex"
)


def read_page(page: "pymupdf.Page", number: int) -> PageText:
    """The page's text layer as printed lines, without what a person cannot see."""
    import pymupdf

    flags = (
        pymupdf.TEXT_PRESERVE_WHITESPACE
        | pymupdf.TEXT_PRESERVE_LIGATURES
        | pymupdf.TEXT_CLIP  # text that a clipping path hides is not read
        | pymupdf.TEXT_COLLECT_VECTORS  # what may cover text, or stand under it
        | pymupdf.TEXT_LAZY_VECTORS  # without cutting lines apart
    )
    everywhere = pymupdf.INFINITE_RECT()  # so that text outside the page is counted, not lost
    textpage = page.get_textpage(flags=flags, clip=everywhere)
    drawn = textpage.extractDICT()["blocks"]
    blocks = text_blocks(drawn)
    layer = _Layer(page, number, sight=sight_of(page, drawn, blocks))
    for block in blocks:
        for line in block["lines"]:
            layer.add(line, block=block["paragraph"])
    return layer.text()


class _Layer:
    """Gathers the lines of one page."""

    def __init__(self, page: "pymupdf.Page", number: int, *, sight: Sight) -> None:
        self._page = page
        self._number = number
        self._sight = sight
        self._rotation: int = page.rotation % 360
        self._unseen: Counter[Unseen] = Counter()
        self._meaningless = 0
        self._level: list[PrintedLine] = []
        self._turned: list[PrintedLine] = []

    def add(self, line: Mapping[str, Any], *, block: int) -> None:
        """Adds the engine's line, unless nobody can see it."""
        spans = line["spans"]
        if self._sight.unseen:
            spans = [span for span in spans if self._is_seen(span)]
        runs = _runs(spans)
        if not runs:
            return
        for run in runs:
            if not run.text.isprintable():
                self._meaningless += sum(map(is_meaningless, run.text))
        box = self._box(line["bbox"])
        stops = _stops(spans) if not self._rotation else ((0, box.x0), (_length(runs), box.x1))
        printed = line_of_runs(runs, box, page=self._number, block=block, stops=stops)
        if printed is not None:
            (self._level if self._is_level(line["dir"]) else self._turned).append(printed)

    def text(self) -> PageText:
        """The page with all lines added so far."""
        level, turned = self._level, self._turned
        if sum(len(line.text) for line in turned) > sum(len(line.text) for line in level):
            level, turned = turned, level  # a page set sideways, a wide table for one
        return PageText(
            number=self._number,
            width=self._page.rect.width,
            height=self._page.rect.height,
            lines=tuple(on_whole_baselines(level)),
            turned=tuple(turned),
            unseen=dict(self._unseen),
            hidden_layer=self._sight.hidden_layer,
            meaningless=self._meaningless,
        )

    def _is_seen(self, span: Mapping[str, Any]) -> bool:
        reason = self._sight.unseen.get(id(span))
        if reason is None:
            return True
        self._unseen[reason] += len(span["text"].replace(" ", ""))
        return False

    def _box(self, bounds: tuple[float, float, float, float]) -> Box:
        """The engine's box, which knows nothing of the page's rotation, on the page as it is shown."""
        if self._rotation:
            import pymupdf

            shown = pymupdf.Rect(bounds) * self._page.rotation_matrix
            shown.normalize()
            bounds = (shown.x0, shown.y0, shown.x1, shown.y1)
        return Box(x0=bounds[0], y0=bounds[1], x1=bounds[2], y1=bounds[3])

    def _is_level(self, direction: tuple[float, float]) -> bool:
        cosine, sine = direction
        if not self._rotation:
            return cosine > _LEVEL
        shown = {0: cosine, 90: -sine, 180: -cosine, 270: sine}.get(self._rotation, cosine)
        return shown > _LEVEL


def _runs(spans: Sequence[Mapping[str, Any]]) -> list[Run]:
    """The spans with neighbours of one look drawn together; the engine's own spaces take any look."""
    looks: tuple[float, int, str] | None = None
    text = ""
    runs: list[Run] = []
    for span in spans:
        piece = span["text"]
        if piece != " ":
            new_looks = (span["size"], span["flags"], span["font"])
            if new_looks != looks and looks is not None:
                runs.append(_run(text, looks))
                text = ""
            looks = new_looks
        text += piece
    if looks is not None:
        runs.append(_run(text, looks))
    return runs


def _stops(spans: Sequence[Mapping[str, Any]]) -> list[Stop]:
    """Where the spans of a line begin, and where the last one ends."""
    stops: list[Stop] = []
    offset = 0
    for span in spans:
        text = span["text"]
        if text:
            stops.append((offset, span["bbox"][0]))
            offset += len(text)
    stops.append((offset, spans[-1]["bbox"][2]))
    return stops


def _length(runs: Sequence[Run]) -> int:
    return sum(len(run.text) for run in runs)


def _run(text: str, looks: tuple[float, int, str]) -> Run:
    size, flags, font = looks
    bold_font, math_font = _font_kind(font)
    return Run(
        text=text,
        size=size,
        font=font,
        bold=flags & _BOLD != 0 or bold_font,
        italic=flags & _ITALIC != 0,
        raised=flags & _RAISED != 0,
        math=math_font,
    )


@lru_cache(maxsize=4096)
def _font_kind(font: str) -> tuple[bool, bool]:
    """Whether the font's name says bold, and whether it says mathematics."""
    return _BOLD_FONT.search(font) is not None, _MATH_FONT.search(font) is not None
