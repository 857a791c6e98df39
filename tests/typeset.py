"""Pages that typst sets, with tables of which every cell is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

from ingest.limits import ReadingLimits
from ingest.reader import read_pdf
from records import Document

PROSE = (
    "We train the model on the corpus and report how well it does on data that nobody has seen before. The "
    "learning rate falls from step to step, and we stop once the score on the development set no longer "
    "rises. "
)


@dataclass(frozen=True)
class Wide:
    """A cell over several columns or rows."""

    text: str
    columns: int = 1
    rows: int = 1


Row = Sequence[str | Wide]


def typeset(source: str, path: Path) -> Path:
    """The PDF of a typst source."""
    path.write_bytes(typst.compile(source.encode(), font_paths=[], ignore_system_fonts=True))
    return path


def read_typeset(source: str, folder: Path) -> Document:
    """The document that a typst source makes, read in this process."""
    return read_pdf(typeset(source, folder / "typeset.pdf"), ReadingLimits())


def table(rows: Sequence[Row], look: str, *, rules: Sequence[int] = (), caption: str = "") -> str:
    """A table in typst with its caption over it; `rules` are the rows over which a line is drawn."""
    cells = []
    for number, row in enumerate(rows):
        cells += ["table.hline()"] * (number in rules)
        cells += [_cell(cell) for cell in row]
    drawn = "#table(" + ",\n".join([look, *cells]) + ")"
    return f"#align(center)[{caption}]\n\n#v(4pt)\n#align(center)[{drawn}]\n" if caption else drawn


def _cell(cell: str | Wide) -> str:
    if isinstance(cell, str):
        return f"[{cell}]"
    return f"table.cell(colspan: {cell.columns}, rowspan: {cell.rows})[{cell.text}]"


def page(*parts: str, columns: int = 1, size: int = 10) -> str:
    """A page with prose before, between and after the parts."""
    head = f'#set page(paper: "us-letter", margin: 2cm, columns: {columns})\n#set text(size: {size}pt)\n'
    body = f"\n\n{PROSE * 2}\n\n".join(["", *parts, ""])
    return head + "#set par(justify: true)\n" + body


def cells_of(rows: Sequence[Row]) -> dict[tuple[int, int], tuple[str, int, int]]:
    """The cells that hold something, by row and column: text, number of rows, number of columns."""
    cells: dict[tuple[int, int], tuple[str, int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            wide = cell if isinstance(cell, Wide) else Wide(cell)
            if wide.text:
                cells[number, column] = (wide.text, wide.rows, wide.columns)
            taken |= {(number + r, column + c) for r in range(wide.rows) for c in range(wide.columns)}
            column += wide.columns
    return cells
