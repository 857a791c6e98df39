"""How deep sections lie."""

from pathlib import Path

import pytest
from typeset import PROSE, read_typeset

from ingest.structure.section_levels import Head, HeadingLook, levels_of
from records import SectionKind

LARGE, MIDDLE = HeadingLook(14, bold=True, capitals=False), HeadingLook(12, bold=True, capitals=False)
SMALL, LEAN = HeadingLook(10, bold=True, capitals=False), HeadingLook(10, bold=False, capitals=False)


def heads(*numbers: str) -> list[Head]:
    return [Head(number, "Folding", None) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "levels"),
    [
        (["1", "2", "2.1", "2.1.1", "2.2", "3"], [1, 1, 2, 3, 2, 1]),
        (["1", "A", "A.1", "B"], [1, 1, 2, 1]),
        (["I", "II", "A", "B", "C", "D", "III"], [1, 1, 2, 2, 2, 2, 1]),  # C and D are no roman numbers here
        (["I", "II", "III", "IV", "V"], [1, 1, 1, 1, 1]),
    ],
)
def test_a_number_says_how_deep_a_section_lies(numbers: list[str], levels: list[int]) -> None:
    assert levels_of(heads(*numbers)) == levels


@pytest.mark.parametrize(
    ("looks", "levels"),
    [
        ([LARGE, MIDDLE, SMALL, MIDDLE, LARGE], [1, 2, 3, 2, 1]),
        ([LARGE, SMALL, LEAN, LARGE], [1, 2, 3, 1]),
        ([LARGE, LEAN], [1, 2]),  # no level is left out
    ],
)
def test_without_numbers_the_looks_say_it(looks: list[HeadingLook], levels: list[int]) -> None:
    assert levels_of([Head("", f"Folding {number}", look) for number, look in enumerate(looks)]) == levels


def test_headings_without_number_are_as_deep_as_those_that_look_like_them() -> None:
    told = [Head("1", "Introduction", LARGE), Head("1.1", "Why", MIDDLE), Head("", "How", MIDDLE)]
    assert levels_of([*told, Head("", "Acknowledgements", LARGE), Head("", "References", SMALL)]) == [
        1,
        2,
        2,
        1,
        1,
    ]


def test_a_paper_is_a_tree_of_sections(tmp_path: Path) -> None:
    titles = ("Introduction", "Method", "Encoder", "Folding", "Experiments", "Setup", "Conclusion")
    marks = ("=", "=", "==", "===", "=", "==", "=")
    parts = [f"{mark} {title}\n\n{PROSE}" for mark, title in zip(marks, titles, strict=True)]
    numbered = read_typeset('#set heading(numbering: "1.1")\n' + "\n\n".join(parts), tmp_path)
    plain = read_typeset("\n\n".join(parts), tmp_path)
    for document in (numbered, plain):
        sections = [section for section in document.sections if section.title]
        assert [(one.title, one.level) for one in sections] == [
            (title, len(mark)) for mark, title in zip(marks, titles, strict=True)
        ]
        assert sections[3].kind is SectionKind.METHOD  # "Folding" is a part of the method
