"""Facts: relations whose ends have become papers and canonical entities."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from canonicalize.citation_places import unresolved_places
from canonicalize.claim_features import ClaimFeatures
from canonicalize.claims import Claims
from canonicalize.evidence import NO_ENTRY, WRONG_TYPE, Dropped, WeighedClaims, evidence_of
from canonicalize.linking import Linker
from canonicalize.papers import cited_papers, paper_of_document
from canonicalize.table_results import reported_evidence
from canonicalize.weighing import Weigher
from records import Agent, Annotations, Document, ExtractionJob, JobOutput, PipelineVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStamp:
    """What a job says of itself: the pipeline version, who is answerable, and since when (aware UTC)."""

    pipeline_version: PipelineVersion
    agent: Agent
    started_at: datetime
    flow_run_id: str = ""
    flow_run_url: str = ""


def job_output(
    document: Document,
    annotations: Annotations,
    linker: Linker,
    *,
    stamp: JobStamp,
    weigher: Weigher | None = None,
) -> JobOutput:
    """All that the annotated document adds to the graph.

    What is left out is counted, by reason: objects of a type outside the predicate's range, claims too
    uncertain to keep, quotes that are not found again, that a paper would use or compare against what it
    introduces itself, and citations that lead to no entry of the bibliography. Without a weigher only what
    rules have decided on is considered, as sure as they are.
    """
    paper = paper_of_document(document)
    cited = cited_papers(document)
    claims = Claims(annotations, linker, own=paper, cited=cited)
    weighed = WeighedClaims(
        claims=claims,
        features=ClaimFeatures(document, annotations, linker, claims) if weigher else None,
        weigher=weigher,
    )
    dropped = Counter({WRONG_TYPE: claims.wrong_types, NO_ENTRY: len(unresolved_places(document))})
    reported = tuple(reported_evidence(document, annotations, linker, own=paper))
    evidence = evidence_of(document, weighed, own=paper, dropped=dropped, reported=reported)
    return JobOutput(
        job=_job(document, annotations, stamp, dropped),
        pipeline_version=stamp.pipeline_version,
        agent=stamp.agent,
        document=document,
        paper=paper,
        cited=tuple({work.id: work for _, work in cited.values() if work.id != paper.id}.values()),
        entities=tuple({link.entity.id: link.entity for item in evidence for link in item.links}.values()),
        evidence=evidence,
    )


def _job(document: Document, annotations: Annotations, stamp: JobStamp, dropped: Dropped) -> ExtractionJob:
    return ExtractionJob(
        document_id=document.id,
        pipeline_version_id=stamp.pipeline_version.id,
        started_at=stamp.started_at,
        ended_at=datetime.now(tz=UTC),
        flow_run_id=stamp.flow_run_id,
        flow_run_url=stamp.flow_run_url,
        mention_count=len(annotations.mentions),
        dropped=tuple(sorted((reason, count) for reason, count in dropped.items() if count)),
    )
