"""The cells of a table, each with the lines printed in it."""

from dataclasses import dataclass
from typing import NamedTuple

from ingest.pages.printed_lines import PrintedLine


class GridCell(NamedTuple):
    """A cell: its place, how many rows and columns it reaches over, and its lines, none where it is empty."""

    row: int
    column: int
    row_count: int = 1
    column_count: int = 1
    header: bool = False
    lines: tuple[PrintedLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells in row order: every place of the grid belongs to exactly one. `label` is the caption's."""

    label: str = ""
    row_count: int
    column_count: int
    cells: tuple[GridCell, ...]
