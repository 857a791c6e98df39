"""What a block is for, by its looks and first words."""

import re
from collections.abc import Sequence

from ingest.blocks import Block, Look, Role
from ingest.printed_lines import PrintedLine

TERMINAL = re.compile(r"[.!?:;][)\]\"'”’]*(\s*\d{1,2})?$")
_CAPTION = re.compile(
    r"^(figure|fig\.|table|tab\.|algorithm|listing|scheme|exhibit|box|chart|diagram)\s*[a-z]?[\divxl]{1,4}[a-z]?(\.\d+)*"
    r"(\s*[:.|–—]|\s*$|\s*\([a-z]\)\s)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def role_of(block: Block, look: Look) -> Role:
    """What the block is for; headings and bibliography entries are told later, from their neighbours."""
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
