"""Headings: their numbers, and what their sections are for."""

import pytest

from ingest.layout.section_names import is_known, kind_of, parts_of
from records import SectionKind


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("3.2 Byte-Pair Encoding", "3.2", "Byte-Pair Encoding"),
        ("2. Background", "2", "Background"),
        ("IV. CONCLUSIONS", "IV", "CONCLUSIONS"),
        ("A Training details", "A", "Training details"),
        ("Appendix B: Proofs", "Appendix B", "Proofs"),
        ("Related Work", "", "Related Work"),
    ],
)
def test_a_heading_has_a_number_and_a_title(text: str, number: str, title: str) -> None:
    parts = parts_of(text)
    assert (parts.number, parts.title) == (number, title)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Abstract", SectionKind.ABSTRACT),
        ("INTRODUCTION", SectionKind.INTRODUCTION),
        ("Background and Related Work", SectionKind.RELATED_WORK),
        ("Model Architecture", SectionKind.METHOD),
        ("Training Data and Batching", SectionKind.DATA),
        ("Experimental Setup", SectionKind.EXPERIMENTS),
        ("Experimental Results", SectionKind.RESULTS),
        ("Conclusion and Future Work", SectionKind.CONCLUSION),
        ("Acknowledgements", SectionKind.ACKNOWLEDGEMENTS),
        ("References", SectionKind.REFERENCES),
        ("Positional Encoding", SectionKind.OTHER),
    ],
)
def test_the_wording_of_a_heading_tells_its_kind(title: str, kind: SectionKind) -> None:
    assert kind_of(title) is kind


def test_what_follows_the_bibliography_is_an_appendix() -> None:
    assert kind_of("Experimental Results", after_references=True) is SectionKind.APPENDIX


def test_only_capitalised_common_titles_are_headings_by_themselves() -> None:
    assert is_known("Results")
    assert not is_known("results")
