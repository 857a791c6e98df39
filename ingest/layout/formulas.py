"""Display formulas: whole, where the file draws their sums, fractions and limits as lines of their own."""

from collections.abc import Iterable
from dataclasses import replace

from ingest.layout.blocks import Block, Role

NEAR_EM = 1.2
LONGEST_PART = 12  # characters: a limit of a sum, a denominator, the number of the equation
MOST_LINES = 60


def with_whole_formulas(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, with the parts of one formula in one block."""
    whole: list[Block] = []
    for block in blocks:
        if whole and _goes_on(whole[-1], block):
            whole[-1] = replace(whole[-1], lines=whole[-1].lines + block.lines)
        else:
            whole.append(block)
    return whole


def _goes_on(formula: Block, block: Block) -> bool:
    """Whether the block stands within the formula's height or right under it, and is a part of it."""
    if formula.role is not Role.FORMULA or len(formula.lines) > MOST_LINES:
        return False
    part = block.role is Role.FRAGMENT and len(block.text) <= LONGEST_PART
    if block.role is not Role.FORMULA and not part:
        return False
    last, first = formula.lines[-1], block.lines[0]
    white = first.box.y0 - max(line.box.y1 for line in formula.lines[-4:])
    rises = last.box.y0 - first.box.y1
    near = NEAR_EM * max(last.size, first.size)
    return last.page == first.page and white < near and rises < near
