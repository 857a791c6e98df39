"""What one page says, as printed lines, and what of it was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.pages.lie import Lie
from ingest.pages.printed_lines import PrintedLine
from ingest.pages.visibility import Unseen
from records import PageSource


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A page's lines in the order in which the file draws them.

    `turned` are lines that do not run from left to right, such as stamps. `unseen` counts the characters
    left out because nobody can see them, by reason. `hidden_layer` tells that the lines are invisible text
    under a page image, as OCR programs leave it. `damaged` tells that the page could not be read.
    `meaningless` counts characters that no font table gives a meaning. `lie` tells how a scan was turned
    and straightened to be read: size and lines are those of the straightened page.
    """

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...] = ()
    turned: tuple[PrintedLine, ...] = ()
    unseen: Mapping[Unseen, int] = field(default_factory=dict)
    hidden_layer: bool = False
    damaged: bool = False
    meaningless: int = 0
    source: PageSource = PageSource.TEXT_LAYER
    lie: Lie | None = None
