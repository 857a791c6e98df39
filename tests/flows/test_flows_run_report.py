"""The report of a run shows what papers say as text, whatever they say."""

import pytest
from builders import document, entity, evidence, job_output, paper
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from flows.orchestration.run_report import FACTS_SHOWN, as_markdown_text, found_facts, markdown_of
from records import Polarity, Predicate

MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": False})
OWN = paper("A paper about things", authors=["A. Author"])
PDF = document("things.pdf")


def tags(markdown: str) -> set[str]:
    inline = (child for token in MARKDOWN.parse(markdown) for child in [token, *(token.children or [])])
    return {token.tag or token.type for token in inline} - {"text"}


@pytest.mark.parametrize(
    "hostile",
    [
        "![x](http://127.0.0.1/pixel)",
        "[click](javascript:alert(1))",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "http://127.0.0.1/ www.example.org someone@example.org",
        "# heading\n\n- list\n\n```code```",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "&lt;b&gt; \\*bold\\* \ud800",
    ],
)
def test_hostile_text_is_shown_and_means_nothing(hostile: str) -> None:
    assert tags(as_markdown_text(hostile)) <= {"p", "inline"}


@given(st.text())
def test_any_text_is_one_paragraph_at_most(text: str) -> None:
    assert tags(f"x{as_markdown_text(text)}") == {"p", "inline"}


def test_facts_come_surest_first_and_denied_ones_not_at_all() -> None:
    things = [entity(f"thing {number}") for number in range(FACTS_SHOWN + 3)]
    quotes = [
        evidence(OWN, Predicate.USES, thing, document=PDF, start=100 * number, confidence=number / 100)
        for number, thing in enumerate(things)
    ]
    quotes.append(
        evidence(
            OWN, Predicate.USES, entity("denied"), document=PDF, confidence=1.0, polarity=Polarity.NEGATED
        )
    )
    found = found_facts(job_output(PDF, OWN, evidence=quotes))
    assert found.count == FACTS_SHOWN + 3
    report = markdown_of([found], [])
    assert report.index(f"thing {FACTS_SHOWN + 2} ") < report.index(f"thing {FACTS_SHOWN + 1} ")
    assert "3 of them not shown here" in report
    assert "denied" not in report
