"""The reading engine's blocks, put together where a drawing has cut a paragraph apart."""

from collections.abc import Mapping, Sequence
from typing import Any

SAME_LINE_EM = 0.8  # the engine's own measures of what continues a line, and what a block
SAME_BLOCK_EM = 1.5
INDENT_POINTS = 0.5

Block = dict[str, Any]
Span = dict[str, Any]


def text_blocks(drawn: Sequence[Block]) -> list[Block]:
    """The blocks of text, numbered as the engine numbers the blocks of its words.

    Each is given the "order" in which the file draws it among all blocks, and its "paragraph", the number of
    the block that it would be part of if no drawing stood between.
    """
    texts: list[Block] = []
    cut = False
    for block in drawn:
        block["lines"] = [line for line in block.get("lines", ()) if line["spans"]]
        if not block["lines"]:
            cut = True
            continue
        block["order"], block["number"] = block["number"], len(texts)
        joined = cut and bool(texts) and _continues(texts[-1]["lines"][-1], block["lines"][0])
        block["paragraph"] = texts[-1]["paragraph"] if joined else len(texts)
        texts.append(block)
        cut = False
    return texts


def _continues(last: Mapping[str, Any], first: Mapping[str, Any]) -> bool:
    """Whether the engine would have put the first line after the last into one block."""
    (x, y), (last_x, last_y) = first["spans"][0]["origin"], last["spans"][-1]["origin"]
    (cosine, sine), (last_cosine, last_sine) = first["dir"], last["dir"]
    if first["wmode"] != last["wmode"] or cosine * last_cosine + sine * last_sine < 0.999:
        return False
    size = first["spans"][0]["size"] or 1.0
    offset = abs(cosine * (y - last_y) - sine * (x - last_x)) / size
    if offset < SAME_LINE_EM:
        return True
    indented: bool = first["wmode"] == 0 and x - last["spans"][0]["origin"][0] > INDENT_POINTS
    return not indented and offset <= SAME_BLOCK_EM
