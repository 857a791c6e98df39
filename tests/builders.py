"""Small records for tests: name what a case is about, and the rest is filled in."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from records import (
    Agent,
    Box,
    Document,
    Entity,
    EntityType,
    Evidence,
    EvidenceKind,
    ExtractionJob,
    Fact,
    JobOutput,
    Link,
    LinkStatus,
    Page,
    PageSource,
    Paper,
    PaperStatus,
    PipelineVersion,
    Polarity,
    Predicate,
    ReportedResult,
    Result,
    Span,
    paper_id,
)

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def document(name: str = "a.pdf", *, text: str = "Some text.", title: str = "", pages: int = 1) -> Document:
    """A document whose id comes from its name; all its text stands on the first page."""
    return Document(
        id=hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest(),
        name=name,
        text=text,
        title=title,
        authors=(),
        year=None,
        doi=None,
        arxiv_id=None,
        pages=tuple(
            Page(
                number=number,
                width=595.0,
                height=842.0,
                span=Span(start=0, end=len(text) if number == 1 else 0),
                source=PageSource.TEXT_LAYER,
            )
            for number in range(1, pages + 1)
        ),
        lines=(),
        sections=(),
        references=(),
        callouts=(),
        warnings=(),
    )


def paper(
    title: str = "A paper about something",
    *,
    authors: Sequence[str] = (),
    year: int | None = None,
    doi: str | None = None,
    status: PaperStatus = PaperStatus.INGESTED,
    id: str | None = None,  # noqa: A002 - the record's own word
) -> Paper:
    """A paper; its id comes from its title."""
    first_author = authors[0] if authors else ""
    return Paper(
        id=id or paper_id(title=title, first_author=first_author, doi=doi, otherwise="nothing"),
        title=title,
        authors=tuple(authors),
        year=year,
        doi=doi,
        arxiv_id=None,
        status=status,
    )


def cited(title: str, *, authors: Sequence[str] = (), year: int | None = None) -> Paper:
    """A paper that others only cite."""
    return paper(title, authors=authors, year=year, status=PaperStatus.CITED)


def entity(
    name: str,
    type: EntityType = EntityType.METHOD,  # noqa: A002 - the record's own word
    *,
    aliases: Sequence[str] = (),
    vocabulary: str = "methods",
) -> Entity:
    """An entity; its id is made from its type and name."""
    slug = "-".join(name.casefold().split())
    return Entity(
        id=f"{type.id_prefix}:{slug}", name=name, type=type, aliases=tuple(aliases), vocabulary=vocabulary
    )


def link(to: Entity, *, surface: str = "") -> Link:
    """An exact link to an entity."""
    return Link(
        surface=surface or to.name,
        type=to.type,
        entity=to,
        status=LinkStatus.EXACT,
        score=1.0,
        reasons=("The surface form is the name, character for character.",),
    )


def evidence(
    subject: Paper,
    predicate: Predicate,
    to: Entity,
    *,
    document: Document,
    confidence: float = 0.8,
    polarity: Polarity = Polarity.AFFIRMED,
    quote: str = "We propose it.",
    start: int = 0,
    kind: EvidenceKind = EvidenceKind.OWN_CLAIM,
) -> Evidence:
    """A quote for, or by its polarity against, a fact."""
    return Evidence(
        fact=Fact(subject_id=subject.id, predicate=predicate, object_id=to.id),
        document_id=document.id,
        span=Span(start=start, end=start + len(quote)),
        quote=quote,
        pages=(2, 3),
        boxes=(Box(x0=1.0, y0=2.0, x1=3.0, y1=4.0), Box(x0=5.5, y0=6.0, x1=7.0, y1=8.0)),
        section="introduction",
        kind=kind,
        polarity=polarity,
        confidence=confidence,
        component="cue_rules",
        link=link(to),
    )


def reported(
    subject: Paper,
    value: float,
    of: tuple[Entity, Entity, Entity],
    *,
    document: Document,
    confidence: float = 0.8,
    start: int = 0,
    setting: str = "",
    best: bool = False,
    copied: bool = False,
) -> Evidence:
    """A row of a table that reports what a method reached on a data set by a metric."""
    method, dataset, metric = of
    result = Result(
        method_id=method.id, dataset_id=dataset.id, metric_id=metric.id, value=value, written=f"{value}*"
    )
    row = evidence(subject, Predicate.REPORTS, method, document=document, confidence=confidence, start=start)
    return replace(
        row,
        fact=Fact(subject_id=subject.id, predicate=Predicate.REPORTS, object_id=result.id),
        kind=EvidenceKind.TABLE,
        reported=ReportedResult(
            result=result,
            dataset=link(dataset),
            metric=link(metric),
            setting=setting,
            best=best,
            copied=copied,
        ),
    )


def pipeline_version(code_version: str = "1") -> PipelineVersion:
    """A pipeline version with one model, two vocabularies and a parameter."""
    return PipelineVersion(
        code_version=code_version,
        models=(("tagger", "a" * 64),),
        vocabularies=(("datasets", "b" * 64), ("methods", "c" * 64)),
        parameters=(("ocr_dpi", "300"),),
    )


def quoting(document: Document, evidence: Iterable[Evidence]) -> Document:
    """The document with the quotes in its text, where they stand."""
    text = list(document.text)
    for one in evidence:
        text += " " * (one.span.end - len(text))
        text[one.span.start : one.span.end] = one.quote
    return replace(document, text="".join(text))


def job_output(
    document: Document,
    paper: Paper,
    *,
    evidence: Sequence[Evidence] = (),
    cited: Sequence[Paper] = (),
    entities: Iterable[Entity] = (),
    code_version: str = "1",
    minute: int = 0,
) -> JobOutput:
    """What one job found, started `minute` minutes after LONG_AGO; its entities are those of the evidence."""
    version = pipeline_version(code_version)
    started_at = LONG_AGO + timedelta(minutes=minute)
    linked = {each.entity.id: each.entity for one in evidence for each in one.links}
    linked.update({one.id: one for one in entities})
    return JobOutput(
        job=ExtractionJob(
            document_id=document.id,
            pipeline_version_id=version.id,
            started_at=started_at,
            ended_at=started_at + timedelta(seconds=2),
            flow_run_id="",
            flow_run_url="",
            mention_count=len(evidence),
        ),
        pipeline_version=version,
        agent=Agent(name="ada"),
        document=quoting(document, evidence),
        paper=paper,
        cited=tuple(cited),
        entities=tuple(linked.values()),
        evidence=tuple(evidence),
    )
