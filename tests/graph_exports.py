"""Exported graphs written down as text."""

from collections.abc import Sequence

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
