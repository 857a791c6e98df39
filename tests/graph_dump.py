"""A whole graph as comparable text, for tests that two graphs are the same, whichever stores hold them."""

from graph import GraphReader, GraphStore
from graph.exchange.exporting import export_lines
from graph.shapes import EDGE_SHAPES, NODE_PROPERTIES

NODE_KEYS = "MATCH (n) UNWIND keys(n) AS key RETURN DISTINCT labels(n)[0] AS label, key"
EDGE_KEYS = """
MATCH (a)-[r]->(b) UNWIND keys(r) AS key
RETURN DISTINCT labels(a)[0] AS start_label, type(r) AS kind, labels(b)[0] AS end_label, key
"""
KGLITE_ADDS = {"type", "title"}  # to the keys of every node; and "type" to those of every edge


def dump(store: GraphStore) -> list[str]:
    """Every node and edge with all its properties; what the export does not know of is an error."""
    assert unknown_properties(store) == set()
    return list(export_lines(store))


def unknown_properties(store: GraphReader) -> set[str]:
    """Properties that somebody writes and that the closed lists lack."""
    of_nodes = {
        f"{row['label']}.{row['key']}"
        for row in store.read(NODE_KEYS)
        if row["key"] not in {"id", *KGLITE_ADDS, *NODE_PROPERTIES.get(str(row["label"]), {})}
    }
    of_edges = set()
    for row in store.read(EDGE_KEYS):
        kind = (str(row["start_label"]), str(row["kind"]), str(row["end_label"]))
        shape = EDGE_SHAPES.get(kind)
        if row["key"] not in {*KGLITE_ADDS, *(shape.properties if shape else ())}:
            of_edges.add(f"{'-'.join(kind)}.{row['key']}")
    return of_nodes | of_edges
