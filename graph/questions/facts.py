"""Where a fact comes from: every quote, and the job that read it."""

import re
from collections import defaultdict
from datetime import datetime
from typing import Final, cast

from graph.answers import DocumentSummary, EntitySummary, EvidenceAnswer, FactAnswer, JobAnswer, ResultSummary
from graph.questions.columns import (
    ENTITY_COLUMNS,
    PAPER_COLUMNS,
    QUOTE_COLUMNS,
    Columns,
    count,
    entity_summary,
    number,
    numbers,
    pages,
    paper_summary,
    surest_first,
    text,
    texts,
)
from graph.questions.results import result_summary
from graph.schema import RESULT, STANCES
from graph.store import GraphReader
from records import EvidenceKind, LinkStatus, Polarity, Predicate, RejectedInputError

FACT_ID: Final = re.compile(r"[0-9a-f]{6,32}")
LISTED: Final = 5

FACTS_BY_ID: Final = f"""
MATCH (f:Fact) WHERE f.id STARTS WITH $prefix
MATCH (f)-[:SUBJECT]->(p:Paper)
MATCH (f)-[:OBJECT]->(o)
RETURN f.id AS fact, f.predicate AS predicate, f.belief AS belief,
       {ENTITY_COLUMNS},
       {PAPER_COLUMNS}
ORDER BY fact
"""
EVIDENCE_OF_FACT: Final = f"""
MATCH (f:Fact {{id: $fact}})<-[:{"|".join(STANCES.values())}]-(e:Evidence)
MATCH (e)-[:WAS_QUOTED_FROM]->(d:Document)
MATCH (j:ExtractionJob {{id: e.job}})-[:HAD_PLAN]->(v:PipelineVersion)
MATCH (j)-[:WAS_ASSOCIATED_WITH]->(a:Agent)
RETURN e.id AS evidence, {QUOTE_COLUMNS},
       e.boxes AS boxes, e.component AS component, e.surface AS surface, e.link_status AS link_status,
       e.link_score AS link_score, e.link_reasons AS link_reasons, e.reasons AS reasons,
       e.applied_to AS applied_to, e.setting AS setting,
       e.job = d.current_job AS live,
       d.file_name AS file_name, d.page_count AS page_count, d.current_job AS current_job,
       j.started_at AS started_at, j.ended_at AS ended_at, j.flow_run_id AS flow_run_id,
       j.flow_run_url AS flow_run_url, a.operator AS operator, v.code_version AS code_version,
       v.model_names AS model_names, v.model_hashes AS model_hashes,
       v.vocabulary_names AS vocabulary_names, v.vocabulary_hashes AS vocabulary_hashes,
       v.parameter_names AS parameter_names, v.parameter_values AS parameter_values
"""
INVALIDATIONS_OF_FACT: Final = f"""
MATCH (f:Fact {{id: $fact}})<-[:{"|".join(STANCES.values())}]-(e:Evidence)
MATCH (e)-[:WAS_INVALIDATED_BY]->(j:ExtractionJob)
RETURN e.id AS evidence, j.id AS job
ORDER BY job
"""


def fact_provenance(store: GraphReader, fact_id: str) -> FactAnswer:
    """The fact with every quote for, against or merely about it, those that count first.

    The id may be shortened to its first digits, from 6 on. Raises RejectedInputError for one that is no
    such id, that no fact has, or that several facts share.
    """
    row = _only_fact(store, fact_id)
    fact = {"fact": text(row, "fact")}
    invalidated: dict[str, list[str]] = defaultdict(list)
    for pair in store.read(INVALIDATIONS_OF_FACT, fact):
        invalidated[text(pair, "evidence")].append(text(pair, "job"))
    evidence = sorted(store.read(EVIDENCE_OF_FACT, fact), key=_live_first)
    return FactAnswer(
        id=text(row, "fact"),
        subject=paper_summary(row),
        predicate=Predicate(text(row, "predicate")),
        object=_object(store, row),
        belief=number(row, "belief"),
        evidence=tuple(_evidence(one, invalidated[text(one, "evidence")]) for one in evidence),
    )


def _object(store: GraphReader, row: Columns) -> EntitySummary | ResultSummary:
    if text(row, "entity_type") == RESULT:
        return result_summary(store, text(row, "entity"))
    return entity_summary(row)


def _only_fact(store: GraphReader, fact_id: str) -> Columns:
    prefix = fact_id.strip().lower()
    if not FACT_ID.fullmatch(prefix):
        raise RejectedInputError(f"{fact_id!r} is no fact id: give at least its first 6 hex digits")
    found = store.read(FACTS_BY_ID, {"prefix": prefix})
    if not found:
        raise RejectedInputError(f"there is no fact {prefix} in the graph")
    if len(found) > 1:
        listed = "; ".join(
            f"{text(row, 'fact')} ({text(row, 'title')} {text(row, 'predicate')} {text(row, 'name')})"
            for row in found[:LISTED]
        )
        more = f"; and {len(found) - LISTED} more" if len(found) > LISTED else ""
        raise RejectedInputError(f"{len(found)} facts start with {prefix}: {listed}{more}")
    return found[0]


def _live_first(row: Columns) -> tuple[bool, bool, float, str, int]:
    affirmed = text(row, "polarity") == Polarity.AFFIRMED
    return not row["live"], not affirmed, *surest_first(row)


def _evidence(row: Columns, invalidated_by: list[str]) -> EvidenceAnswer:
    return EvidenceAnswer(
        id=text(row, "evidence"),
        quote=text(row, "quote"),
        pages=pages(row),
        boxes=_boxes(numbers(row, "boxes")),
        section=text(row, "section"),
        kind=EvidenceKind(text(row, "kind")),
        polarity=Polarity(text(row, "polarity")),
        confidence=number(row, "confidence"),
        component=text(row, "component"),
        surface=text(row, "surface"),
        link_status=LinkStatus(text(row, "link_status")),
        link_score=number(row, "link_score"),
        link_reasons=texts(row, "link_reasons"),
        reasons=texts(row, "reasons"),
        applied_to=text(row, "applied_to"),
        setting=text(row, "setting"),
        live=bool(row["live"]),
        invalidated_by=tuple(invalidated_by),
        document=DocumentSummary(
            id=text(row, "document"),
            name=text(row, "file_name"),
            page_count=count(row, "page_count"),
            job=text(row, "current_job"),
        ),
        job=_job(row),
    )


def _job(row: Columns) -> JobAnswer:
    return JobAnswer(
        id=text(row, "job"),
        started_at=cast("datetime", row["started_at"]),
        ended_at=cast("datetime", row["ended_at"]),
        operator=text(row, "operator"),
        flow_run_id=text(row, "flow_run_id"),
        flow_run_url=text(row, "flow_run_url"),
        code_version=text(row, "code_version"),
        models=_pairs(row, "model_names", "model_hashes"),
        vocabularies=_pairs(row, "vocabulary_names", "vocabulary_hashes"),
        parameters=_pairs(row, "parameter_names", "parameter_values"),
    )


def _pairs(row: Columns, names: str, values: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(texts(row, names), texts(row, values), strict=True))


def _boxes(sides: tuple[float, ...]) -> tuple[tuple[float, float, float, float], ...]:
    edges = [iter(sides)] * 4
    return tuple(zip(*edges, strict=True))
