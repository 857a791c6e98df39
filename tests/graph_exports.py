"""Exported graphs written down as text, and such text from and into graphs."""

import io
from collections.abc import Sequence

from graph_places import GraphPlace

from graph.exchange import CheckedExport, ImportCounts, checked_export, export_lines, import_export
from graph.exchange.lines import Edge, Header, Node, edge_line, header_line, node_line

PAPER = '{"node": "Paper", "id": "p", "properties": {"title": "P"}}'
OTHER = '{"node": "Paper", "id": "q", "properties": {"title": "Q"}}'
CITES = '{"edge": "CITES", "from": ["Paper", "p"], "to": ["Paper", "q"], "properties": {}}'


def with_header(*lines: str) -> str:
    """The lines after a header that counts them."""
    edges = sum('"edge"' in line for line in lines)
    return "\n".join([header_line(Header(nodes=len(lines) - edges, edges=edges)), *lines]) + "\n"


def text_of(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """The export of a graph of these nodes and edges."""
    lines = [header_line(Header(nodes=len(nodes), edges=len(edges)))]
    return "\n".join([*lines, *map(node_line, nodes), *map(edge_line, edges)]) + "\n"


def checked(text: str) -> CheckedExport:
    """The text as a file that can be imported."""
    return checked_export(io.BytesIO(text.encode()))


def exported(place: GraphPlace) -> str:
    """The export of the graph."""
    with place.open(read_only=True) as store:
        return "\n".join(export_lines(store)) + "\n"


def imported(text: str, place: GraphPlace, *, merge: bool = False) -> ImportCounts:
    """What importing the text into the graph said."""
    with place.open() as store:
        return import_export(store, checked(text), merge=merge)
