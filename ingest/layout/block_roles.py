"""What a block is for, by its looks and first words."""

import re
from collections.abc import Sequence

from ingest.layout.blocks import Block, Look, Role
from ingest.pages.printed_lines import PrintedLine

_TERMINAL = re.compile(r"[.!?:;][)\]\"'”’]*(\s*\d{1,2})?$")
_ENDING = 12  # characters; patterns that look for the end of a long text are slow
_CAPTION = re.compile(
    r"^(figure|fig\.|table|tab\.|algorithm|listing|scheme|exhibit|box|chart|diagram)\s*[a-z]?[\divxl]{1,4}[a-z]?(\.\d+)*"
    r"(\s*[:.|–—]|\s*$|\s*\([a-z]\)\s)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_EQUATION_NUMBER = re.compile(r"\s\([A-Z]?\.?\d{1,3}(\.\d{1,2})?[a-z]?\)$")
_PROSE_WORD = re.compile(
    r"(?<![\w_])(?!(?:softmax|tanh|relu|argmax|argmin|concat|exp|log)\b)[a-z]{3,}(?![\w_(\[{])"
)
MOST_FORMULA_LINES = 3
LEAST_FORMULA_INDENT = 8.0  # points


def is_ended(text: str) -> bool:
    """Whether a sentence ends with the text, or a clause that a list or formula follows."""
    return _TERMINAL.search(text[-_ENDING:]) is not None


def begins_caption(text: str) -> bool:
    """Whether a caption begins with the text: a label with a sign after it, or nothing else."""
    return _CAPTION.match(text) is not None


def role_of(block: Block, look: Look) -> Role:
    """What the block is for; headings and bibliography entries are told later, from their neighbours."""
    text = block.text
    words = _WORD.findall(text)
    if begins_caption(text):
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
        return len(block.lines[0].gaps) >= 2 and not is_ended(block.text)
    return len(gapped) >= 2 and len(gapped) >= 0.5 * len(block.lines)


def _is_formula(block: Block, words: Sequence[str]) -> bool:
    long_words = [word for word in words if len(word) > 3]
    math = sum(line.math_share * len(line.text) for line in block.lines) / max(len(block.text), 1)
    if math > 0.35 and len(long_words) <= 2 * len(block.lines):
        return True
    if len(block.lines) > MOST_FORMULA_LINES:
        return False
    relates = any(sign in block.text for sign in "=≤≥∑∈≈←")
    if not long_words:
        return relates
    set_in = block.lines[0].box.x0 > block.column.left + LEAST_FORMULA_INDENT
    numbered = _EQUATION_NUMBER.search(block.text[-_ENDING:]) is not None
    told = relates or (numbered and math > 0.1)
    return told and (set_in or numbered) and len(_PROSE_WORD.findall(block.text)) <= 1


def _is_noted(line: PrintedLine) -> bool:
    return bool(line.raised and line.raised[0][0] == 0) or line.text[:1] in "∗*†‡§¶1234567890"


def _is_fragment(block: Block, words: Sequence[str], look: Look) -> bool:
    """Whether the block is a label or the like: shorter lines than running text has, in another size."""
    if not words:
        return True
    narrow = max(line.width for line in block.lines) < 0.5 * block.column.width
    if not narrow or block.bold or is_ended(block.text):
        return False
    other_size = block.size < look.size - 0.8
    inside = min(line.box.x0 for line in block.lines) > block.column.left + 3
    few = len(words) <= (4 if other_size else 2) * len(block.lines)
    return few and (other_size or inside) and block.size <= look.size + 0.6
