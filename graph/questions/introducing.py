"""The papers behind entities, and the entities behind papers: INTRODUCES facts, each with its best quote."""

from collections.abc import Iterable, Sequence
from typing import Final

from graph.bridge_answers import IntroducingPaper, PaperRelation
from graph.questions.columns import (
    ENTITY_COLUMNS,
    PAPER_COLUMNS,
    QUOTE_COLUMNS,
    Columns,
    entity_summary,
    number,
    paper_summary,
    quote,
    surest_first,
    text,
)
from graph.schema import ENTITY_LABELS
from graph.store import GraphReader
from records import DEFAULT_THRESHOLDS, BeliefThresholds, Predicate

_FACT_COLUMNS: Final = f"""f.id AS fact, f.predicate AS predicate, f.belief AS belief,
       {ENTITY_COLUMNS},
       {PAPER_COLUMNS},
       {QUOTE_COLUMNS}"""
FACTS_ABOUT_ENTITIES: Final = {
    label: f"""
UNWIND $entities AS wanted
MATCH (o:{label} {{id: wanted}})<-[:OBJECT]-(f:Fact)-[:SUBJECT]->(p:Paper)
WHERE f.predicate IN $predicates AND f.belief > 0 AND f.belief >= $proposed
MATCH (f)<-[:SUPPORTS]-(e:Evidence)-[:WAS_QUOTED_FROM]->(d:Document)
WHERE e.job = d.current_job
RETURN {_FACT_COLUMNS}
"""
    for label in ENTITY_LABELS
}
FACTS_OF_PAPERS: Final = f"""
UNWIND $papers AS wanted
MATCH (p:Paper {{id: wanted}})<-[:SUBJECT]-(f:Fact)-[:OBJECT]->(o)
WHERE f.predicate IN $predicates AND f.belief > 0 AND f.belief >= $proposed
MATCH (f)<-[:SUPPORTS]-(e:Evidence)-[:WAS_QUOTED_FROM]->(d:Document)
WHERE e.job = d.current_job
RETURN {_FACT_COLUMNS}
"""


def facts_about(
    store: GraphReader,
    entities: Iterable[tuple[str, str]],
    predicates: Sequence[Predicate],
    thresholds: BeliefThresholds = DEFAULT_THRESHOLDS,
) -> tuple[PaperRelation, ...]:
    """What papers do with entities, given as (label, id): most believed first, each with its best quote.

    Doubted facts are left out.
    """
    by_label: dict[str, list[str]] = {}
    for label, entity_id in entities:
        by_label.setdefault(label, []).append(entity_id)
    rows: list[Columns] = []
    for label, ids in sorted(by_label.items()):
        wanted = {"entities": sorted(set(ids)), **_asked(predicates, thresholds)}
        rows.extend(store.read(FACTS_ABOUT_ENTITIES[label], wanted))
    return _relations(rows, thresholds)


def facts_of(
    store: GraphReader,
    papers: Iterable[str],
    predicates: Sequence[Predicate],
    thresholds: BeliefThresholds = DEFAULT_THRESHOLDS,
) -> tuple[PaperRelation, ...]:
    """What the papers do, most believed first, each with its best quote; doubted facts are left out."""
    wanted = {"papers": sorted(set(papers)), **_asked(predicates, thresholds)}
    return _relations(list(store.read(FACTS_OF_PAPERS, wanted)), thresholds)


def introducing(relations: Iterable[PaperRelation]) -> tuple[IntroducingPaper, ...]:
    """The introductions among the relations."""
    return tuple(
        IntroducingPaper(
            paper=one.paper,
            entity=one.entity,
            belief=one.belief,
            standing=one.standing,
            fact_id=one.fact_id,
            quote=one.quote,
        )
        for one in relations
        if one.predicate is Predicate.INTRODUCES
    )


def _asked(predicates: Sequence[Predicate], thresholds: BeliefThresholds) -> dict[str, object]:
    return {"predicates": [one.value for one in predicates], "proposed": thresholds.proposed}


def _relations(rows: list[Columns], thresholds: BeliefThresholds) -> tuple[PaperRelation, ...]:
    best: dict[str, Columns] = {}
    for row in sorted(rows, key=surest_first):
        best.setdefault(text(row, "fact"), row)
    return tuple(sorted((_relation(row, thresholds) for row in best.values()), key=_order))


def _relation(row: Columns, thresholds: BeliefThresholds) -> PaperRelation:
    belief = number(row, "belief")
    return PaperRelation(
        paper=paper_summary(row),
        predicate=Predicate(text(row, "predicate")),
        entity=entity_summary(row),
        belief=belief,
        standing=thresholds.standing(belief),
        fact_id=text(row, "fact"),
        quote=quote(row),
    )


def _order(one: PaperRelation) -> tuple[float, str, str, str]:
    return -one.belief, one.paper.title, one.entity.name, one.fact_id
