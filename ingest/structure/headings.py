"""Headings: which blocks name a section, by wording, number and looks."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.layout.blocks import Block, Look, Role
from ingest.layout.section_names import RUN_IN_ABSTRACT, HeadingParts, is_known, kind_of, parts_of
from records import SectionKind

LONGEST_HEADING = 160
MOST_HEADING_LINES = 3
LEAST_LETTERS = 4  # of a heading without number
_NO_HEADINGS = frozenset({Role.CAPTION, Role.FOOTNOTE, Role.FORMULA})


def with_headings(blocks: Sequence[Block], look: Look) -> list[Block]:
    """The blocks, with those that are headings told as such."""
    likely = [block.as_role(Role.HEADING) if _may_be_heading(block, look) else block for block in blocks]
    return list(_confirmed(likely, look))


def _may_be_heading(block: Block, look: Look) -> bool:
    if block.role in _NO_HEADINGS or block.grid is not None or len(block.lines) > MOST_HEADING_LINES:
        return False
    text, size = block.text, block.size
    if len(text) > LONGEST_HEADING or not any(map(str.isalpha, text)):
        return False
    parts = parts_of(text)
    if is_known(parts.title):
        return size > look.size - (4 if kind_of(parts.title) is SectionKind.REFERENCES else 1.6)
    if text[-1] in ",;-" or size < look.size - 0.6:
        return False
    stands_out = block.bold or size > look.size + 0.6
    if parts.number:
        other_font = all(line.font != look.font for line in block.lines) and block.role is Role.PROSE
        return _is_numbered_heading(block, parts, stands_out=stands_out or other_font)
    if not stands_out or block.role is not Role.PROSE:
        return False
    words = text.split()
    return (
        sum(map(str.isalpha, text)) >= LEAST_LETTERS
        and 2 * len(set(words)) > len(words)  # "LSTM LSTM LSTM" stands in a figure
        and text[0].isupper()
        and not text.endswith(".")
        and len(words) <= 14
        and "@" not in text
    )


def _is_numbered_heading(block: Block, parts: HeadingParts, *, stands_out: bool) -> bool:
    title = parts.title
    if not (title[0].isupper() or title[0].isdigit() or title[0] in "“‘$") or len(title.split()) > 16:
        return False
    letters = [character for character in title if character.isalpha()]
    if len(letters) < 3:
        return False
    if stands_out:
        return True
    capitals = sum(1 for character in letters if character.isupper())
    if capitals == len(letters) and len(letters) > 4:
        return len(block.lines) <= 2
    return all(line.italic for line in block.lines) and not title.endswith(".") and len(block.lines) <= 2


def _confirmed(blocks: Sequence[Block], look: Look) -> Iterator[Block]:
    """Takes back what cannot be headings: what stands before the abstract, wild numbers, crowds of labels."""
    begun = _beginning(blocks)
    times = Counter(block.text for block in blocks if block.role is Role.HEADING)
    last: tuple[int, ...] = ()
    for index, block in enumerate(blocks):
        if block.role is not Role.HEADING:
            yield block
            continue
        parts = parts_of(block.text)
        known = is_known(parts.title)
        label = times[block.text] > 1 and not parts.number  # of several boxes of one figure
        if index < begun or not (known or (_leads_somewhere(blocks, index, look) and not label)):
            yield block.as_role(Role.PROSE if len(block.text.split()) > 3 else Role.FRAGMENT)
            continue
        number = _steps(parts.number)
        if number and last and not known and not _may_follow(last, number):
            yield block.as_role(Role.PROSE)
            continue
        last = number or last
        yield block


def _beginning(blocks: Sequence[Block]) -> int:
    """Where the headings begin: at the abstract, else at an introduction, else anywhere."""
    for index, block in enumerate(blocks):
        if RUN_IN_ABSTRACT.match(block.text):
            return index
        if block.role is Role.HEADING and kind_of(parts_of(block.text).title) in {
            SectionKind.ABSTRACT,
            SectionKind.INTRODUCTION,
        }:
            return index
    return next((index for index, block in enumerate(blocks) if block.role is Role.HEADING and index > 0), 0)


def _leads_somewhere(blocks: Sequence[Block], index: int, look: Look) -> bool:
    """Whether running text or another heading follows, perhaps after figures, footnotes and tables."""
    for block in blocks[index + 1 : index + 12]:
        if block.role is Role.HEADING:
            return True
        if block.role is Role.PROSE and abs(block.size - look.size) < 1.6:
            return len(block.text) > 40 or block.text[:1].isupper()
    return False


def _steps(number: str) -> tuple[int, ...]:
    """The arabic number as integers, (3, 2) for "3.2"; empty for letters and roman numbers."""
    try:
        return tuple(int(part) for part in number.split("."))
    except ValueError:
        return ()


def _may_follow(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether the section number may come after the last one: no going back, no great leaps."""
    if number <= last:
        return False
    if number[0] != last[0]:
        return number[0] - last[0] <= 2
    return True
