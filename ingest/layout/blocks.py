"""Blocks: printed lines that belong together, such as a paragraph, a caption or a heading."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ingest.layout.columns import Column
from ingest.layout.grid import Grid
from ingest.layout.margins import PageBody
from ingest.pages.printed_lines import PrintedLine


class Role(StrEnum):
    """What a block is for."""

    PROSE = "prose"
    HEADING = "heading"
    CAPTION = "caption"
    TABLE = "table"
    FORMULA = "formula"
    FOOTNOTE = "footnote"
    FRAGMENT = "fragment"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The looks of a document's running text: font, its size, and the distance of its baselines in points."""

    size: float
    pitch: float
    font: str = ""


@dataclass(slots=True, kw_only=True)  # not frozen, which costs more than all else of it; nobody changes one
class Block:
    """Lines that belong together, the column that they stand in, and what they are for.

    A table has the `grid` of its cells, whose lines are the block's.
    """

    lines: tuple[PrintedLine, ...]
    column: Column
    page_height: float
    role: Role = Role.PROSE
    grid: Grid | None = None

    @property
    def page(self) -> int:
        """The page of the first line."""
        return self.lines[0].page

    @property
    def text(self) -> str:
        """The lines with spaces between; hyphens at line ends are still there."""
        return self.lines[0].text if len(self.lines) == 1 else " ".join([line.text for line in self.lines])

    @property
    def size(self) -> float:
        """The font size of most characters."""
        if len({line.size for line in self.lines}) == 1:
            return self.lines[0].size
        sizes: dict[float, int] = {}
        for line in self.lines:
            sizes[line.size] = sizes.get(line.size, 0) + len(line.text)
        return max(sizes, key=sizes.__getitem__)

    @property
    def bold(self) -> bool:
        """Whether every line is bold throughout."""
        return all(line.bold for line in self.lines)

    def as_role(self, role: Role) -> "Block":
        """The block with another role."""
        if role is self.role:
            return self
        return Block(
            lines=self.lines, column=self.column, page_height=self.page_height, role=role, grid=self.grid
        )


def look_of(bodies: Iterable[PageBody]) -> Look:
    """The looks of most of the text."""
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    pitches: Counter[float] = Counter()
    for body in bodies:
        previous: PrintedLine | None = None
        for line in body.lines:
            length, size = len(line.text), round(line.size * 2) / 2
            sizes[size] += length
            fonts[line.font] += length
            if previous is not None and previous.block == line.block and previous.box.y1 < line.box.y1:
                pitch = round((line.box.y1 - previous.box.y1) * 2) / 2
                pitches[pitch] += min(length, len(previous.text))
            previous = line
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    plausible = [(pitch, count) for pitch, count in pitches.most_common(6) if size * 0.8 < pitch < size * 3]
    return Look(
        size=size,
        pitch=plausible[0][0] if plausible else size * 1.2,
        font=fonts.most_common(1)[0][0] if fonts else "",
    )
