"""Blocks: printed lines that belong together, such as a paragraph, a caption or a heading."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.columns import Column, PageColumns, page_columns
from ingest.margins import PageBody
from ingest.printed_lines import PrintedLine
from ingest.section_names import is_known, parts_of


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that belong together, the column that they stand in, and what they are for."""

    lines: tuple[PrintedLine, ...]
    column: Column
    page_height: float
    role: Role = Role.PROSE

    @property
    def page(self) -> int:
        """The page of the first line."""
        return self.lines[0].page

    @property
    def text(self) -> str:
        """The lines with spaces between; hyphens at line ends are still there."""
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The font size of most characters."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether every line is bold throughout."""
        return all(line.bold for line in self.lines)

    def as_role(self, role: Role) -> "Block":
        """The block with another role."""
        return replace(self, role=role)


TERMINAL = re.compile(r"[.!?:;][)\]\"'”’]*(\s*\d{1,2})?$")
BULLET = re.compile(r"^[•◦‣▪■●∙·○◆➢✓]\s?")
_LIST_LABEL = re.compile(r"^(\(?[0-9]{1,2}[.)]|\([a-z]\)|\(?[ivx]{1,4}\)|[–—-])\s")
_CAPTION = re.compile(
    r"^(figure|fig\.|table|tab\.|algorithm|listing|scheme|exhibit|box|chart|diagram)\s*[a-z]?[\divxl]{1,4}[a-z]?(\.\d+)*"
    r"(\s*[:.|–—]|\s*$|\s*\([a-z]\)\s)",
    re.IGNORECASE,
)
_HEADLINE = re.compile(r"^(?:[IVX]{1,5}|[A-Z]|\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s(?P<title>[A-Z].*)$")
_EQUATION_NUMBER = re.compile(r"\([A-Z]?\.?\d{1,3}(\.\d{1,2})?[a-z]?\)$")
_WORD = re.compile(r"[^\W\d_]{2,}")


def look_of(bodies: Iterable[PageBody]) -> Look:
    """The looks of most of the text."""
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    pitches: Counter[float] = Counter()
    for body in bodies:
        previous: PrintedLine | None = None
        for line in body.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
            fonts[line.font] += len(line.text)
            if previous is not None and previous.block == line.block and previous.box.y1 < line.box.y1:
                pitches[round((line.box.y1 - previous.box.y1) * 2) / 2] += min(len(line.text), len(previous.text))
            previous = line
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    plausible = [(pitch, count) for pitch, count in pitches.most_common(6) if size * 0.8 < pitch < size * 3]
    return Look(
        size=size,
        pitch=plausible[0][0] if plausible else size * 1.2,
        font=fonts.most_common(1)[0][0] if fonts else "",
    )


def blocks_of(bodies: Sequence[PageBody], look: Look) -> list[Block]:
    """All pages' lines in blocks, in reading order."""
    blocks: list[Block] = []
    for body in bodies:
        columns = page_columns(body.lines, size=look.size)
        for group in _groups(body.lines, columns, look):
            longest = max(group, key=lambda line: line.width)
            block = Block(lines=tuple(group), column=columns.of(longest), page_height=body.page.height)
            blocks.append(block.as_role(_role(block, look)))
    return blocks


def _groups(lines: Sequence[PrintedLine], columns: PageColumns, look: Look) -> Iterator[list[PrintedLine]]:
    group: list[PrintedLine] = []
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        if group and _parts(group, line, following, columns=columns, look=look):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _parts(
    group: Sequence[PrintedLine],
    line: PrintedLine,
    following: PrintedLine | None,
    *,
    columns: PageColumns,
    look: Look,
) -> bool:
    """Whether the line begins a new block after the group."""
    previous = group[-1]
    if _looks_apart(previous, line, look):
        return True
    column = columns.of(line)
    if _is_headline(line, column) or _is_headline(previous, columns.of(previous)):
        return True
    if _is_display(line, column) != _is_display(previous, column):
        return True
    if columns.of(previous).index != column.index and not _overlap(previous, line):
        return True
    ended = TERMINAL.search(previous.text) is not None
    short = previous.box.x1 < column.right - 0.12 * column.width
    if BULLET.match(line.text) or (_LIST_LABEL.match(line.text) and (ended or short)):
        return True
    if short and ended and not line.text[:1].islower():
        return True
    indent = line.box.x0 - previous.box.x0
    if ended and 4 < indent < 60 and (following is None or following.box.x0 < line.box.x0 - 3 or short):
        return True
    if ended and len(group) > 1 and indent < -4 and _LIST_LABEL.match(line.text):
        return True
    return abs(indent) > 60 and previous.block != line.block and short


def _looks_apart(previous: PrintedLine, line: PrintedLine, look: Look) -> bool:
    """Whether distance, size or weight alone tell that the two lines do not belong together."""
    step = line.box.y1 - previous.box.y1
    size = max(previous.size, line.size, 1.0)
    pitch = max(look.pitch * size / look.size, size * 1.1)
    if step < -0.6 * size or step > 1.42 * pitch + 1.5:
        return True
    both_long = min(len(previous.text), len(line.text)) > 2
    if abs(previous.size - line.size) > 0.75 and both_long:
        return True
    if previous.bold != line.bold and both_long and (step > 1.15 * pitch or line.bold or previous.width < line.width):
        return True
    return bool(len(previous.gaps) >= 2) != bool(len(line.gaps) >= 2) and previous.block != line.block


def _is_headline(line: PrintedLine, column: Column) -> bool:
    """Whether the line is a heading that only its wording, italics or capitals tell from the text under it."""
    if len(line.text) < 40 and is_known(parts_of(line.text).title):
        return True
    match = _HEADLINE.match(line.text)
    if match is None or line.text.endswith((".", ",", "-")) or line.width > 0.97 * column.width:
        return False
    letters = [character for character in match["title"] if character.isalpha()]
    capitals = all(character.isupper() for character in letters)
    return len(letters) > 4 and (line.italic or capitals)


def _is_display(line: PrintedLine, column: Column) -> bool:
    """Whether the line is a formula on a line of its own."""
    if line.gaps and _EQUATION_NUMBER.search(line.text) and line.box.x0 > column.left + 4:
        return True
    if line.math_share < 0.4 or line.box.x0 < column.left + 8:
        return False
    return sum(1 for word in _WORD.findall(line.text) if len(word) > 3) <= 1


def _overlap(one: PrintedLine, other: PrintedLine) -> bool:
    shared = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    return shared > 0.5 * min(one.width, other.width)


def _role(block: Block, look: Look) -> Role:
    text = block.text
    words = _WORD.findall(text)
    if _CAPTION.match(text):
        return Role.CAPTION
    if _is_table(block):
        return Role.TABLE
    if _is_formula(block, words):
        return Role.FORMULA
    small = block.size < look.size - 0.8
    if small and block.lines[0].box.y0 > block.page_height * 0.5 and _is_noted(block.lines[0]):
        return Role.FOOTNOTE
    if _is_fragment(block, words, look):
        return Role.FRAGMENT
    return Role.PROSE


def _is_table(block: Block) -> bool:
    gapped = [line for line in block.lines if line.gaps]
    if len(block.lines) == 1:
        return len(block.lines[0].gaps) >= 2 and not TERMINAL.search(block.text)
    return len(gapped) >= 2 and len(gapped) >= 0.5 * len(block.lines)


def _is_formula(block: Block, words: Sequence[str]) -> bool:
    long_words = [word for word in words if len(word) > 3]
    math = sum(line.math_share * len(line.text) for line in block.lines) / max(len(block.text), 1)
    if math > 0.35 and len(long_words) <= 2 * len(block.lines):
        return True
    return len(long_words) == 0 and len(block.lines) <= 3 and any(sign in block.text for sign in "=≤≥∑∈≈←")


def _is_noted(line: PrintedLine) -> bool:
    return bool(line.raised and line.raised[0][0] == 0) or line.text[:1] in "∗*†‡§¶1234567890"


def _is_fragment(block: Block, words: Sequence[str], look: Look) -> bool:
    """Whether the block is a label or the like: shorter lines than running text has, in another size."""
    if not words:
        return True
    narrow = max(line.width for line in block.lines) < 0.5 * block.column.width
    if not narrow or block.bold or TERMINAL.search(block.text):
        return False
    other_size = block.size < look.size - 0.8
    inside = min(line.box.x0 for line in block.lines) > block.column.left + 3
    few = len(words) <= (4 if other_size else 2) * len(block.lines)
    return few and (other_size or inside) and block.size <= look.size + 0.6
