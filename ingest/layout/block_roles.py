"""What a block is for, by its looks and first words."""

import re

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
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_RELATION = re.compile("[=≤≥∑∈≈←]")
_EQUATION_NUMBER = re.compile(r"\s\([A-Z]?\.?\d{1,3}(\.\d{1,2})?[a-z]?\)$")
_PROSE_WORD = re.compile(
    r"(?<![\w_])(?!(?:softmax|tanh|relu|argmax|argmin|concat|exp|log)\b)[a-z]{3,}(?![\w_(\[{])"
)
MOST_FORMULA_LINES = 3
LEAST_FORMULA_INDENT = 8.0  # points


def is_ended(text: str) -> bool:
    """Whether a sentence ends with the text, or a clause that a list or formula follows."""
    return not text[-1:].isalpha() and _TERMINAL.search(text[-_ENDING:]) is not None


def begins_caption(text: str) -> bool:
    """Whether a caption begins with the text: a label with a sign after it, or nothing else."""
    return _CAPTION.match(text) is not None


def role_of(block: Block, look: Look) -> Role:
    """What the block is for; headings and bibliography entries are told later, from their neighbours."""
    text, size = block.text, block.size
    if begins_caption(text):
        return Role.CAPTION
    if _is_table(block):
        return Role.TABLE
    if _is_formula(block, text):
        return Role.FORMULA
    small = size < look.size - 0.8
    if small and block.lines[0].box.y0 > block.page_height * 0.5 and _is_noted(block.lines[0]):
        return Role.FOOTNOTE
    if _is_fragment(block, text, size, look=look):
        return Role.FRAGMENT
    return Role.PROSE


def _is_table(block: Block) -> bool:
    if len(block.lines) == 1:
        return len(block.lines[0].gaps) >= 2 and not is_ended(block.lines[0].text)
    gapped = len([line for line in block.lines if line.gaps])
    return gapped >= 2 and gapped >= 0.5 * len(block.lines)


def _is_formula(block: Block, text: str) -> bool:
    drawn = sum([line.math_share * len(line.text) for line in block.lines if line.math_share])
    math = drawn / max(len(text), 1)
    if math > 0.35 and len(_LONG_WORD.findall(text)) <= 2 * len(block.lines):
        return True
    if len(block.lines) > MOST_FORMULA_LINES:
        return False
    relates = _RELATION.search(text) is not None
    if not _LONG_WORD.search(text):
        return relates
    numbered = text.endswith(")") and _EQUATION_NUMBER.search(text[-_ENDING:]) is not None
    told = relates or (numbered and math > 0.1)
    set_in = block.lines[0].box.x0 > block.column.left + LEAST_FORMULA_INDENT
    return told and (set_in or numbered) and len(_PROSE_WORD.findall(text)) <= 1


def _is_noted(line: PrintedLine) -> bool:
    return bool(line.raised and line.raised[0][0] == 0) or line.text[:1] in "∗*†‡§¶1234567890"


def _is_fragment(block: Block, text: str, size: float, *, look: Look) -> bool:
    """Whether the block is a label or the like: shorter lines than running text has, in another size."""
    if not _WORD.search(text):
        return True
    half = 0.5 * block.column.width
    if any(line.width >= half for line in block.lines) or block.bold or is_ended(text):
        return False
    other_size = size < look.size - 0.8
    if not other_size and min([line.box.x0 for line in block.lines]) <= block.column.left + 3:
        return False
    few = len(_WORD.findall(text)) <= (4 if other_size else 2) * len(block.lines)
    return few and size <= look.size + 0.6
