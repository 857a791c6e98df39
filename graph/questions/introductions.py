"""Which papers introduced an entity."""

from collections import defaultdict
from typing import Final

from graph.answers import Introduction
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

# Through the facts, not the shortcut edges: kglite 0.21.2 finds nothing for an inline {id: r.fact_id}.
INTRODUCED: Final = f"""
MATCH (o:{"|".join(ENTITY_LABELS)} {{id: $entity}})<-[:OBJECT]-(f:Fact {{predicate: $introduces}})
MATCH (f)-[:SUBJECT]->(p:Paper)
MATCH (f)<-[:SUPPORTS]-(e:Evidence)-[:WAS_QUOTED_FROM]->(d:Document)
WHERE f.belief > 0 AND f.belief >= $proposed AND e.job = d.current_job
RETURN f.id AS fact, f.belief AS belief,
       {ENTITY_COLUMNS},
       {PAPER_COLUMNS},
       {QUOTE_COLUMNS}
"""


def introduced(
    store: GraphReader, entity_id: str, thresholds: BeliefThresholds = DEFAULT_THRESHOLDS
) -> list[Introduction]:
    """The papers that introduced the entity: most believed first, then the earlier, then by title.

    Doubted facts are left out. An id that the graph does not have gives none.
    """
    rows_of: dict[str, list[Columns]] = defaultdict(list)
    wanted = {
        "entity": entity_id,
        "introduces": Predicate.INTRODUCES.value,
        "proposed": thresholds.proposed,
    }
    for row in store.read(INTRODUCED, wanted):
        rows_of[text(row, "fact")].append(row)
    found = (_introduction(rows, thresholds) for rows in rows_of.values())
    return sorted(found, key=_order)


def _introduction(rows: list[Columns], thresholds: BeliefThresholds) -> Introduction:
    return Introduction(
        entity=entity_summary(rows[0]),
        paper=paper_summary(rows[0]),
        belief=number(rows[0], "belief"),
        standing=thresholds.standing(number(rows[0], "belief")),
        evidence=tuple(quote(row) for row in sorted(rows, key=surest_first)),
    )


def _order(found: Introduction) -> tuple[float, int, str, str]:
    year = 9999 if found.paper.year is None else found.paper.year
    return -found.belief, year, found.paper.title, found.paper.id
