"""Results in tables: only where row, header and caption leave no doubt."""

from pathlib import Path

import pytest
from spacy.language import Language
from typeset import Row, page, read_typeset, table

from extract.candidates.reported import figure_of, is_copied
from extract.pipeline import annotate

PROSE = "We compare BERT, GloVe and TinyNet on the SQuAD dataset and the GLUE benchmark. "
RESULTS = "Table 1: Results on our data. The figures with \\* are retrieved from the published papers."
ROWS: tuple[Row, ...] = (
    ("Model", "SQuAD", "GLUE"),
    ("", "F1", "F1"),
    ("BERT\\*", "80.1\\*", "70.2"),
    ("GloVe", "70.3", "72.1"),
    ("w/o memory", "79.0", "69.9"),
    ("TinyNet (ours)", "82.5", "n/a"),
)


def found(rows: tuple[Row, ...], caption: str, nlp: Language, folder: Path) -> set[tuple[object, ...]]:
    look = f"columns: {len(rows[0])}, stroke: none"
    drawn = table(rows, look, rules=(0, 2, len(rows)), caption=caption)
    document = read_typeset(page(PROSE * 3, drawn), folder)
    assert document.tables
    return {
        (each.method.surface, each.dataset.surface, each.metric.surface, each.value, each.best, each.copied)
        for each in annotate(document, nlp).results
    }


def test_row_and_headers_say_what_a_figure_is(nlp: Language, tmp_path: Path) -> None:
    assert found(ROWS, RESULTS, nlp, tmp_path) == {
        ("BERT", "SQuAD", "F1", 80.1, False, True),
        ("GloVe", "SQuAD", "F1", 70.3, False, False),
        ("TinyNet", "SQuAD", "F1", 82.5, True, False),
        ("BERT", "GLUE", "F1", 70.2, False, True),
        ("GloVe", "GLUE", "F1", 72.1, True, False),
    }


@pytest.mark.parametrize(
    ("first", "second", "caption"),
    [
        (("Model", "Left", "Right"), ("", "F1", "F1"), RESULTS),  # columns that nothing explains
        (("Model", "SQuAD", "GLUE"), ("", "small", "large"), RESULTS),  # and figures that nothing does
        (("Model", "SQuAD", "GLUE"), ("", "Time", "Time"), RESULTS),  # no measure of quality
        (("Model", "SQuAD", "GLUE"), ("", "R", "R"), RESULTS),  # recall, or a correlation
        (("Model", "SQuAD", "GLUE"), ("", "F1", "F1"), "Table 1: Statistics of the data."),
    ],
)
def test_what_is_not_told_is_not_said(
    first: Row, second: Row, caption: str, nlp: Language, tmp_path: Path
) -> None:
    assert found((first, second, *ROWS[2:]), caption, nlp, tmp_path) == set()


def test_of_a_name_that_two_rows_share_nothing_is_said(nlp: Language, tmp_path: Path) -> None:
    twice = (*ROWS[:4], ("BERT (large)", "85.0", "75.0"), *ROWS[4:])
    assert {each[0] for each in found(twice, RESULTS, nlp, tmp_path)} == {
        "GloVe",
        "TinyNet",
        "BERT",
        "BERT (large)",
    }
    twice = (*ROWS[:4], ("GloVe", "85.0", "75.0"), *ROWS[4:])
    assert {each[0] for each in found(twice, RESULTS, nlp, tmp_path)} == {"BERT", "TinyNet"}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("83.4", 83.4),
        ("89.2±0.2", 89.2),
        ("1,280", 1280.0),
        ("−0.5", -0.5),
        (".85", 0.85),
        ("BERT", None),
        ("-", None),
    ],
)
def test_a_cells_figure_is_its_first_number(cell: str, value: float | None) -> None:
    assert figure_of(cell) == value


@pytest.mark.parametrize(
    ("caption", "cells", "copied"),
    [
        ("Results with * are retrieved from the papers.", "BERT*80.1", True),
        ("Figures reported in other work are marked by †.", "80.1†", True),
        ("Results with * are significant (p < 0.05).", "BERT*80.1", False),
        ("Results with * are retrieved from the papers.", "BERT80.1", False),
    ],
)
def test_figures_of_others_are_told_by_their_marks(caption: str, cells: str, copied: bool) -> None:
    assert is_copied(caption, cells) is copied
