"""The text layer of one page: printed lines in the order in which the file draws them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest.printed_lines import MATH_FONT, PrintedLine, Run, line_of_runs, on_whole_baselines
from ingest.visibility import PageSight, Unseen
from records import Box, PageSource

if TYPE_CHECKING:
    import pymupdf

_RAISED, _ITALIC, _BOLD = 1, 2, 16  # the engine's flags for the looks of a text span
_SYNTHETIC_SPACE = " "
IMAGE_PAGE_SHARE = 0.6  # an image over this part of the page makes it a scanned one
_BOLD_FONT = re.compile(r"Bold|Black|Heavy|Demi|Medi(?!um)|CMBX|SFBX|\.B$")
_LEVEL = 0.95  # the cosine above which a line counts as level


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """What one page says; `turned` are lines that do not run from left to right, such as stamps.

    `unseen` counts the characters left out because nobody can see them, by reason. `hidden_layer` tells
    that the lines are invisible text under a page image, as OCR programs leave it.
    """

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...] = ()
    turned: tuple[PrintedLine, ...] = ()
    unseen: Mapping[Unseen, int] = field(default_factory=dict)
    hidden_layer: bool = False
    source: PageSource = PageSource.TEXT_LAYER


def read_page(page: "pymupdf.Page", number: int) -> PageText:
    """The page's text layer as printed lines, without what a person cannot see."""
    import pymupdf

    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES
    blocks = page.get_text("dict", flags=flags)["blocks"]
    sight = PageSight(page)
    unseen: Counter[Unseen] = Counter()
    hidden = _is_scan_with_hidden_text(page, blocks)
    level, turned = [], []
    for index, block in enumerate(blocks):
        for line in block.get("lines", ()):
            printed = _printed(line, sight=None if hidden else sight, unseen=unseen, place=(number, index))
            if printed is not None:
                (level if _direction(page, line) else turned).append(_on_shown_page(page, printed))
    if sum(len(line.text) for line in turned) > sum(len(line.text) for line in level):
        level, turned = turned, level  # a page set sideways, a wide table for one
    return PageText(
        number=number,
        width=page.rect.width,
        height=page.rect.height,
        lines=tuple(on_whole_baselines(level)),
        turned=tuple(turned),
        unseen=dict(unseen),
        hidden_layer=hidden,
    )


def _printed(
    line: Mapping[str, Any], *, sight: PageSight | None, unseen: Counter[Unseen], place: tuple[int, int]
) -> PrintedLine | None:
    runs: list[Run] = []
    looks: tuple[object, ...] | None = None
    pieces: list[str] = []
    size = 0.0
    for span in line["spans"]:
        reason = sight.unseen(span) if sight is not None else None
        if reason is not None:
            unseen[reason] += len(span["text"].replace(" ", ""))
            continue
        text = span["text"]
        if text == _SYNTHETIC_SPACE and pieces:
            pieces.append(text)
            continue
        new_looks = (span["size"], span["flags"], span["font"])
        if new_looks != looks:
            if pieces and looks is not None:
                runs.append(_run("".join(pieces), looks))
            looks, pieces, size = new_looks, [], span["size"]
        pieces.append(text)
    if pieces and looks is not None and size:
        runs.append(_run("".join(pieces), looks))
    if not runs:
        return None
    x0, y0, x1, y1 = line["bbox"]
    return line_of_runs(runs, Box(x0=x0, y0=y0, x1=x1, y1=y1), page=place[0], block=place[1])


def _run(text: str, looks: Sequence[Any]) -> Run:
    size, flags, font = looks
    return Run(
        text=text,
        size=size,
        font=font,
        bold=bool(flags & _BOLD) or _BOLD_FONT.search(font) is not None,
        italic=bool(flags & _ITALIC),
        raised=bool(flags & _RAISED),
        math=MATH_FONT.search(font) is not None,
    )


def _direction(page: "pymupdf.Page", line: Mapping[str, Any]) -> bool:
    cosine, sine = line["dir"]
    shown = {0: cosine, 90: -sine, 180: -cosine, 270: sine}[page.rotation % 360]
    return bool(shown > _LEVEL)


def _on_shown_page(page: "pymupdf.Page", line: PrintedLine) -> PrintedLine:
    if not page.rotation:
        return line
    import pymupdf
    from dataclasses import replace

    box = pymupdf.Rect(line.box.x0, line.box.y0, line.box.x1, line.box.y1) * page.rotation_matrix
    box.normalize()
    return replace(line, box=Box(x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1))


def _is_scan_with_hidden_text(page: "pymupdf.Page", blocks: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all text of the page is unpainted and an image covers most of the page."""
    painted = unpainted = 0
    for block in blocks:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                if span["char_flags"] & 48:
                    painted += len(span["text"].strip())
                else:
                    unpainted += len(span["text"].strip())
    return unpainted > painted and image_share(page) >= IMAGE_PAGE_SHARE


def image_share(page: "pymupdf.Page") -> float:
    """The part of the page that its largest image covers, in [0, 1]."""
    import pymupdf

    whole = abs(page.rect.width * page.rect.height) or 1.0
    boxes = (pymupdf.Rect(image["bbox"]) & page.rect for image in page.get_image_info())
    return max((box.width * box.height / whole for box in boxes if not box.is_empty), default=0.0)
