"""A whole graph as lines of text, in an order that depends on nothing but the graph."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, TypeVar, cast

from graph.exchange.lines import Edge, Header, Node, edge_line, header_line, node_line
from graph.schema import LABELS
from graph.shapes import EDGE_SHAPES, NODE_PROPERTIES, EdgeShape, Properties
from graph.store import GraphReader, GraphStore
from records import RejectedInputError

BATCH: Final = 1_000
Item = TypeVar("Item")

EDGE_KINDS: Final = """
MATCH (a)-[r]->(b)
RETURN labels(a)[0] AS start_label, type(r) AS kind, labels(b)[0] AS end_label, count(r) AS count
"""
ALL_IDS: Final[Mapping[str, str]] = {label: f"MATCH (n:{label}) RETURN n.id AS id" for label in LABELS}


def export_lines(store: GraphStore) -> Generator[str]:
    """The lines of the graph as it is at one moment: the header, the nodes, the edges.

    Nodes of labels that are none of ours, on a server that is used for other things too, are left out with
    their edges. Raises RejectedInputError for what has no place in the format: better no export than one
    that silently lacks something. The ids are held in memory, all else comes in batches.
    """
    with store.snapshot() as reader:
        ids = {label: sorted(_ids(reader, label)) for label in LABELS}
        counts = _edge_counts(reader)
        nodes = sum(len(of_label) for of_label in ids.values())
        yield header_line(Header(nodes=nodes, edges=sum(counts.values())))
        for label in sorted(LABELS):
            for batch in _batches(ids[label]):
                yield from map(node_line, _nodes(reader, label, batch))
        for shape in sorted(counts, key=lambda shape: (shape.start, shape.type, shape.end)):
            for batch in _batches(ids[shape.start]):
                yield from sorted(map(edge_line, _edges(reader, shape, batch)))


def _ids(reader: GraphReader, label: str) -> Iterator[str]:
    for row in reader.read(ALL_IDS[label]):
        if not isinstance(row["id"], str):
            raise RejectedInputError(f"a node with the label {label} has no id: it is none of paperlineage's")
        yield row["id"]


def _edge_counts(reader: GraphReader) -> dict[EdgeShape, int]:
    counts = {}
    for row in reader.read(EDGE_KINDS):
        start, kind, end = (str(row[column]) for column in ("start_label", "kind", "end_label"))
        if shape := EDGE_SHAPES.get((start, kind, end)):
            counts[shape] = cast("int", row["count"])
        elif start in LABELS and end in LABELS:
            raise RejectedInputError(f"this version cannot export edges {kind} from {start} to {end}")
    return counts


def _nodes(reader: GraphReader, label: str, ids: Sequence[str]) -> Iterator[Node]:
    properties = NODE_PROPERTIES[label]
    cypher = f"""
UNWIND $ids AS id
MATCH (n:{label} {{id: id}})
RETURN n.id AS node_id{_columns("n", properties)}
"""
    rows = {str(row["node_id"]): row for row in reader.read(cypher, {"ids": ids})}
    for node_id in ids:
        yield Node(label=label, id=node_id, values=_values(rows[node_id], properties))


def _edges(reader: GraphReader, shape: EdgeShape, starts: Sequence[str]) -> Iterator[Edge]:
    cypher = f"""
UNWIND $ids AS id
MATCH (a:{shape.start} {{id: id}})-[r:{shape.type}]->(b:{shape.end})
RETURN a.id AS start_id, b.id AS end_id{_columns("r", shape.properties)}
"""
    for row in reader.read(cypher, {"ids": starts}):
        values = _values(row, shape.properties)
        yield Edge(shape=shape, start=str(row["start_id"]), end=str(row["end_id"]), values=values)


def _columns(variable: str, properties: Properties) -> str:
    return "".join(f", {variable}.{name} AS p_{name}" for name in properties)


def _values(row: Mapping[str, object], properties: Properties) -> dict[str, object]:
    return {name: row[f"p_{name}"] for name in properties}


def _batches(items: Sequence[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, BATCH)):
        yield batch
