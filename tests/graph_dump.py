"""A whole graph as comparable text, for tests that two graphs are the same."""

from graph import GraphStore

NODES = "MATCH (n) RETURN labels(n) AS labels, n.id AS id, properties(n) AS properties"
EDGES = """
MATCH (a)-[r]->(b)
RETURN labels(a)[0] AS start_label, a.id AS start, type(r) AS kind, labels(b)[0] AS end_label, b.id AS end,
       properties(r) AS properties
"""


def dump(store: GraphStore) -> list[str]:
    """Every node and edge with all its properties, sorted."""
    rows = store.read(NODES) + store.read(EDGES)
    return sorted(repr(_sorted(row)) for row in rows)


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return sorted((key, _sorted(item)) for key, item in value.items())
    return value
