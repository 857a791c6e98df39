"""The reading text: blocks laid one after the other in one string, with every line's place in it."""

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.layout.block_roles import is_ended
from ingest.layout.blocks import Block, Look, Role
from ingest.layout.grid import Grid
from ingest.layout.hyphens import WordUse, seam
from ingest.layout.note_marks import without_marks
from ingest.layout.word_places import characters_before
from ingest.pages.page_text import PageText
from ingest.pages.printed_lines import PrintedLine
from records import Line, Page, Span
from records.character_edges import Stop, stops_within

PARAGRAPH_BREAK = "\n\n"
_ASIDE = frozenset({Role.CAPTION, Role.TABLE, Role.FOOTNOTE, Role.FRAGMENT})
_BY_ROW = frozenset({Role.TABLE, Role.FRAGMENT})


@dataclass(slots=True, kw_only=True)  # not frozen, which costs more than all else of it; nobody changes one
class Passage:
    """One or more blocks that make one paragraph of the reading text, and where it stands there."""

    blocks: tuple[Block, ...]
    span: Span

    @property
    def role(self) -> Role:
        """The role of the first block."""
        return self.blocks[0].role


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingText:
    """The text, its passages in order, and the printed lines with their spans in text order.

    `marks` are the superscripts left out because they point at notes or entries, each with the position
    in the text where it stood.
    """

    text: str
    passages: tuple[Passage, ...]
    lines: tuple[tuple[PrintedLine, Span], ...]
    marks: tuple[tuple[int, str], ...]


def reading_text(blocks: Sequence[Block], *, look: Look, use: WordUse) -> ReadingText:
    """Lays out the blocks: paragraphs that a column or page break or a float interrupts are whole again,
    and what interrupted them follows."""
    pieces: list[str] = []
    passages: list[Passage] = []
    lines: list[tuple[PrintedLine, Span]] = []
    marks: list[tuple[int, str]] = []
    length = 0
    for group in _whole_paragraphs(blocks, look):
        if pieces:
            pieces.append(PARAGRAPH_BREAK)
            length += len(PARAGRAPH_BREAK)
        start = length
        for text, line in _texts(group, use):
            if line is not None:
                lines.append((line, Span(start=length, end=length + len(text))))
                if line.raised and group[0].role not in _BY_ROW:
                    marks.extend(
                        (length + min(at, len(text)), mark) for at, mark in without_marks(line).marks
                    )
            pieces.append(text)
            length += len(text)
        passages.append(Passage(blocks=tuple(group), span=Span(start=start, end=length)))
    return ReadingText(text="".join(pieces), passages=tuple(passages), lines=tuple(lines), marks=tuple(marks))


def _whole_paragraphs(blocks: Iterable[Block], look: Look) -> Iterator[list[Block]]:
    opened: list[Block] = []
    held: list[list[Block]] = []
    for block in blocks:
        if opened and _waits(block, opened[-1], among_others=bool(held)):
            held.append([block])
        elif opened and _goes_on(opened[-1], block, interrupted=bool(held), look=look):
            opened.append(block)
        else:
            if opened:
                yield opened
            yield from held
            opened, held = [], []
            if block.role is Role.PROSE:
                opened = [block]
            else:
                yield [block]
        if opened and held and _is_ended(opened[-1]) and len(held) > 40:
            yield opened
            yield from held
            opened, held = [], []
    if opened:
        yield opened
    yield from held


def _waits(block: Block, opened: Block, *, among_others: bool) -> bool:
    """Whether the block is none of the running text and has to wait until the open paragraph ends."""
    if block.role in _ASIDE or _is_stray(block):
        return True
    if block.role is Role.FORMULA and (among_others or block.size < opened.size - 2):
        return block.page != opened.page or block.size < opened.size - 2  # part of a figure
    return among_others and block.role is Role.PROSE and abs(block.size - opened.size) > 0.8


def _is_stray(block: Block) -> bool:
    """Whether the block is a short line away from its column's edge, as the title of an axis is."""
    line = block.lines[0]
    return (
        block.role is Role.PROSE
        and len(block.lines) == 1
        and line.width < 0.5 * block.column.width
        and abs(line.box.x0 - block.column.left) > 6
        and not is_ended(line.text)
    )


def _is_ended(block: Block) -> bool:
    return is_ended(block.lines[-1].text)


def _goes_on(before: Block, after: Block, *, interrupted: bool, look: Look) -> bool:
    """Whether the paragraph `before` goes on in the block `after`."""
    if after.role is not Role.PROSE or abs(before.size - after.size) > 0.8:
        return False
    last, first = before.lines[-1], after.lines[0]
    jumped = interrupted or last.page != first.page or first.box.y0 < last.box.y0
    lower = first.text[:1].islower()
    if not jumped:
        close = first.box.y1 - last.box.y1 < 2.2 * look.pitch
        return close and lower and not _is_ended(before)
    if lower:
        return not _is_ended(before) or not _is_short(before)
    if _is_ended(before) or _is_short(before) or abs(first.box.x0 - after.column.left) > 6:
        return False
    return not before.bold and not after.bold


def _is_short(block: Block) -> bool:
    return block.lines[-1].box.x1 < block.column.right - 0.08 * block.column.width


def _texts(blocks: Sequence[Block], use: WordUse) -> Iterator[tuple[str, PrintedLine | None]]:
    """The pieces of a paragraph: lines with their printed line, and what stands between them."""
    if blocks[0].grid is not None:
        return _table_texts(blocks[0].grid, use)
    lines = [line for block in blocks for line in block.lines]
    if blocks[0].role in _BY_ROW:
        return _row_texts(lines)
    return _joined([without_marks(line).text if line.raised else line.text for line in lines], lines, use)


def _row_texts(lines: Sequence[PrintedLine]) -> Iterator[tuple[str, PrintedLine | None]]:
    for index, line in enumerate(lines):
        if index:
            yield PARAGRAPH_BREAK, None
        yield _as_cells(line), line


def _joined(
    texts: Sequence[str], lines: Sequence[PrintedLine], use: WordUse
) -> Iterator[tuple[str, PrintedLine | None]]:
    """The texts of the lines with words whole that a line end has cut."""
    for text, following, line in zip(texts, texts[1:], lines, strict=False):
        meeting = seam(text, following, use)
        yield text[: len(text) - meeting.dropped], line
        if meeting.between:
            yield meeting.between, None
    if lines:
        yield texts[-1], lines[-1]


def _table_texts(grid: Grid, use: WordUse) -> Iterator[tuple[str, PrintedLine | None]]:
    """The pieces of a table, cell by cell: newlines between the cells of a row, blank lines between rows."""
    row: int | None = None
    for cell in grid.cells:
        if not cell.lines:
            continue
        if row is not None:
            yield "\n" if cell.row == row else PARAGRAPH_BREAK, None
        row = cell.row
        yield from _joined([line.text for line in cell.lines], cell.lines, use)


def _as_cells(line: PrintedLine) -> str:
    """The line with a newline instead of every wide gap."""
    text = line.text
    for gap in line.gaps:
        text = text[:gap] + "\n" + text[gap + 1 :]
    return text


def as_lines(reading: ReadingText) -> tuple[Line, ...]:
    """The printed lines as records."""
    return tuple(
        [
            Line(span=span, page=line.page, box=line.box, stops=_stops(line, reading.text, span))
            for line, span in reading.lines
        ]
    )


def _stops(line: PrintedLine, text: str, span: Span) -> tuple[Stop, ...]:
    """The line's stops at the offsets of its part of the text, from which marks and hyphens are gone."""
    if not line.stops or span.end - span.start == len(line.text):
        return line.stops
    said = text[span.start : span.end]
    if line.text.startswith(said):
        return _first_stops(line, len(said))
    before = characters_before(line.text, said)
    stops = tuple({before[at]: x for at, x in line.stops}.items())
    return stops if stops[0][0] == 0 and stops[-1][0] == len(said) else ()


def _first_stops(line: PrintedLine, length: int) -> tuple[Stop, ...]:
    """The stops of the line's first `length` characters; only the last stretch of them is laid out."""
    after = bisect.bisect_left(line.stops, (length, float("-inf")))
    if not 0 < after < len(line.stops):
        return stops_within(line.stops, length, text=line.text)
    begin = line.stops[after - 1][0]
    stretch = tuple([(at - begin, x) for at, x in line.stops[after - 1 : after + 1]])
    end = line.stops[after][0]
    last = stops_within(stretch, length - begin, text=line.text[begin:end])[-1]
    return (*line.stops[:after], (length, last[1]))


def as_pages(
    pages: Sequence[PageText], lines: Sequence[tuple[PrintedLine, Span]], *, length: int
) -> tuple[Page, ...]:
    """The pages as records; a page's span runs from its first line to the next page's first line.

    A footnote that had to wait for the end of its paragraph may stand in the next page's span: a line
    always names its own page.
    """
    starts: dict[int, int] = {}
    latest = 0
    for line, span in lines:
        if line.page > latest:
            starts[line.page] = span.start
            latest = line.page
    records: list[Page] = []
    end = length
    for page in reversed(pages):
        start = min(starts.get(page.number, end), end)
        start = 0 if page.number == 1 else start
        records.append(
            Page(
                number=page.number,
                width=round(page.width, 2),
                height=round(page.height, 2),
                span=Span(start=start, end=end),
                source=page.source,
            )
        )
        end = start
    return tuple(reversed(records))
