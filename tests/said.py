"""Relations as sentences of written documents say them, and what jobs over them need."""

from datetime import UTC, datetime

from canonicalize import JobStamp
from records import (
    Agent,
    Document,
    Entity,
    EntityType,
    EvidenceKind,
    Mention,
    PipelineVersion,
    Polarity,
    Predicate,
    Relation,
    Span,
)

BERT = Entity(id="method:bert", name="BERT", type=EntityType.METHOD, aliases=(), vocabulary="methods")
STAMP = JobStamp(
    pipeline_version=PipelineVersion(code_version="1", models=(), vocabularies=(), parameters=()),
    agent=Agent(name="tester"),
    started_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def said(
    document: Document,
    surface: str,
    predicate: Predicate,
    *,
    entity_type: EntityType = EntityType.METHOD,
    cited: str | None = None,
    confidence: float = 0.8,
    polarity: Polarity = Polarity.AFFIRMED,
) -> Relation:
    start = document.text.index(surface)
    sentence_start = document.text.rfind("\n\n", 0, start) + 2 if "\n\n" in document.text[:start] else 0
    sentence_end = document.text.index(".", start) + 1
    return Relation(
        predicate=predicate,
        object=Mention(
            span=Span(start=start, end=start + len(surface)),
            type=entity_type,
            surface=surface,
            expansion="",
            confidence=1.0,
            component="test",
        ),
        cited_reference_id=cited,
        sentence=Span(start=sentence_start, end=sentence_end),
        kind=EvidenceKind.CITING_SENTENCE if cited else EvidenceKind.OWN_CLAIM,
        polarity=polarity,
        confidence=confidence,
        component="test",
    )
