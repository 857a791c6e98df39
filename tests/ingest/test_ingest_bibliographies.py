"""Broken, doubled and huge bibliographies: no citation may lead to the wrong work."""

from pathlib import Path

import pytest
from typeset import PROSE, read_typeset

from canonicalize.citation_places import unresolved_places
from records import Document

MAIN = (
    "Kudo. Subword regularization improves translation models. ACL, 2018.",
    "Sennrich. Neural translation of rare words with subword units. ACL, 2016.",
    "Vaswani. Attention is all you need for sequence transduction. NeurIPS, 2017.",
)
SUPPLEMENT = (
    "Bowman. A large annotated corpus for inference. EMNLP, 2015.",
    "Pennington. Global vectors for word representation. EMNLP, 2014.",
    "Peters. Deep contextualized word representations. NAACL, 2018.",
)


def entries(works: tuple[str, ...]) -> str:
    return "\n\n".join(f"\\[{number}\\] {work}" for number, work in enumerate(works, start=1))


def paper(*parts: str) -> str:
    head = (
        '#set page(paper: "us-letter", margin: 2cm)\n#set text(size: 10pt)\n#set heading(numbering: none)\n'
    )
    return head + "#align(center)[#text(16pt)[*On the reading of lists*]]\n\n" + "\n\n".join(parts)


def cited(document: Document) -> dict[str, list[str]]:
    """For each citation as printed, in text order, the first words of the entries that it leads to."""
    first = {
        r.id: document.text[r.span.start : r.span.end].split("]")[1].split(".")[0].strip()
        for r in document.references
    }
    found: dict[str, list[str]] = {}
    for callout in document.callouts:
        words = document.text[max(0, callout.span.start - 12) : callout.span.end]
        found.setdefault(" ".join(words.split()), []).append(first[callout.reference_id])
    return found


def test_a_supplement_cites_from_its_own_list(tmp_path: Path) -> None:
    document = read_typeset(
        paper(
            "= Introduction",
            PROSE * 3 + "We rely on subwords \\[2\\]. " + PROSE * 2,
            "= References",
            entries(MAIN),
            "= Supplementary details",
            PROSE * 3 + "We rely on vectors \\[2\\]. " + PROSE * 2,
            "= References",
            entries(SUPPLEMENT),
        ),
        tmp_path,
    )
    assert len(document.references) == 6
    assert cited(document) == {"on subwords [2]": ["Sennrich"], "on vectors [2]": ["Pennington"]}


def test_an_appendix_without_a_list_cites_from_the_only_one(tmp_path: Path) -> None:
    document = read_typeset(
        paper(
            "= Introduction",
            PROSE * 3 + "We rely on subwords \\[2\\]. " + PROSE * 2,
            "= References",
            entries(MAIN),
            "= Appendix A",
            PROSE * 3 + "We rely on attention \\[3\\], and on nothing \\[9\\]. " + PROSE * 2,
        ),
        tmp_path,
    )
    assert cited(document) == {"on subwords [2]": ["Sennrich"], "n attention [3]": ["Vaswani"]}
    assert [document.text[span.start : span.end] for span in unresolved_places(document)] == ["[9]"]


def test_a_number_that_two_entries_bear_leads_nowhere(tmp_path: Path) -> None:
    doubled = "\n\n".join(
        ("\\[1\\] " + MAIN[0], "\\[2\\] " + MAIN[1], "\\[2\\] " + MAIN[2], "\\[3\\] " + SUPPLEMENT[0])
    )
    document = read_typeset(
        paper(
            "= Introduction",
            PROSE * 3 + "We rely on subwords \\[2\\] and sampling \\[1\\]. " + PROSE * 2,
            "= References",
            doubled,
        ),
        tmp_path,
    )
    assert all("[2]" not in words for words in cited(document))


def test_a_paper_without_a_bibliography_cites_nothing(tmp_path: Path) -> None:
    document = read_typeset(
        paper("= Introduction", PROSE * 3 + "We rely on subwords \\[2\\], as Kudo (2018) did. " + PROSE * 2),
        tmp_path,
    )
    assert (document.references, document.callouts) == ((), ())
    assert unresolved_places(document)


def test_four_hundred_entries_are_told_apart(tmp_path: Path) -> None:
    works = tuple(
        f"Author{chr(65 + n % 26)}. The {n}th study of long lists. Journal of Lists, {1990 + n % 30}."
        for n in range(1, 401)
    )
    document = read_typeset(
        paper(
            "= Introduction",
            PROSE * 3 + "We rely on one \\[7\\] and on another \\[399\\]. " + PROSE * 2,
            "= References",
            entries(works),
        ),
        tmp_path,
    )
    numbers = {reference.id: reference.number for reference in document.references}
    assert [numbers[callout.reference_id] for callout in document.callouts] == [7, 399]
    assert len(document.references) == pytest.approx(400, abs=4)
