"""Ids: the same for the same thing said differently, different for different things."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from written import written

from records import (
    Document,
    ExtractionJob,
    Fact,
    PipelineVersion,
    Predicate,
    Span,
    content_id,
    paper_id,
)
from records.papers import surname_of


@given(st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_different_parts_give_different_ids(first: list[str], second: list[str]) -> None:
    assert (content_id(*first) == content_id(*second)) == (first == second)


@pytest.mark.parametrize(
    ("title", "author", "same"),
    [
        ("Neural Machine Translation of Rare Words with Subword Units", "Rico Sennrich", True),
        ("Neural machine translation of rare words with sub-word units.", "R. Sennrich", True),
        ("Neural machine translation of rare words with subword units", "", True),  # telling by itself
        ("Neural machine translation of rare words", "Rico Sennrich", False),
    ],
)
def test_a_work_has_one_id_however_it_is_cited(title: str, author: str, same: bool) -> None:
    known = paper_id(
        title="Neural machine translation of rare words with subword units",
        first_author="Sennrich, Rico",
        otherwise="",
    )
    assert (paper_id(title=title, first_author=author, otherwise="") == known) is same


def test_short_titles_take_the_first_author_along() -> None:
    book = paper_id(title="Deep learning", first_author="Ian Goodfellow", otherwise="")
    article = paper_id(title="Deep Learning", first_author="Yann LeCun", otherwise="")
    assert book != article
    assert article == paper_id(title="Deep learning.", first_author="LeCun, Y.", otherwise="")


def test_without_a_title_the_doi_or_arxiv_id_decides() -> None:
    by_doi = paper_id(title="", first_author="", doi="10.1/AB", arxiv_id="1706.03762", otherwise="x")
    assert by_doi == paper_id(title="", first_author="", doi="10.1/ab", otherwise="y")
    by_arxiv = paper_id(title="", first_author="", arxiv_id="1706.03762", otherwise="x")
    assert by_arxiv == paper_id(title="", first_author="", arxiv_id="1706.03762", otherwise="y")
    assert by_arxiv != paper_id(title="", first_author="", otherwise="x")


@pytest.mark.parametrize(
    ("author", "surname"),
    [("Rico Sennrich", "sennrich"), ("Sennrich, R.", "sennrich"), ("Jürgen Müller", "muller"), ("", "")],
)
def test_the_surname_is_found_in_both_orders(author: str, surname: str) -> None:
    assert surname_of(author) == surname


def test_the_times_of_a_job_are_no_part_of_its_identity() -> None:
    job = ExtractionJob(
        document_id="d",
        pipeline_version_id="p",
        started_at=datetime(2026, 1, 1, tzinfo=UTC),
        ended_at=datetime(2026, 1, 2, tzinfo=UTC),
        flow_run_id="",
        flow_run_url="",
        mention_count=1,
    )
    assert replace(job, ended_at=datetime(2027, 1, 1, tzinfo=UTC), flow_run_id="x").id == job.id
    assert replace(job, pipeline_version_id="q").id != job.id


@pytest.mark.parametrize("changed", ["code_version", "models", "vocabularies", "parameters"])
def test_every_part_of_a_pipeline_version_is_part_of_its_identity(changed: str) -> None:
    version = PipelineVersion(code_version="1", models=(), vocabularies=(), parameters=())
    other = "2" if changed == "code_version" else (("name", "value"),)
    assert replace(version, **{changed: other}).id != version.id  # type: ignore[arg-type]


def test_a_fact_is_its_subject_predicate_and_object() -> None:
    fact = Fact(subject_id="p", predicate=Predicate.USES, object_id="m")
    assert fact.id == Fact(subject_id="p", predicate=Predicate.USES, object_id="m").id
    assert fact.id != replace(fact, predicate=Predicate.COMPARES_AGAINST).id


def test_documents_survive_json() -> None:
    document = written("We use BPE {a|(Sennrich et al., 2016)}.", title="A title", cited={"a": "Rare words"})
    adapter = TypeAdapter(Document)
    assert adapter.validate_json(adapter.dump_json(document)) == document


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_a_span_contains_another_where_it_has_all_its_positions(a: int, b: int, c: int, d: int) -> None:
    first, second = Span(start=min(a, b), end=max(a, b)), Span(start=min(c, d), end=max(c, d))
    shared = set(range(first.start, first.end)) & set(range(second.start, second.end))
    if len(first) and len(second):
        assert first.contains(second) == (shared == set(range(second.start, second.end)))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_impossible_spans_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start=start, end=end)
