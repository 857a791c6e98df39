"""Tables of the reading text as records."""

from collections.abc import Iterator, Mapping, Sequence

from ingest.layout.blocks import Block
from ingest.layout.grid import Grid
from ingest.layout.reading_text import ReadingText
from ingest.pages.printed_lines import PrintedLine
from records import Box, Cell, Span, Table


def tables_of(reading: ReadingText) -> Iterator[Table]:
    """The tables of the reading text, in text order."""
    spans = {id(line): span for line, span in reading.lines}
    for passage in reading.passages:
        block = passage.blocks[0]
        if block.grid is not None:
            yield _table(block, block.grid, passage.span, spans)


def _table(block: Block, grid: Grid, span: Span, spans: Mapping[int, Span]) -> Table:
    cells = []
    end = span.start
    for cell in grid.cells:
        places = [spans[id(line)] for line in cell.lines if id(line) in spans]
        place = Span(start=places[0].start, end=places[-1].end) if places else Span(start=end, end=end)
        end = place.end
        cells.append(
            Cell(
                row=cell.row,
                column=cell.column,
                row_count=cell.row_count,
                column_count=cell.column_count,
                header=cell.header,
                span=place,
            )
        )
    return Table(
        span=span,
        page=block.page,
        box=_box(block.lines),
        label=grid.label,
        row_count=grid.row_count,
        column_count=grid.column_count,
        cells=tuple(cells),
    )


def _box(lines: Sequence[PrintedLine]) -> Box:
    return Box(
        x0=round(min(line.box.x0 for line in lines), 2),
        y0=round(min(line.box.y0 for line in lines), 2),
        x1=round(max(line.box.x1 for line in lines), 2),
        y1=round(max(line.box.y1 for line in lines), 2),
    )
