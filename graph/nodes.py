"""Records as rows: the id and the properties of each node that a job writes."""

from typing import TypeAlias

from graph.bibliography import Description
from graph.terms import Term
from records import Agent, Document, Evidence, ExtractionJob, PageSource, PaperStatus, PipelineVersion, Result

Row: TypeAlias = dict[str, object]


def node(node_id: str, **properties: object) -> Row:
    """The row of one node; a property that is None is not stored."""
    return {"id": node_id, "props": properties}


def pipeline_version_node(version: PipelineVersion) -> Row:
    """Pairs become parallel lists, for stores hold no maps."""
    return node(
        version.id,
        code_version=version.code_version,
        model_names=[name for name, _ in version.models],
        model_hashes=[sha256 for _, sha256 in version.models],
        vocabulary_names=[name for name, _ in version.vocabularies],
        vocabulary_hashes=[sha256 for _, sha256 in version.vocabularies],
        parameter_names=[name for name, _ in version.parameters],
        parameter_values=[value for _, value in version.parameters],
    )


def agent_node(agent: Agent) -> Row:
    """An agent's name is `operator` in the graph, where `name` belongs to entities."""
    return node(agent.id, operator=agent.name)


def job_node(job: ExtractionJob) -> Row:
    """A job with its times and counts."""
    return node(
        job.id,
        started_at=job.started_at,
        ended_at=job.ended_at,
        flow_run_id=job.flow_run_id,
        flow_run_url=job.flow_run_url,
        mention_count=job.mention_count,
        dropped_count=sum(count for _, count in job.dropped),
        dropped_reasons=[reason for reason, _ in job.dropped],
        dropped_counts=[count for _, count in job.dropped],
    )


def document_node(document: Document, stated: Description, *, current_job: str) -> Row:
    """A document as its current job read it, with what it states about its own paper."""
    return node(
        document.id,
        file_name=document.name,
        page_count=len(document.pages),
        ocr_page_count=sum(page.source is PageSource.OCR for page in document.pages),
        warnings=list(document.warnings),
        current_job=current_job,
        **_described("stated_", stated),
    )


def paper_node(paper_id: str, shown: Description, status: PaperStatus, *, noted: Description) -> Row:
    """A paper as it is shown, and what all that mention it note of it."""
    return node(paper_id, status=status.value, **_described("", shown), **_described("noted_", noted))


def entity_node(term: Term) -> Row:
    """An entity; `as_of` tells how old the vocabulary's account of it is."""
    return node(
        term.id, name=term.name, aliases=list(term.aliases), vocabulary=term.vocabulary, as_of=term.as_of
    )


def evidence_node(evidence: Evidence, *, job: str) -> Row:
    """A quote as `job` read it; `boxes` are flat, four numbers (x0, y0, x1, y1) for each of `pages`.

    The span's properties are not called `start` and `end`: END is a keyword of Cypher.
    """
    return node(
        evidence.id,
        job=job,
        quote=evidence.quote,
        pages=list(evidence.pages),
        boxes=[float(side) for box in evidence.boxes for side in (box.x0, box.y0, box.x1, box.y1)],
        span_start=evidence.span.start,
        span_end=evidence.span.end,
        section=evidence.section,
        kind=evidence.kind.value,
        polarity=evidence.polarity.value,
        confidence=float(evidence.confidence),
        component=evidence.component,
        surface=evidence.link.surface,
        link_status=evidence.link.status.value,
        link_score=float(evidence.link.score),
        link_reasons=list(evidence.link.reasons),
        reasons=list(evidence.reasons),
        applied_to=evidence.applied_to or None,
        setting=(evidence.reported.setting or None) if evidence.reported else None,
        best=evidence.reported.best if evidence.reported else None,
        copied=evidence.reported.copied if evidence.reported else None,
    )


def result_node(result: Result) -> Row:
    """A result; what it is of are edges."""
    return node(result.id, value=float(result.value), written=result.written)


def _described(prefix: str, description: Description) -> Row:
    return {
        f"{prefix}title": description.title or None,
        f"{prefix}authors": list(description.authors) or None,
        f"{prefix}year": description.year,
        f"{prefix}doi": description.doi or None,
        f"{prefix}arxiv_id": description.arxiv_id or None,
    }
