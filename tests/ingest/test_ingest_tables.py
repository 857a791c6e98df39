"""Tables as cells, of several looks."""

from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pdfs import LEFT, ReadPages, column
from typeset import PROSE, Row, Wide, cells_of, page, read_typeset, table

from ingest.pages.printed_lines import PrintedLine
from ingest.tables.grids import grid_of
from records import Box, Document, RegionKind, Table

RULED = "columns: 4, stroke: none, align: (left, center, center, center)"
SCORES: list[Row] = [
    ["Method", "P", "R", "F1"],
    ["Baseline", "71.2", "70.4", "70.8"],
    ["BERT base", "81.2", "80.4", "80.8"],
    ["Ours (ensemble)", "84.0", "83.3", "83.6"],
]
SIZES: list[Row] = [
    ["Dataset", "Train", "Dev"],
    ["SST-2", "67,349", "872"],
    ["MNLI", "392,702", "20,000"],
]
TWO_HEADS: list[Row] = [
    ["", Wide("Development", 2), Wide("Test", 2)],
    ["Model", "EM", "F1", "EM", "F1"],
    ["BiDAF", "67.7", "77.3", "68.0", "77.3"],
    ["R-Net", "71.1", "79.5", "71.3", "79.7"],
    ["QANet", "73.6", "82.7", "-", "-"],
]
DEVIATIONS: list[Row] = [
    ["Model", "Accuracy", "Loss"],
    ["CNN", "91.2 ± 0.3", "0.31 ± 0.01"],
    ["LSTM", "92.4 ± 0.2", "0.27 ± 0.02"],
    ["Transformer", "93.9 ± 0.1", "0.22 ± 0.01"],
]
LONG_CELLS: list[Row] = [
    ["Operation", "Description", "%"],
    ["Fix labels", "Correct the label of a span if its boundaries match gold", "29.3"],
    ["Merge spans", "Combine two predicted spans into a gold span if they are next to each other", "10.6"],
    ["Split spans", "Split a predicted span into two that are parted by at most one word", "14.7"],
]
GROUPS: list[Row] = [
    ["Dataset", "Model", "F1"],
    [Wide("CoNLL", rows=3), "CRF", "90.1"],
    ["BiLSTM", "91.2"],
    ["BERT", "92.8"],
    [Wide("OntoNotes", rows=2), "BiLSTM", "86.0"],
    ["BERT", "89.2"],
]
SECTIONS: list[Row] = [
    ["Model", "Acc.", "Size"],
    [Wide("Single models", 3)],
    ["ESIM", "88.0", "4.3M"],
    ["DIIN", "88.0", "4.4M"],
    [Wide("Ensembles", 3)],
    ["ESIM", "88.6", "7.7M"],
    ["DIIN", "88.9", "17M"],
]
GAPPY: list[Row] = [
    ["Model", "News", "Law", "Medicine"],
    ["Rules", "60.1", "", "55.0"],
    ["SVM", "", "71.2", ""],
    ["BERT", "80.4", "82.5", "79.9"],
]
TWO_HEAD_LOOK = "columns: 5, stroke: none, align: (left, center, center, center, center)"
SECTION_LOOK = "columns: 3, stroke: none, align: (left, center, center), inset: 3pt"


def found(document: Document, one: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    """The cells that hold something, as `cells_of` gives them."""
    return {
        (cell.row, cell.column): (
            " ".join(document.text[cell.span.start : cell.span.end].split()),
            cell.row_count,
            cell.column_count,
        )
        for cell in one.cells
        if cell.span
    }


@pytest.mark.parametrize(
    ("rows", "look", "rules", "columns"),
    [
        pytest.param(SCORES, RULED, (0, 1, 4), 1, id="rules above and below"),
        pytest.param(SIZES, "columns: 3", (), 1, id="a grid"),
        pytest.param(SIZES, "columns: 3", (), 2, id="a grid in a column"),
        pytest.param(TWO_HEADS, TWO_HEAD_LOOK, (0, 2, 5), 1, id="heads over several columns"),
        pytest.param(DEVIATIONS, "columns: 3, stroke: none", (0, 1, 4), 2, id="numbers with deviations"),
        pytest.param(LONG_CELLS, "columns: (70pt, 150pt, 40pt)", (), 1, id="cells over several lines"),
        pytest.param(GROUPS, "columns: 3, align: horizon", (), 1, id="cells over several rows"),
        pytest.param(SECTIONS, SECTION_LOOK, (0, 1, 4, 7), 2, id="rows that head others"),
        pytest.param(GAPPY, "columns: 4, align: center", (), 1, id="empty cells"),
    ],
)
def test_every_cell_is_found_at_its_place(
    tmp_path: Path, rows: list[Row], look: str, rules: tuple[int, ...], columns: int
) -> None:
    drawn = table(rows, look, rules=rules, caption="Table 7: What we have found.")
    document = read_typeset(page(drawn, columns=columns), tmp_path)
    (one,) = document.tables
    assert one.label == "Table 7"
    assert found(document, one) == cells_of(rows)
    check_is_sound(document)


def check_is_sound(document: Document) -> None:
    """Every place of a table belongs to one cell, and all of them to the table's part of the text."""
    lines = {line.span.start: line for line in document.lines}
    regions = [region.span for region in document.regions if region.kind is RegionKind.TABLE]
    for one in document.tables:
        places = [
            (cell.row + row, cell.column + column)
            for cell in one.cells
            for row in range(cell.row_count)
            for column in range(cell.column_count)
        ]
        every = {(row, column) for row in range(one.row_count) for column in range(one.column_count)}
        assert len(places) == len(set(places))
        assert set(places) == every
        assert one.span in regions
        assert all(one.span.contains(cell.span) for cell in one.cells)
        assert all(before.span.end <= after.span.start for before, after in pairwise(one.cells))
        for cell in filter(lambda cell: cell.span, one.cells):
            box = lines[cell.span.start].box
            assert one.box.x0 - 0.1 <= box.x0 < box.x1 <= one.box.x1 + 0.1
            assert one.box.y0 - 0.1 <= box.y0 < box.y1 <= one.box.y1 + 0.1


def test_a_table_over_both_columns_stands_apart_from_their_text(tmp_path: Path) -> None:
    drawn = table(SCORES, RULED, rules=(0, 1, 4), caption="Table 1: What we have found.")
    source = page(f'#place(top, scope: "parent", float: true)[{drawn}]', columns=2)
    document = read_typeset(source + PROSE * 9, tmp_path)
    (one,) = document.tables
    assert found(document, one) == cells_of(SCORES)
    assert PROSE.strip() in " ".join(document.text.split())


def test_a_table_goes_with_its_own_caption_where_captions_stand_below(tmp_path: Path) -> None:
    def under(number: int, rows: list[Row], look: str) -> str:
        return f"#align(center)[{table(rows, look)}]\n\nTable {number}: What it says.\n"

    first, second = under(1, SCORES, RULED), under(2, SIZES, "columns: 3")
    document = read_typeset(page(first + "\n#v(6pt)\n" + second), tmp_path)
    assert [one.label for one in document.tables] == ["Table 1", "Table 2"]
    assert [found(document, one) for one in document.tables] == [cells_of(SCORES), cells_of(SIZES)]


def test_a_clear_table_needs_no_caption(tmp_path: Path) -> None:
    drawn = f"#align(center)[{table(SCORES, RULED, rules=(0, 1, 4))}]"
    document = read_typeset(page(drawn), tmp_path)
    (one,) = document.tables
    assert (one.label, found(document, one)) == ("", cells_of(SCORES))


def test_text_around_a_caption_without_table_stays_text(tmp_path: Path) -> None:
    document = read_typeset(page("Table 3: A caption whose table is a picture."), tmp_path)
    assert not document.tables
    assert " ".join(document.text.split()).count(PROSE.strip()) == 4


def test_heads_are_told_from_values(tmp_path: Path) -> None:
    drawn = table(TWO_HEADS, TWO_HEAD_LOOK, rules=(0, 2, 5), caption="Table 1: What we have found.")
    (one,) = read_typeset(page(drawn), tmp_path).tables
    assert {cell.row for cell in one.cells if cell.header} == {0, 1}


PLACES = st.floats(allow_nan=True, allow_infinity=True, width=32) | st.integers(0, 12).map(
    lambda step: step * 40.0
)
WORDS = st.lists(st.sampled_from(["a", "3.4", "BERT", "-", "(x)", "12%"]), min_size=1, max_size=5)


@given(st.lists(st.tuples(PLACES, PLACES, WORDS, st.sampled_from([0.0, 9.0, 10.0])), max_size=14))
def test_every_place_of_a_grid_belongs_to_one_cell_and_no_word_is_lost(
    placed: list[tuple[float, float, list[str], float]],
) -> None:
    lines = [line(words, x=x, y=y, size=size) for x, y, words, size in placed]
    grid = grid_of(lines)
    if grid is None:
        return
    places = [
        (cell.row + row, cell.column + column)
        for cell in grid.cells
        for row in range(cell.row_count)
        for column in range(cell.column_count)
    ]
    every = [(row, column) for row in range(grid.row_count) for column in range(grid.column_count)]
    assert sorted(places) == every
    said = sorted(word for cell in grid.cells for one in cell.lines for word in one.text.split())
    assert said == sorted(word for _, _, words, _ in placed for word in words)


def line(words: list[str], *, x: float, y: float, size: float) -> PrintedLine:
    """A printed line whose words are 12 points wide, with 18 points from one to the next."""
    stops, start = [], 0
    for number, word in enumerate(words):
        stops += [(start, x + 30 * number), (start + len(word), x + 30 * number + 12)]
        start += len(word) + 1
    box = Box(x0=x, y0=y, x1=stops[-1][1], y1=y + 10)
    return PrintedLine(page=1, block=0, text=" ".join(words), box=box, size=size, stops=tuple(stops))


def test_a_picture_made_of_letters_is_no_table_and_takes_no_time(read_pages: ReadPages) -> None:
    def draw(sheet: pymupdf.Page) -> None:
        column(sheet, ["Table 1: A caption."], y=40)
        for row in range(60):
            column(sheet, ["the  " * 60], x=LEFT, y=60 + 11 * row, size=5)

    assert not read_pages(draw).tables
