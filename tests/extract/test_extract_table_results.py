"""Results in tables: only where row, header and caption leave no doubt."""

from pathlib import Path

import pytest
from spacy.language import Language
from typeset import Row, page, read_typeset, table

from extract.pipeline import annotate
from extract.tables.copied_figures import CopiedFigures, is_marked, said_of
from extract.tables.results import figure_of
from records import TableResult

PROSE = (
    "We compare BERT, GloVe and TinyNet on the SQuAD dataset and the GLUE benchmark. "
    "The Laptop and Restaurant datasets hold reviews, with an entity and a relation each. "
)
RESULTS = "Table 1: Results on our data. The figures with \\* are retrieved from the published papers."
ON_SQUAD = "Table 1: Results on SQuAD."
ROWS: tuple[Row, ...] = (
    ("Model", "SQuAD", "GLUE"),
    ("", "F1", "F1"),
    ("BERT\\*", "80.1\\*", "70.2"),
    ("GloVe", "70.3", "72.1"),
    ("w/o memory", "79.0", "69.9"),
    ("TinyNet (ours)", "82.5", "n/a"),
)
FIGURES: tuple[Row, ...] = (("BERT", "80.1", "70.2"), ("TinyNet", "82.5", "71.0"))


def results(
    rows: tuple[Row, ...], caption: str, nlp: Language, folder: Path, *, headers: int = 2
) -> tuple[TableResult, ...]:
    look = f"columns: {len(rows[0])}, stroke: none"
    drawn = table(rows, look, rules=(0, headers, len(rows)), caption=caption)
    document = read_typeset(page(PROSE * 3, drawn), folder)
    assert document.tables
    return annotate(document, nlp).results


def found(rows: tuple[Row, ...], caption: str, nlp: Language, folder: Path) -> set[tuple[object, ...]]:
    return {
        (each.method.surface, each.dataset.surface, each.metric.surface, each.value, each.best, each.copied)
        for each in results(rows, caption, nlp, folder)
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
        (("Model", "BERT", "GloVe"), ("", "F1", "F1"), ON_SQUAD),  # systems in both directions
        (("Model", "F1", "F1"), ("", "Left", "Right"), "Table 1: Results on SQuAD and GLUE."),  # on which?
        (("Model", "steps", "layers"), ("", "all", "all"), "Table 1: BLEU on SQuAD."),  # no scores
    ],
)
def test_what_is_not_told_is_not_said(
    first: Row, second: Row, caption: str, nlp: Language, tmp_path: Path
) -> None:
    assert found((first, second, *ROWS[2:]), caption, nlp, tmp_path) == set()


@pytest.mark.parametrize(
    ("first", "second", "caption", "said"),
    [
        (
            ("Model", "Dev", "Test"),
            ("", "F1", "F1"),
            ON_SQUAD,
            {("SQuAD", "F1", "Dev"), ("SQuAD", "F1", "Test")},
        ),
        (
            ("Model", "Valid", "Test"),
            ("", "", ""),
            "Table 1: BLEU on SQuAD.",
            {("SQuAD", "BLEU", "Valid"), ("SQuAD", "BLEU", "Test")},
        ),
        (
            ("Model", "Entity", "Relation"),
            ("", "F1", "F1"),
            ON_SQUAD,
            {("SQuAD", "F1", "Entity"), ("SQuAD", "F1", "Relation")},
        ),
        (
            ("Model", "Laptop", "Restaurant"),
            ("", "Acc.", "Acc."),
            RESULTS,
            {("Laptop", "Acc.", ""), ("Restaurant", "Acc.", "")},
        ),
        (
            ("Model", "SQuAD Test Set F1", "GLUE dataset accuracy (%)"),
            ("", "", ""),
            RESULTS,
            {("SQuAD", "F1", "Test"), ("GLUE", "accuracy", "")},
        ),
        (
            ("Model", "top-1 error", "top-5 error"),
            ("", "", ""),
            ON_SQUAD,
            {("SQuAD", "top-1 error", ""), ("SQuAD", "top-5 error", "")},
        ),
        (
            ("Model", "ROUGE-1", "ROUGE-2"),
            ("", "P", "F1"),
            "Table 1: Results on SQuAD with GLUE vectors.",
            {("SQuAD", "ROUGE-1 P", ""), ("SQuAD", "ROUGE-2 F1", "")},
        ),
    ],
)
def test_headers_and_caption_tell_together(
    first: Row, second: Row, caption: str, said: set[tuple[str, str, str]], nlp: Language, tmp_path: Path
) -> None:
    rows = (first, second, *FIGURES) if any(second) else (first, *FIGURES)
    read = results(rows, caption, nlp, tmp_path, headers=2 if any(second) else 1)
    assert {(each.dataset.surface, each.metric.surface, each.setting) for each in read} == said
    assert {each.method.surface for each in read} == {"BERT", "TinyNet"}


def test_a_header_that_says_nothing_is_not_told_by_the_caption(nlp: Language, tmp_path: Path) -> None:
    rows = (("Model", "Test", "(%)"), *FIGURES)
    read = results(rows, "Table 1: BLEU on SQuAD.", nlp, tmp_path, headers=1)
    assert {each.setting for each in read} == {"Test"}


def test_a_header_is_no_part_of_data_that_stands_beside_it(nlp: Language, tmp_path: Path) -> None:
    rows = (("Model", "SQuAD", "Laptop"), ("", "F1", "F1"), *FIGURES)
    read = results(rows, ON_SQUAD, nlp, tmp_path)
    assert {(each.dataset.surface, each.setting) for each in read} == {("SQuAD", ""), ("Laptop", "")}
    rows = (("Model", "Restaurant", "Laptop"), ("", "F1", "F1"), *FIGURES)
    read = results(rows, ON_SQUAD, nlp, tmp_path)
    assert {(each.dataset.surface, each.setting) for each in read} == {
        ("SQuAD", "Restaurant"),
        ("SQuAD", "Laptop"),
    }


def test_of_columns_that_say_the_same_nothing_is_said(nlp: Language, tmp_path: Path) -> None:
    rows = (("Model", "F1", "F1"), *FIGURES)  # of two data sets, one of which was not read, perhaps
    assert results(rows, ON_SQUAD, nlp, tmp_path, headers=1) == ()


def test_the_least_error_is_the_best(nlp: Language, tmp_path: Path) -> None:
    read = results((("Model", "error", "F1"), *FIGURES), ON_SQUAD, nlp, tmp_path, headers=1)
    assert {(each.method.surface, each.metric.surface, each.best) for each in read} == {
        ("BERT", "error", True),
        ("TinyNet", "error", False),
        ("BERT", "F1", False),
        ("TinyNet", "F1", True),
    }


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("Model", "F1", "EM"),
            ("SQuAD", "", ""),
            ("BERT", "80.1", "70.2"),
            ("TinyNet", "82.5", "71.0"),
            ("GLUE", "", ""),
            ("BERT", "60.1", "50.2"),
            ("TinyNet", "59.5", "51.0"),
        ),
        (
            ("Data", "Model", "F1"),
            ("SQuAD", "BERT", "80.1"),
            ("", "TinyNet", "82.5"),
            ("GLUE", "BERT", "60.1"),
            ("", "TinyNet", "59.5"),
        ),
    ],
)
def test_rows_stand_in_groups_by_data_set(rows: tuple[Row, ...], nlp: Language, tmp_path: Path) -> None:
    read = results(rows, "Table 1: Results on both.", nlp, tmp_path, headers=1)
    by_f1 = {
        (each.method.surface, each.dataset.surface, each.value, each.best)
        for each in read
        if each.metric.surface == "F1"
    }
    assert by_f1 == {
        ("BERT", "SQuAD", 80.1, False),
        ("TinyNet", "SQuAD", 82.5, True),
        ("BERT", "GLUE", 60.1, True),
        ("TinyNet", "GLUE", 59.5, False),
    }


def test_of_groups_that_are_no_data_nothing_is_said(nlp: Language, tmp_path: Path) -> None:
    rows = (("Kind", "Model", "F1"), ("long", "BERT", "80.1"), ("short", "TinyNet", "82.5"))
    assert results(rows, ON_SQUAD, nlp, tmp_path, headers=1) == ()


@pytest.mark.parametrize("label", ["Ensemble", "Single model (avg)", "TinyNet with", "— random", "Our model"])
def test_labels_that_name_no_system_are_left_out(label: str, nlp: Language, tmp_path: Path) -> None:
    rows = (("Model", "F1", "EM"), *FIGURES, (label, "90.0", "80.0"))
    read = results(rows, ON_SQUAD, nlp, tmp_path, headers=1)
    assert {each.method.surface for each in read} == {"BERT", "TinyNet"}
    assert not any(each.best for each in read)  # the row without a name is still better


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
    assert is_marked(caption, cells) is copied


LABELS = ("BERT (Devlin et al., 2019)", "GloVe", "TinyNet", "TinyNet + memory")


@pytest.mark.parametrize(
    ("caption", "copied"),
    [
        ("The results of baselines are retrieved from published papers.", {LABELS[0], LABELS[1]}),
        ("We take the results reported in Devlin et al.", {LABELS[0]}),
        ("Comparison with other published results.", {LABELS[0]}),
        ("The results of all models are shown.", set()),
    ],
)
def test_captions_tell_that_all_figures_of_others_are_copied(caption: str, copied: set[str]) -> None:
    judged = CopiedFigures(caption, "", LABELS, frozenset({"tinynet"}))
    assert {label for label in LABELS if judged.holds(label, "80.1")} == copied


def test_running_text_tells_it_of_the_table_that_it_names() -> None:
    text = "Words. Table 2 shows other published results. Table 1 is not like other published results. Words."
    assert said_of(text, "Table 2") == "Table 2 shows other published results"
    assert said_of(text, "Table 1") == ""
    assert said_of(text, "") == ""
