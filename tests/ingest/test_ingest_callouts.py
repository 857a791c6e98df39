"""Citation callouts: found, and resolved only beyond doubt."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingest.structure.callouts import callouts_in, opened
from ingest.structure.cited_works import Cited, surname
from records import Reference, Span


def cited(
    *authors: str, year: int = 2018, letter: str = "", number: int | None = None, label: str = ""
) -> Cited:
    """An entry whose id is its first surname, year and letter."""
    name = f"{surname(authors[0])}{year}{letter}" if number is None else f"r{number}"
    reference = Reference(
        id=name,
        span=Span(start=0, end=0),
        number=number,
        authors=authors,
        year=year,
        title="",
        doi=None,
        arxiv_id=None,
    )
    return Cited(
        reference=reference,
        label=label,
        year_letter=letter,
        surnames=tuple(surname(name) for name in authors),
    )


def found(text: str, entries: Sequence[Cited]) -> list[tuple[str, str, bool]]:
    """The callouts as what they cover, the entry and whether they are textual."""
    whole = [Span(start=0, end=len(text))]
    return [
        (text[callout.span.start : callout.span.end], callout.reference_id, callout.textual)
        for callout in callouts_in(text, entries, within=whole)
    ]


NUMBERED = [cited("A. Bee", number=number) for number in range(1, 8)]
NAMED = [
    cited("Taku Kudo", "John Richardson"),
    cited("Sennrich, R.", "Haddow, B.", "Birch, A.", year=2016, letter="a"),
    cited("Sennrich, R.", "Haddow, B.", "Birch, A.", year=2016, letter="b"),
    cited("Laurens van der Maaten", "Geoffrey Hinton", year=2008),
    cited("Wei Xu", year=2014),
    cited("Wei Xu", "Alan Ritter", "Bill Dolan", year=2014),
    cited("Qi Li", "Heng Ji", year=2014),
    cited("Yang Li", "Mo Yu", year=2014),
    cited("Lluís Màrquez", year=2005),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("as in [3]", ["r3"]),
        ("as in [3, 5-7]", ["r3", "r5", "r6", "r7"]),
        ("as in [2, 1]", ["r2", "r1"]),
        ("the interval [0, 1]", []),  # 0 is in no bibliography
        ("in [99]", []),  # nor is 99
        ("in [7-5]", []),  # no range
        ("in [1], [2]", ["r1", "r2"]),
        ("in [3]–[5]", ["r3", "r4", "r5"]),
    ],
)
def test_only_numbers_of_the_bibliography_are_callouts(text: str, ids: list[str]) -> None:
    assert [entry for _, entry, _ in found(text, NUMBERED)] == ids


def test_the_cited_authors_name_belongs_to_a_numeric_callout() -> None:
    assert found("compared to Bee et al. [2] and others [3]", NUMBERED) == [
        ("Bee et al. [2]", "r2", True),
        ("[3]", "r3", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a tool (Kudo and Richardson, 2018).", "Kudo and Richardson, 2018 -> kudo2018"),
        ("a tool [Kudo and Richardson, 2018]", "Kudo and Richardson, 2018 -> kudo2018"),
        ("see Kudo and Richardson (2018) for", "Kudo and Richardson (2018) -> kudo2018 (textual)"),
        ("Following Kudo and Richardson (2018) we", "Kudo and Richardson (2018) -> kudo2018 (textual)"),
        (
            "BPE (Sennrich et al., 2016a; Kudo and Richardson, 2018)",
            "Sennrich et al., 2016a -> sennrich2016a; Kudo and Richardson, 2018 -> kudo2018",
        ),
        ("Sennrich et al. (2016b) say", "Sennrich et al. (2016b) -> sennrich2016b (textual)"),
        ("BPE (Sennrich et al., 2016)", ""),  # which of the two?
        ("(van der Maaten and Hinton, 2008)", "van der Maaten and Hinton, 2008 -> maaten2008"),
        ("(the Memory, Kudo and Richardson, 2018)", "Memory, Kudo and Richardson, 2018 -> kudo2018"),
        ("a tool (Kudo and Meier, 2018)", ""),  # another pair
        ("a tool (Kudo and Richardson, 2017)", ""),  # another year
        ("extraction (Li and Ji, 2014)", "Li and Ji, 2014 -> li2014"),
        ("Kudo and\nRichardson (2018) say", "Kudo and\nRichardson (2018) -> kudo2018 (textual)"),
        ("Kudo and Richardson’s (2018) tool", "Kudo and Richardson’s (2018) -> kudo2018 (textual)"),
        (
            "(e.g., Kudo and Richardson 2018; Xu 2014)",
            "Kudo and Richardson 2018 -> kudo2018; Xu 2014 -> xu2014",
        ),
        (
            "(Sennrich et al., 2016a,b)",
            "Sennrich et al., 2016a,b -> sennrich2016a; Sennrich et al., 2016a,b -> sennrich2016b",
        ),
        ("(Sennrich et al,. 2016a)", "Sennrich et al,. 2016a -> sennrich2016a"),  # as printed
        (
            "(Márquez, 2005) or M`arquez (2005)",
            "Márquez, 2005 -> marquez2005; M`arquez (2005) -> marquez2005 (textual)",
        ),
    ],
)
def test_names_and_years_resolve_to_one_entry_or_none(text: str, expected: str) -> None:
    said = [f"{part} -> {entry}{' (textual)' * textual}" for part, entry, textual in found(text, NAMED)]
    assert "; ".join(said) == expected


def test_the_number_of_authors_parts_entries_of_one_surname_and_year() -> None:
    alone, group = found("generation (Xu, 2014) and pairs (Xu et al., 2014)", NAMED)
    assert (alone[0], group[0]) == ("Xu, 2014", "Xu et al., 2014")


def test_an_entry_that_hints_at_other_authors_has_more_than_one() -> None:
    entries = [replace(cited("Chen, Z."), others=True), cited("Bee, A.")]
    text = "As Chen et al. (2018) and not Bee et al. (2018) say"
    assert [entry for _, entry, _ in found(text, entries)] == ["chen2018"]


def test_labels_in_brackets_resolve_to_their_entries() -> None:
    entries = [cited("D. Kingma", "J. Ba", year=2015, label="KB15"), cited("A. Bee", label="Bee18")]
    assert [entry for _, entry, _ in found("Adam [KB15, Bee18] works", entries)] == ["kingma2015", "bee2018"]


def test_superscripts_are_callouts_at_the_place_where_they_stood() -> None:
    text = "We use mixup and more."
    callouts = callouts_in(
        text, NUMBERED, within=[Span(start=0, end=len(text))], marks=[(12, "2,4–5"), (16, "9")]
    )
    assert [(callout.span.start, callout.reference_id) for callout in callouts] == [
        (12, "r2"),
        (12, "r4"),
        (12, "r5"),
    ]


@pytest.mark.parametrize(
    ("numbers", "opened_numbers"), [("3", [3]), ("3, 5–7", [3, 5, 6, 7]), ("7-5", []), ("1-500", [])]
)
def test_lists_and_ranges_are_opened(numbers: str, opened_numbers: list[int]) -> None:
    assert opened(numbers) == opened_numbers
