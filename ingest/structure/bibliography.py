"""The bibliography: where it stands among the blocks, and which printed lines make one entry."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.layout.blocks import Block, Role
from ingest.layout.section_names import kind_of, parts_of
from ingest.pages.printed_lines import PrintedLine
from ingest.structure.author_names import starts_with_author
from records import SectionKind

ENTRY_LABEL = re.compile(r"^\[(?P<label>\d{1,4}|[A-Za-zÀ-ž+\-]{1,12}\+?\s?’?\d{2,4}[a-z]?)\]\s*")
ENTRY_NUMBER = re.compile(r"^\(?(?P<label>\d{1,3})[.)]\s*(?=\D|$)")
LEAST_ENTRIES = 2
LEAST_UNHEADED = 5
_CONTINUES = re.compile(
    r"(?:In\b|Proc|arXiv|https?:|[a-z]+\b(?<!van)(?<!von)(?<!der)(?<!de)(?<!den)|URL|pages|Advances in|\W|\d)"
)
_YEAR = re.compile(r"\b(19|20)\d\d[a-z]?\b")


def with_entries(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with those of the bibliographies cut anew so that each holds one entry."""
    made = list(blocks)
    for start, end in reversed(_bibliographies(blocks)):
        size = _entry_size(made[start:end])
        inside = [block for block in made[start:end] if _may_hold_entries(block, size)]
        aside = [block for block in made[start:end] if not _may_hold_entries(block, size)]
        made[start:end] = [*_entries(inside), *aside]
    return made


def _bibliographies(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The ranges of blocks between each heading of references and the next heading.

    A paper may have several, its supplement one of its own. Of several headings those count behind which
    years follow soon: others are in a table of contents, or at the top of a page.
    """
    heads = [index for index, block in enumerate(blocks) if _opens_references(block)]
    if not heads:
        unheaded = _unheaded(blocks)
        return [unheaded] if unheaded else []
    dated = [head for head in heads if any(_YEAR.search(block.text) for block in blocks[head + 1 : head + 6])]
    return [_range_behind(blocks, head) for head in (dated if len(heads) > 1 and dated else heads[:1])]


def _range_behind(blocks: Sequence[Block], head: int) -> tuple[int, int]:
    for index in range(head + 1, len(blocks)):
        block = blocks[index]
        if block.role is Role.HEADING and _closes_references(block, blocks[head]):
            return head + 1, index
    return head + 1, len(blocks)


def _unheaded(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """The labelled list at the end of a paper that gives its bibliography no heading."""
    labels = [(index, ENTRY_LABEL.match(block.text)) for index, block in enumerate(blocks)]
    labelled = [(index, match["label"]) for index, match in labels if match is not None]
    firsts = [index for index, label in labelled if label == "1"]
    if not firsts or firsts[-1] < 0.5 * len(blocks):
        return None
    numbers = [label for index, label in labelled if index >= firsts[-1]]
    return (firsts[-1], len(blocks)) if len(numbers) >= LEAST_UNHEADED and _count_up(numbers) else None


def _opens_references(block: Block) -> bool:
    return block.role is Role.HEADING and kind_of(parts_of(block.text).title) is SectionKind.REFERENCES


def _closes_references(block: Block, heading: Block) -> bool:
    if ENTRY_LABEL.match(block.text):
        return False
    return (block.bold and heading.bold) or block.size >= heading.size - 0.3


def _entry_size(blocks: Sequence[Block]) -> float:
    """The font size of most of the bibliography."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[block.size] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _may_hold_entries(block: Block, size: float) -> bool:
    """Whether the block is no figure, table or footnote that stands on the same pages."""
    if block.role is Role.CAPTION or abs(block.size - size) > 0.8:
        return False
    return block.role is not Role.FRAGMENT or len(block.text) > 12


def _entries(blocks: Sequence[Block]) -> list[Block]:
    placed = [(line, block) for block in blocks for line in block.lines]
    if not placed:
        return []
    starts = _starts([line for line, _ in placed], [block for _, block in placed])
    entries: list[Block] = []
    current: list[PrintedLine] = []
    owner = placed[0][1]
    for (line, block), begins in zip(placed, starts, strict=True):
        if begins and current:
            entries.append(_entry(current, owner))
            current = []
        if not current:
            owner = block
        current.append(line)
    entries.append(_entry(current, owner))
    return entries


def _entry(lines: Sequence[PrintedLine], block: Block) -> Block:
    return Block(lines=tuple(lines), column=block.column, page_height=block.page_height, role=Role.ENTRY)


def _starts(lines: Sequence[PrintedLine], blocks: Sequence[Block]) -> list[bool]:
    """For every line, whether an entry begins there: by labels, else by hanging indents, else by wording."""
    for pattern in (ENTRY_LABEL, ENTRY_NUMBER):
        labelled = [pattern.match(line.text) for line in lines]
        if _count_up([match["label"] if match else None for match in labelled]):
            return _labelled_starts(labelled)
    split = _split(lines)
    edges = _edges(lines, split)
    offsets = [line.box.x0 - edges[_place(line, split)] for line in lines]
    hanging = _hangs(offsets)
    return [
        _begins(
            lines,
            index,
            hanging=hanging,
            at_edge=offsets[index] < 3,
            new_block=index > 0 and blocks[index] is not blocks[index - 1],
        )
        for index in range(len(lines))
    ]


def _count_up(labels: Sequence[str | None]) -> bool:
    given = [label for label in labels if label is not None]
    if len(given) < LEAST_ENTRIES or len(given) < len(labels) / 15:
        return False
    numbers = [int(label) for label in given if label.isdigit()]
    if len(numbers) < len(given) / 2:
        return True
    # OCR loses a label here and there.
    rises = sum(1 for before, after in itertools.pairwise(numbers) if before < after <= before + 3)
    return rises >= 0.7 * (len(numbers) - 1)


def _labelled_starts(labels: Sequence[re.Match[str] | None]) -> list[bool]:
    """Starts at labels that count on from the last one; a year or page number at a line's start does not."""
    starts: list[bool] = []
    last: int | None = None
    for match in labels:
        begins = match is not None
        if match is not None and match["label"].isdigit():
            number = int(match["label"])
            begins = last is None or last < number <= last + 3
            last = number if begins else last
        starts.append(begins)
    return starts


_Place = tuple[int, int]


def _place(line: PrintedLine, split: float) -> _Place:
    return line.page, int(line.box.x0 > split)


def _edges(lines: Sequence[PrintedLine], split: float) -> dict[_Place, float]:
    """The left edge of the entries on every page and column."""
    lefts: dict[_Place, list[float]] = defaultdict(list)
    for line in lines:
        lefts[_place(line, split)].append(line.box.x0)
    edges = {place: min(values) for place, values in lefts.items()}
    for place, values in lefts.items():
        # A column that only goes on with an entry from before has all its lines set in.
        usual = min(edge for (_, column), edge in edges.items() if column == place[1])
        if 5 < edges[place] - usual < 40 and max(values) - min(values) < 3:
            edges[place] = usual
    return edges


def _split(lines: Sequence[PrintedLine]) -> float:
    """Where the second column begins: beyond the widest line's middle, or nowhere."""
    left, right = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
    longest = sorted(line.width for line in lines)[int(len(lines) * 0.9)]
    return (left + right) / 2 - 10 if longest < 0.6 * (right - left) else right


def _hangs(offsets: Sequence[float]) -> bool:
    """Whether some lines stand at the edge and many others are set in by the same step."""
    outer = sum(1 for offset in offsets if offset < 3)
    inner = sum(1 for offset in offsets if 5 < offset < 40)
    return outer >= LEAST_ENTRIES and inner >= 0.25 * len(offsets)


def _begins(
    lines: Sequence[PrintedLine], index: int, *, hanging: bool, at_edge: bool, new_block: bool
) -> bool:
    line = lines[index]
    if index == 0:
        return True
    previous = lines[index - 1]
    if _CONTINUES.match(line.text):
        return False
    if hanging:
        return at_edge
    ended = previous.text.rstrip().endswith((".", "]", ")")) or previous.text[-4:].isdigit()
    return (
        ended
        and starts_with_author(line.text)
        and (new_block or _YEAR.search(line.text + " " + _next(lines, index)) is not None)
    )


def _next(lines: Sequence[PrintedLine], index: int) -> str:
    return " ".join(line.text for line in lines[index + 1 : index + 4])
