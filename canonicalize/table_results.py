"""Results of tables as evidence that their paper reports them."""

from collections.abc import Iterator

from canonicalize.linking import Linker
from canonicalize.quotes import Places
from records import (
    Annotations,
    Document,
    Evidence,
    EvidenceKind,
    Fact,
    Link,
    Mention,
    Paper,
    Polarity,
    Predicate,
    ReportedResult,
    Result,
    TableResult,
)


def reported_evidence(
    document: Document, annotations: Annotations, linker: Linker, *, own: Paper
) -> Iterator[Evidence]:
    """Yields the evidence that the paper reports the results in its tables, in text order."""
    places = Places(document)
    for found in annotations.results:
        yield _evidence(document, found, linker, places, own)


def _evidence(document: Document, found: TableResult, linker: Linker, places: Places, own: Paper) -> Evidence:
    def link(mention: Mention) -> Link:
        return linker.link(mention.surface, mention.type, expansion=mention.expansion)

    method, dataset, metric = link(found.method), link(found.dataset), link(found.metric)
    result = Result(
        method_id=method.entity.id,
        dataset_id=dataset.entity.id,
        metric_id=metric.entity.id,
        value=found.value,
        written=document.text[found.figure.start : found.figure.end],
    )
    pages, boxes = places.lines_of(found.sentence)
    return Evidence(
        fact=Fact(subject_id=own.id, predicate=Predicate.REPORTS, object_id=result.id),
        document_id=document.id,
        span=found.sentence,
        quote=document.text[found.sentence.start : found.sentence.end],
        pages=pages,
        boxes=boxes,
        section=places.section_name(found.sentence),
        kind=EvidenceKind.TABLE,
        polarity=Polarity.AFFIRMED,
        confidence=found.confidence,
        component=found.component,
        link=method,
        reasons=tuple(f"+ {signal}" for signal in found.signals),
        reported=ReportedResult(
            result=result,
            dataset=dataset,
            metric=metric,
            setting=found.setting,
            best=found.best,
            copied=found.copied,
        ),
    )
