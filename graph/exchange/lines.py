"""The lines of an exported graph: a header, then a line for each node and for each edge, all JSON.

    {"edges": 1, "format": "paperlineage graph", "nodes": 2, "version": 1}
    {"id": "paper:1f", "node": "Paper", "properties": {"status": "cited", "title": "A title"}}
    {"edge": "CITES", "from": ["Paper", "paper:2e"], "properties": {}, "to": ["Paper", "paper:1f"]}

Keys are sorted and everything is ASCII, so that one graph has one text, which no tool splits elsewhere.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NoReturn, TypeAlias, cast

from graph.exchange.values import decoded, encoded, text_of
from graph.shapes import EDGE_SHAPES, MANDATORY, NODE_PROPERTIES, EdgeShape, Properties
from records import RejectedInputError

FORMAT: Final = "paperlineage graph"
VERSION: Final = 1

Values: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """How many nodes and edges follow."""

    nodes: int
    edges: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node with the values of its properties as a store takes them."""

    label: str
    id: str
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An edge with the ids of its ends; their labels are the shape's."""

    shape: EdgeShape
    start: str
    end: str
    values: Values


def header_line(header: Header) -> str:
    """The first line."""
    return _line({"format": FORMAT, "version": VERSION, "nodes": header.nodes, "edges": header.edges})


def node_line(node: Node) -> str:
    """The line of a node; raises RejectedInputError for a value that is not of its property's type."""
    properties = _encoded(node.values, NODE_PROPERTIES[node.label], whose=f"{node.label} {node.id!r}")
    return _line({"node": node.label, "id": node.id, "properties": properties})


def edge_line(edge: Edge) -> str:
    """The line of an edge; raises RejectedInputError for a value that is not of its property's type."""
    shape = edge.shape
    properties = _encoded(
        edge.values, shape.properties, whose=f"{shape.type} of {shape.start} {edge.start!r}"
    )
    ends = {"from": [shape.start, edge.start], "to": [shape.end, edge.end]}
    return _line({"edge": shape.type, **ends, "properties": properties})


def header_of(line: bytes) -> Header:
    """The header in the first line of a file; raises RejectedInputError where it is something else."""
    try:
        fields = _fields(line)
    except RejectedInputError:
        fields = {}
    if fields.get("format") != FORMAT:
        raise RejectedInputError("this is no exported graph: its first line names no format of paperlineage")
    if fields.get("version") != VERSION:
        raise RejectedInputError(
            f"this export has version {fields.get('version')!r} of the format, and only {VERSION} can be "
            "read: use the paperlineage that made it, or a newer one"
        )
    counts = [fields.get("nodes"), fields.get("edges")]
    if not all(type(count) is int for count in counts):
        raise RejectedInputError("this says nowhere how many nodes and edges it has: export the graph again")
    return Header(nodes=cast("int", counts[0]), edges=cast("int", counts[1]))


def part_of(line: bytes) -> Node | Edge:
    """The node or edge of a line, checked against the closed lists; raises RejectedInputError."""
    fields = _fields(line)
    if "node" in fields:
        _only(fields, {"node", "id", "properties"})
        return _node(fields)
    if "edge" in fields:
        _only(fields, {"edge", "from", "to", "properties"})
        return _edge(fields)
    raise RejectedInputError("neither a node nor an edge")


def _node(fields: Values) -> Node:
    label = fields["node"]
    known = NODE_PROPERTIES.get(label) if isinstance(label, str) else None
    if known is None:
        raise RejectedInputError(f"there are no nodes with the label {label!r}")
    values = _decoded(fields["properties"], known, whose=str(label))
    if (mandatory := MANDATORY.get(str(label))) and not values.get(mandatory):
        raise RejectedInputError(f"{label} has no {mandatory}")
    return Node(label=str(label), id=_id(fields["id"]), values=values)


def _edge(fields: Values) -> Edge:
    start_label, start = _end(fields["from"])
    end_label, end = _end(fields["to"])
    shape = EDGE_SHAPES.get((start_label, str(fields["edge"]), end_label))
    if shape is None:
        raise RejectedInputError(
            f"there are no edges {fields['edge']!r} from {start_label!r} to {end_label!r}"
        )
    values = _decoded(fields["properties"], shape.properties, whose=shape.type)
    return Edge(shape=shape, start=start, end=end, values=values)


def _end(value: object) -> tuple[str, str]:
    if not (isinstance(value, list) and len(value) == 2 and isinstance(value[0], str)):
        raise RejectedInputError('the end of an edge is not written as ["Label", "id"]')
    return value[0], _id(value[1])


def _id(value: object) -> str:
    found = text_of(value)
    if not found:
        raise RejectedInputError("an id is empty")
    return found


def _only(fields: Values, names: set[str]) -> None:
    if missing := names - set(fields):
        raise RejectedInputError(f"{sorted(missing)[0]!r} is missing")
    if unknown := set(fields) - names:
        raise RejectedInputError(f"{sorted(unknown)[0]!r} is no field of this format")


def _encoded(values: Mapping[str, object], known: Properties, *, whose: str) -> Values:
    found: Values = {}
    for name, value in values.items():
        if value is None:
            continue
        try:
            found[name] = encoded(value, known[name])
        except RejectedInputError as error:
            raise RejectedInputError(f"{name} of {whose} cannot be exported: {error}") from error
    return found


def _decoded(values: object, known: Properties, *, whose: str) -> Values:
    if not isinstance(values, dict):
        raise RejectedInputError("the properties are no JSON object")
    found: Values = {}
    for name, value in values.items():
        if name not in known:
            raise RejectedInputError(f"{whose} has no property {name!r}")
        try:
            found[name] = decoded(value, known[name])
        except RejectedInputError as error:
            raise RejectedInputError(f"{name} of {whose}: {error}") from error
    return found


def _line(fields: Values) -> str:
    return json.dumps(fields, sort_keys=True, allow_nan=False)


def _fields(line: bytes) -> Values:
    try:
        fields = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:  # a wrong encoding is a ValueError too
        raise RejectedInputError(f"no JSON: {error}") from error
    if not isinstance(fields, dict):
        raise RejectedInputError("no JSON object")
    return fields


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is written as a text here")
