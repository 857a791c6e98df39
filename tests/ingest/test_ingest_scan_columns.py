"""Order and looks of the words that OCR reads, on pages written down word by word."""

from collections.abc import Sequence

import pytest

from ingest.scans.columns import in_columns
from ingest.scans.lines import LEAST_CONFIDENCE, printed_lines
from ingest.scans.specks import believable
from ingest.scans.tesseract import ReadWord

PAGE_WIDTH, LEFT, RIGHT = 1000, 100, 520
LETTER, HEIGHT, PITCH = 10, 20, 30


def line(
    words: str,
    *,
    number: int,
    x: int = LEFT,
    y: int | None = None,
    confidence: float = 0.9,
    stroke: float = 2,
) -> list[ReadWord]:
    """A line as tesseract gives it: words of even letters, two spaces a wide gap."""
    read = []
    top = PITCH * number if y is None else y
    for word in words.split(" "):
        if word:
            read.append(
                ReadWord(
                    text=word,
                    confidence=confidence,
                    line=(1, 1, number),
                    left=x,
                    top=top,
                    right=x + LETTER * len(word),
                    bottom=top + HEIGHT,
                    stroke=stroke,
                )
            )
        x += LETTER * len(word) + (8 if word else 60)
    return read


def texts(words: Sequence[ReadWord]) -> list[str]:
    return [each.text for each in printed_lines(words, page=1, dpi=72)]


def two_columns(rows: int) -> list[ReadWord]:
    """Rows that tesseract has read through both columns."""
    return [
        word
        for number in range(rows)
        for word in (
            *line(f"the left column row {number}", number=number),
            *line(f"and the right one {number}", number=number, x=RIGHT),
        )
    ]


def test_lines_read_through_two_columns_are_parted_at_the_gutter() -> None:
    ordered = texts(in_columns(two_columns(8), page_width=PAGE_WIDTH))
    assert ordered == [f"the left column row {number}" for number in range(8)] + [
        f"and the right one {number}" for number in range(8)
    ]


def test_a_line_across_both_columns_parts_what_is_above_it_from_what_is_below() -> None:
    words = two_columns(16)
    across = line(
        "a caption that runs across the gutter of the whole page from left to right", number=99, y=7 * PITCH
    )
    words = [word for word in words if word.line[2] != 7] + across
    ordered = texts(in_columns(words, page_width=PAGE_WIDTH))
    middle = next(index for index, text in enumerate(ordered) if text.startswith("a caption"))
    assert ordered[middle - 1] == "and the right one 6"
    assert ordered[middle + 1] == "the left column row 8"


def test_a_label_that_stands_alone_comes_back_to_its_entry() -> None:
    words = two_columns(8)
    label = line("[12]", number=50, x=LEFT - 50, y=3 * PITCH)
    assert "[12] the left column row 3" in texts(in_columns([*label, *words], page_width=PAGE_WIDTH))


def test_rows_of_a_table_across_the_page_stay_whole() -> None:
    rows = [word for number in range(8) for word in line("a  b  c  d  e", number=number)]
    assert texts(in_columns(rows, page_width=PAGE_WIDTH)) == ["a b c d e"] * 8


def test_a_page_of_one_column_keeps_its_order() -> None:
    words = [word for number in range(8) for word in line("one long line over the whole page", number=number)]
    assert in_columns(words, page_width=PAGE_WIDTH) == words


def test_nothing_is_in_order() -> None:
    assert in_columns([], page_width=PAGE_WIDTH) == []
    assert printed_lines([], page=1, dpi=72) == ()


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (line("a sure line", number=1), "a sure line"),
        (line("iJ 7S eae", number=1, confidence=0.3), ""),  # what a drawing looks like
        (
            line("we trained on", number=1) + line("MIMIC-III", number=1, x=400, confidence=0),
            "we trained on MIMIC-III",
        ),
        (line("~", number=1, x=50, confidence=0.1) + line("a sure line", number=1), "a sure line"),
        (
            line("here is primer", number=1)
            + line("+", number=1, x=400, confidence=0)
            + line("probe", number=1, x=430),
            "here is primer + probe",
        ),
    ],
)
def test_specks_go_and_unsure_words_of_sure_lines_stay(words: list[ReadWord], kept: str) -> None:
    assert " ".join(word.text for word in believable(words)) == kept


def test_a_small_round_sign_before_a_line_is_a_bullet() -> None:
    sign = ReadWord(text="e", confidence=0.2, line=(1, 1, 1), left=80, top=34, right=88, bottom=44)
    words = list(believable([sign, *line("an item of a list", number=1)]))
    assert [word.text for word in words][:2] == ["•", "an"]


def test_thick_strokes_are_bold_and_unsure_words_are_not_worthless() -> None:
    lines = printed_lines(
        [
            *line("3 Method", number=1, stroke=3),
            *(word for number in range(2, 9) for word in line("some words of plain text", number=number)),
            *line("Encoder.", number=9, stroke=3),
            *line("The encoder reads", number=9, x=200, confidence=0),
        ],
        page=1,
        dpi=72,
    )
    assert [each.bold for each in lines] == [True] + [False] * 8
    assert lines[-1].bold_until == len("Encoder.")
    assert lines[-1].recognised[-1].confidence == LEAST_CONFIDENCE
