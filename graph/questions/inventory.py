"""What the graph holds, as lists and counts."""

from typing import Final

from graph.answers import GraphStatistics
from graph.questions.columns import count, text, texts
from graph.schema import ENTITY_LABELS
from graph.store import GraphReader
from records import Entity, EntityType

ALL_ENTITIES: Final = f"""
MATCH (n:{"|".join(ENTITY_LABELS)})
RETURN n.id AS id, n.name AS name, labels(n)[0] AS entity_type, n.aliases AS aliases,
       n.vocabulary AS vocabulary
ORDER BY id
"""
NODE_COUNTS: Final = "MATCH (n) RETURN labels(n)[0] AS kind, count(*) AS count ORDER BY kind"
EDGE_COUNTS: Final = "MATCH ()-[r]->() RETURN type(r) AS kind, count(*) AS count ORDER BY kind"


def all_entities(store: GraphReader) -> tuple[Entity, ...]:
    """Every entity of the graph, by id: what people's names are looked up in."""
    return tuple(
        Entity(
            id=text(row, "id"),
            name=text(row, "name"),
            type=EntityType(text(row, "entity_type")),
            aliases=texts(row, "aliases"),
            vocabulary=text(row, "vocabulary"),
        )
        for row in store.read(ALL_ENTITIES)
    )


def statistics(store: GraphReader) -> GraphStatistics:
    """The number of nodes of each label and of edges of each type."""
    nodes = tuple((text(row, "kind"), count(row, "count")) for row in store.read(NODE_COUNTS))
    edges = tuple((text(row, "kind"), count(row, "count")) for row in store.read(EDGE_COUNTS))
    return GraphStatistics(nodes=nodes, edges=edges)
