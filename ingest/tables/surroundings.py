"""What stands around tables and ends them: running text, headings, notes, captions."""

from collections.abc import Sequence

from ingest.layout.blocks import Block, Look, Role
from ingest.layout.section_names import is_known, parts_of
from ingest.pages.printed_lines import PrintedLine
from ingest.tables.pieces import widest_space

LEAST_PROSE_WORDS = 5  # on a line, on average
PROSE_GAP_EM = 0.7  # wider than the spaces of all but some badly stretched lines
_FULL_LINE = 0.8


def is_prose_beside(block: Block) -> bool:
    """Whether the block is text that runs around a table."""
    if block.role is not Role.PROSE or block.lines[0].box.x0 > block.column.left + 3:
        return False
    words = sum(line.text.count(" ") + 1 for line in block.lines)
    return words >= LEAST_PROSE_WORDS * len(block.lines) and _has_no_gaps(block.lines)


def _has_no_gaps(lines: Sequence[PrintedLine]) -> bool:
    """Whether next to no line has white in it that is too wide for a space."""
    gapped = len([line for line in lines if line.gaps or widest_space(line) > PROSE_GAP_EM])
    return gapped <= 0.34 * len(lines)


def ends_tables(block: Block, page: Sequence[Block], look: Look) -> bool:
    """Whether the block can be no part of a table: running text, a heading, another caption, a note."""
    if block.role in {Role.CAPTION, Role.FOOTNOTE}:
        return True
    first = block.lines[0]
    if len(block.lines) == 1:
        return (_is_headline(first, look) and not _has_neighbour(block, page)) or _is_sentence(block)
    return _is_running(block)


def _has_neighbour(block: Block, page: Sequence[Block]) -> bool:
    """Whether something in the line's column of the page stands beside it."""
    box, column = block.lines[0].box, block.column
    return any(
        min(line.box.y1, box.y1) - max(line.box.y0, box.y0) > 0.3 * (box.y1 - box.y0)
        and line.box.x0 < column.right
        and line.box.x1 > column.left
        for other in page
        if other is not block
        for line in other.lines
    )


def _is_headline(line: PrintedLine, look: Look) -> bool:
    """Whether the line is a heading, which in a table would be smaller, or have cells beside it."""
    if line.size <= look.size - 0.6 and not line.bold:
        return False
    parts = parts_of(line.text)
    large = line.size > look.size + 0.6 and line.bold
    numbered = bool(parts.number) and (line.bold or line.size > look.size + 0.6)
    known = line.size > look.size - 0.6 and is_known(parts.title)
    return (large or numbered or known) and _has_no_gaps([line])


def _is_sentence(block: Block) -> bool:
    """Whether the only line of the block is a paragraph of its own."""
    text = block.lines[0].text
    begins = block.lines[0].box.x0 < block.column.left + 3
    return begins and len(text) > 40 and text[-1] == "." and _has_no_gaps(block.lines)


def _is_running(block: Block) -> bool:
    """Whether most lines fill the column from edge to edge without white between."""
    column = block.column
    full = [
        line
        for line in block.lines
        if line.width >= _FULL_LINE * column.width and line.box.x0 < column.left + 0.1 * column.width
    ]
    if len(full) < 0.5 * len(block.lines):
        return False
    words = sum(line.text.count(" ") + 1 for line in full)
    return words >= LEAST_PROSE_WORDS * len(full) and _has_no_gaps(full)
