"""Captions: where they are whole, what they describe, and the label by which the text calls it."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.layout.block_roles import is_ended
from ingest.layout.blocks import Block, Role
from ingest.layout.reading_text import Passage
from records import Caption, CaptionKind

MOST_CAPTION_BLOCKS = 8
NEAR_EM = 0.35  # the white between two lines of a caption, next to a paragraph's that follows it
NEAR_LABEL_EM = 1.2
LEAST_CAPTIONS = 3
USUAL_SHARE = 0.7

_LABEL = re.compile(
    r"(?P<word>figure|fig\.|table|tab\.|algorithm|listing|scheme|exhibit|box|chart|diagram)\s*"
    r"(?P<number>[a-z]?[\divxl]{1,4}[a-z]?(?:[.-]\d{1,2}){0,3})",
    re.IGNORECASE,
)
_ALGORITHM = re.compile(r"Algorithm\s\d{1,2}[.:]?\s[A-Z]")
_KINDS = {"fig": CaptionKind.FIGURE, "tab": CaptionKind.TABLE, "alg": CaptionKind.ALGORITHM}


def caption_kind(text: str) -> CaptionKind:
    """What the caption with this text describes."""
    return _KINDS.get(text[:3].casefold(), CaptionKind.OTHER)


def label_of(text: str) -> str:
    """The label that the caption begins with, "Table 2", with one space in it; empty where it has none."""
    match = _LABEL.match(text)
    return f"{match['word']} {match['number']}" if match else ""


def captions_of(text: str, passages: Iterable[Passage]) -> Iterator[Caption]:
    """The captions in text order."""
    for passage in passages:
        if passage.role is Role.CAPTION:
            words = text[passage.span.start : passage.span.end]
            yield Caption(span=passage.span, kind=caption_kind(words), label=label_of(words))


def with_whole_captions(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with captions whole where a change of type has cut them, and with none that is a sentence.

    A sentence that a column break has cut may begin with "Table 4. In ..."; it shows where the other
    captions of the document put a colon after their label.
    """
    usual = _usual_mark(blocks)
    whole: list[Block] = []
    joined = 0
    for block in itertools.chain.from_iterable(map(_algorithm_apart, blocks)):
        if block.role is Role.CAPTION and usual and _mark(block) not in {usual, ""} and len(block.lines) > 3:
            whole.append(block.as_role(Role.PROSE))
        elif whole and joined < MOST_CAPTION_BLOCKS and _goes_on(whole[-1], block):
            whole[-1] = replace(whole[-1], lines=whole[-1].lines + block.lines)
            joined += 1
        else:
            whole.append(block)
            joined = 0
    return whole


def _mark(caption: Block) -> str:
    """The sign after the caption's label, or nothing."""
    match = _LABEL.match(caption.text)
    sign = caption.text[match.end() : match.end() + 1] if match else ""
    return sign if sign in {":", ".", "|"} else ""


def _usual_mark(blocks: Iterable[Block]) -> str:
    marks = Counter(_mark(block) for block in blocks if block.role is Role.CAPTION)
    if marks.total() < LEAST_CAPTIONS:
        return ""
    mark, count = marks.most_common(1)[0]
    return mark if count >= USUAL_SHARE * marks.total() else ""


def _goes_on(caption: Block, block: Block) -> bool:
    """Whether the caption goes on in the block right under it."""
    if caption.role is not Role.CAPTION or block.role not in {Role.PROSE, Role.FRAGMENT}:
        return False
    last, first = caption.lines[-1], block.lines[0]
    if last.page != first.page or min(last.box.x1, first.box.x1) <= max(last.box.x0, first.box.x0):
        return False
    white = (first.box.y0 - last.box.y1) / max(last.size, 1.0)
    if _LABEL.fullmatch(caption.text.rstrip(" .:")):
        return -0.5 < white < NEAR_LABEL_EM
    same_type = abs(caption.size - block.size) < 0.6 and abs(last.box.x0 - first.box.x0) < 3
    return -0.5 < white < NEAR_EM and same_type and not is_ended(last.text)


def _algorithm_apart(block: Block) -> Iterator[Block]:
    """The block, with the line that names an algorithm as a caption of its own."""
    first = block.lines[0]
    if block.role is Role.CAPTION or not first.bold_until or not _ALGORITHM.match(first.text):
        yield block
        return
    yield replace(block, lines=block.lines[:1], role=Role.CAPTION)
    if len(block.lines) > 1:
        yield replace(block, lines=block.lines[1:], role=Role.FRAGMENT)
