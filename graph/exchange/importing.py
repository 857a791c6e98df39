"""Lines of an exported graph into a graph: checked to the end first, then written whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from graph.exchange.batches import Batches
from graph.exchange.lines import Edge, Header, Node, header_of, part_of
from graph.exchange.merging import merge_parts
from graph.growth import graph_size
from graph.schema import LABELS
from graph.shapes import EDGE_SHAPES, EdgeShape
from graph.store import GraphStore, GraphTransaction
from records import RejectedInputError

LONGEST_LINE_BYTES: Final = 64 * 2**20

WRITE_NODES: Final = {
    label: f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.props" for label in LABELS
}


def _write_edges(shape: EdgeShape) -> str:
    """Edges are made, not merged: an empty graph has none of them, and several of one kind may be meant."""
    return f"""
UNWIND $rows AS row
MATCH (a:{shape.start} {{id: row.from_id}}) MATCH (b:{shape.end} {{id: row.to_id}})
CREATE (a)-[r:{shape.type}]->(b)
SET r += row.props
"""


WRITE_EDGES: Final = {shape: _write_edges(shape) for shape in EDGE_SHAPES.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCounts:
    """How much the file held, and by how much the graph grew."""

    nodes: int
    edges: int
    new_nodes: int
    new_edges: int


@dataclass(frozen=True, slots=True)
class CheckedExport:
    """A file that is an exported graph in every line, and can be read again."""

    file: IO[bytes]
    header: Header

    def parts(self) -> Iterator[Node | Edge]:
        """Its nodes and edges."""
        lines = _lines(self.file)
        next(lines)
        for _, line in lines:
            yield part_of(line)


def import_export(store: GraphStore, export: CheckedExport, *, merge: bool = False) -> ImportCounts:
    """Writes an exported graph into an empty one; with `merge` into any, see `merge_parts`.

    All of it is one transaction: half a graph could not be told from a whole one, since a job that is there
    counts as there whole. Raises RejectedInputError because the graph is not empty.
    """
    header = export.header
    with store.transaction() as transaction:
        before = graph_size(transaction)
        if before == (0, 0):
            _write(transaction, export)
            if graph_size(transaction) != (header.nodes, header.edges):
                raise RejectedInputError("the file changed while it was read; nothing was imported")
        elif merge:
            merge_parts(transaction, export.parts)
        else:
            raise RejectedInputError(
                f"the graph is not empty, it has {before[0]} nodes: add --merge to join the two graphs"
            )
        after = graph_size(transaction)
    return ImportCounts(
        nodes=header.nodes,
        edges=header.edges,
        new_nodes=after[0] - before[0],
        new_edges=after[1] - before[1],
    )


def checked_export(file: IO[bytes]) -> CheckedExport:
    """The file, once every line of it is checked; raises RejectedInputError that names the line at fault."""
    lines = _lines(file)
    header = header_of(next(lines, (1, b""))[1])
    known: set[tuple[str, str]] = set()
    edges = 0
    for number, line in lines:
        try:
            part = part_of(line)
            if isinstance(part, Node):
                _remember(part, known)
            else:
                edges += 1
                _refuse_loose(part, known)
        except RejectedInputError as error:
            raise RejectedInputError(f"line {number}: {error}") from error
    if (len(known), edges) != (header.nodes, header.edges):
        raise RejectedInputError(
            f"the file is not whole: its first line promises {header.nodes} nodes and {header.edges} edges, "
            f"and it has {len(known)} and {edges}"
        )
    return CheckedExport(file, header)


def _write(transaction: GraphTransaction, export: CheckedExport) -> None:
    nodes, edges = Batches(transaction), Batches(transaction)
    for part in export.parts():
        if isinstance(part, Node):
            nodes.add(WRITE_NODES[part.label], {"id": part.id, "props": part.values})
        else:
            nodes.write()
            edges.add(
                WRITE_EDGES[part.shape], {"from_id": part.start, "to_id": part.end, "props": part.values}
            )
    nodes.write()
    edges.write()


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    file.seek(0)
    number = 0
    while line := file.readline(LONGEST_LINE_BYTES):
        number += 1
        if len(line) == LONGEST_LINE_BYTES:
            raise RejectedInputError(f"line {number} is longer than {LONGEST_LINE_BYTES} bytes")
        yield number, line


def _remember(node: Node, known: set[tuple[str, str]]) -> None:
    if (node.label, node.id) in known:
        raise RejectedInputError(f"there is a {node.label} {node.id!r} already")
    known.add((node.label, node.id))


def _refuse_loose(edge: Edge, known: set[tuple[str, str]]) -> None:
    for label, node_id in ((edge.shape.start, edge.start), (edge.shape.end, edge.end)):
        if (label, node_id) not in known:
            raise RejectedInputError(f"no line before it holds the {label} {node_id!r}")
