"""Methods in papers that nothing of ours used."""

from typing import Final, cast

from graph.bridge_answers import UntriedMethod
from graph.questions.columns import ENTITY_COLUMNS, Columns, count, entity_summary, number, text
from graph.questions.introducing import facts_about
from graph.store import GraphReader
from records import DEFAULT_THRESHOLDS, BeliefThresholds, Predicate

# A method that papers only compare against was still tried by them.
SUPPORTING: Final = (Predicate.INTRODUCES, Predicate.USES, Predicate.COMPARES_AGAINST)

UNTRIED: Final = f"""
MATCH (o:Method)<-[:OBJECT]-(f:Fact)-[:SUBJECT]->(p:Paper)
WHERE f.predicate IN $predicates AND f.belief > 0 AND f.belief >= $proposed
  AND NOT EXISTS {{ MATCH (o)<-[:SPECIALIZATION_OF]-(:ModelVersion) }}
RETURN {ENTITY_COLUMNS},
       count(DISTINCT p) AS papers, sum(f.belief) AS support
"""
UNTRIED_FOR_TASK: Final = f"""
MATCH (t:Task {{id: $task}})<-[:OBJECT]-(g:Fact {{predicate: $addresses}})-[:SUBJECT]->(p:Paper)
WHERE g.belief > 0 AND g.belief >= $proposed
MATCH (p)<-[:SUBJECT]-(f:Fact)-[:OBJECT]->(o:Method)
WHERE f.predicate IN $predicates AND f.belief > 0 AND f.belief >= $proposed
  AND NOT EXISTS {{ MATCH (o)<-[:SPECIALIZATION_OF]-(:ModelVersion) }}
RETURN {ENTITY_COLUMNS},
       count(DISTINCT p) AS papers, sum(f.belief) AS support
"""


def untried_methods(
    store: GraphReader,
    *,
    limit: int,
    tried: frozenset[str],
    task: str | None = None,
    thresholds: BeliefThresholds = DEFAULT_THRESHOLDS,
) -> tuple[UntriedMethod, ...]:
    """The methods of most papers first, then by belief in all; those `tried` by another word are left out.

    With the id of a task, only papers that address it count. Doubted facts support nothing.
    """
    wanted: dict[str, object] = {
        "predicates": [one.value for one in SUPPORTING],
        "proposed": thresholds.proposed,
    }
    if task is None:
        rows = store.read(UNTRIED, wanted)
    else:
        wanted |= {"task": task, "addresses": Predicate.ADDRESSES.value}
        rows = store.read(UNTRIED_FOR_TASK, wanted)
    left = sorted((row for row in rows if text(row, "entity") not in tried), key=_order)[:limit]
    introductions = facts_about(
        store, [("Method", text(row, "entity")) for row in left], (Predicate.INTRODUCES,), thresholds
    )
    papers = {one.entity.id: one.paper for one in reversed(introductions)}
    return tuple(
        UntriedMethod(
            method=entity_summary(row),
            papers=count(row, "papers"),
            support=round(number(row, "support"), 6),
            introduced_by=papers.get(text(row, "entity")),
        )
        for row in left
    )


def _order(row: Columns) -> tuple[int, float, str]:
    return -count(row, "papers"), -round(cast("float", row["support"]), 6), text(row, "entity")
