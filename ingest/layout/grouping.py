"""Which printed lines belong together: by distance, looks, indents and wording."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.layout.block_roles import begins_caption, is_ended, role_of
from ingest.layout.blocks import Block, Look
from ingest.layout.columns import Column, PageColumns, page_columns
from ingest.layout.margins import PageBody
from ingest.layout.section_names import is_known, parts_of
from ingest.pages.printed_lines import PrintedLine

_BULLETS = frozenset("•◦‣▪■●∙·○◆➢✓")
_LIST_LABEL = re.compile(r"^(\(?[0-9]{1,2}[.)]|\([a-z]\)|\(?[ivx]{1,4}\)|[–—-])\s")
_HEADLINE = re.compile(r"^(?:[IVX]{1,5}|[A-Z]|\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s(?P<title>[A-Z].*)$")
_EQUATION_NUMBER = re.compile(r"\([A-Z]?\.?\d{1,3}(\.\d{1,2})?[a-z]?\)$")
_WORD = re.compile(r"[^\W\d_]{2,}")


def blocks_of(bodies: Sequence[PageBody], look: Look) -> list[Block]:
    """All pages' lines in blocks, in reading order."""
    blocks: list[Block] = []
    for body in bodies:
        columns = page_columns(body.lines, size=look.size)
        for group in _groups(body.lines, columns, look):
            longest = group[0] if len(group) == 1 else max(group, key=lambda line: line.width)
            block = Block(lines=tuple(group), column=columns.of(longest), page_height=body.page.height)
            blocks.append(block.as_role(role_of(block, look)))
    return blocks


class _Placed(NamedTuple):
    """A line, its column, and whether it is a headline or a formula on a line of its own."""

    line: PrintedLine
    column: Column
    headline: bool
    display: bool


def _placed(line: PrintedLine, columns: PageColumns) -> _Placed:
    column = columns.of(line)
    return _Placed(line, column, _is_headline(line, column), _is_display(line, column))


def _groups(lines: Sequence[PrintedLine], columns: PageColumns, look: Look) -> Iterator[list[PrintedLine]]:
    placed = [_placed(line, columns) for line in lines]
    group: list[_Placed] = []
    for one, following in zip(placed, [*lines[1:], None], strict=False):
        if group and _parts(group, one, following, look=look):
            yield [member.line for member in group]
            group = []
        group.append(one)
    if group:
        yield [member.line for member in group]


def _parts(group: Sequence[_Placed], one: _Placed, following: PrintedLine | None, *, look: Look) -> bool:
    """Whether the line begins a new block after the group."""
    before, line, column = group[-1], one.line, one.column
    previous = before.line
    if one.headline or before.display != one.display or _looks_apart(previous, line, look):
        return True
    if before.headline and not _is_one_heading(previous, line):
        return True
    if before.column.index != column.index and not _overlap(previous, line):
        return True
    ended = is_ended(previous.text)
    if ended and begins_caption(line.text):
        return True
    short = previous.box.x1 < column.right - 0.12 * column.width
    if short and ended and not line.text[:1].islower():
        return True
    if line.text[:1] in _BULLETS or ((ended or short) and _LIST_LABEL.match(line.text)):
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
    if len(previous.text) > 2 and len(line.text) > 2:
        if abs(previous.size - line.size) > 0.75:
            return True
        bold = line.bold
        if previous.bold != bold and (bold or step > 1.15 * pitch or previous.width < line.width):
            return True
    return previous.block != line.block and (len(previous.gaps) >= 2) != (len(line.gaps) >= 2)


def _is_headline(line: PrintedLine, column: Column) -> bool:
    """Whether the line is a heading that only wording, italics or capitals tell from the text under it."""
    if len(line.text) < 40 and is_known(parts_of(line.text).title):
        return True
    match = _HEADLINE.match(line.text)
    if match is None or line.text.endswith((".", ",", "-")) or line.width > 0.97 * column.width:
        return False
    letters = [character for character in match["title"] if character.isalpha()]
    capitals = all(character.isupper() for character in letters)
    return len(letters) > 4 and (line.italic or capitals)


def _is_one_heading(previous: PrintedLine, line: PrintedLine) -> bool:
    """Whether a heading goes on in the line."""
    if previous.bold and line.bold:
        return True
    return previous.text.isupper() and line.text.isupper()


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
