"""Facts: relations whose ends have become papers and canonical entities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from canonicalize.linking import Linker
from canonicalize.papers import paper_of_document, paper_of_reference
from canonicalize.quotes import Places
from records import (
    Agent,
    Annotations,
    Document,
    Evidence,
    ExtractionJob,
    Fact,
    JobOutput,
    Link,
    LinkStatus,
    Paper,
    PipelineVersion,
    Polarity,
    Predicate,
    Relation,
)

LEAST_CONFIDENCE = 0.25
_OF_OTHERS = frozenset({Predicate.USES, Predicate.COMPARES_AGAINST})


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStamp:
    """What a job says of itself: the pipeline version, who is answerable, and since when (aware UTC)."""

    pipeline_version: PipelineVersion
    agent: Agent
    started_at: datetime
    flow_run_id: str = ""
    flow_run_url: str = ""


def job_output(document: Document, annotations: Annotations, linker: Linker, *, stamp: JobStamp) -> JobOutput:
    """All that the annotated document adds to the graph.

    Relations whose object has a type outside the predicate's range, that are too uncertain to keep, or in
    which a paper would use or compare against what it introduces itself, are dropped and counted.
    """
    paper = paper_of_document(document)
    cited = {reference.id: paper_of_reference(reference, document) for reference in document.references}
    evidence = _evidence(document, annotations.relations, linker, papers=_Papers(own=paper, cited=cited))
    kept = tuple(_without_own_inventions(evidence, paper))
    return JobOutput(
        job=ExtractionJob(
            document_id=document.id,
            pipeline_version_id=stamp.pipeline_version.id,
            started_at=stamp.started_at,
            ended_at=datetime.now(tz=UTC),
            flow_run_id=stamp.flow_run_id,
            flow_run_url=stamp.flow_run_url,
            mention_count=len(annotations.mentions),
            dropped_count=len(annotations.relations) - len(kept),
        ),
        pipeline_version=stamp.pipeline_version,
        agent=stamp.agent,
        document=document,
        paper=paper,
        cited=tuple({work.id: work for work in cited.values() if work.id != paper.id}.values()),
        entities=tuple({item.link.entity.id: item.link.entity for item in kept}.values()),
        evidence=kept,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Papers:
    own: Paper
    cited: dict[str, Paper]

    def subject_of(self, relation: Relation) -> Paper:
        return self.cited[relation.cited_reference_id] if relation.cited_reference_id else self.own


def _evidence(
    document: Document, relations: Sequence[Relation], linker: Linker, *, papers: _Papers
) -> list[Evidence]:
    """The evidence in text order, the surest where one quote speaks twice for a fact."""
    places = Places(document)
    best: dict[str, Evidence] = {}
    for relation in relations:
        if relation.object.type not in relation.predicate.range:
            continue
        mention = relation.object
        link = linker.link(mention.surface, mention.type, expansion=mention.expansion)
        item = _one(document, relation, link, papers.subject_of(relation).id, places)
        if item.confidence >= LEAST_CONFIDENCE and _outdoes(item, best.get(item.id)):
            best[item.id] = item
    return sorted(best.values(), key=lambda item: (item.span, item.id))


def _outdoes(item: Evidence, other: Evidence | None) -> bool:
    return other is None or item.confidence > other.confidence


def _one(document: Document, relation: Relation, link: Link, subject_id: str, places: Places) -> Evidence:
    span = relation.sentence
    pages, boxes = places.lines_of(span)
    certainty = link.score if link.status is LinkStatus.SCORED else 1.0
    return Evidence(
        fact=Fact(subject_id=subject_id, predicate=relation.predicate, object_id=link.entity.id),
        document_id=document.id,
        span=span,
        quote=document.text[span.start : span.end],
        pages=pages,
        boxes=boxes,
        section=places.section_name(span),
        kind=relation.kind,
        polarity=relation.polarity,
        confidence=round(relation.confidence * certainty, 4),
        component=relation.component,
        link=link,
    )


def _without_own_inventions(evidence: Sequence[Evidence], paper: Paper) -> Iterator[Evidence]:
    """Leaves out that a paper uses, or is compared against, what it introduces itself."""
    own = {
        item.fact.object_id
        for item in evidence
        if item.fact.predicate is Predicate.INTRODUCES
        and item.fact.subject_id == paper.id
        and item.polarity is Polarity.AFFIRMED
    }
    for item in evidence:
        if not (item.fact.predicate in _OF_OTHERS and item.fact.object_id in own):
            yield item
