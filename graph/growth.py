"""How large the graph is, counted inside a transaction."""

from typing import cast

from graph import statements
from graph.store import GraphTransaction


def graph_size(transaction: GraphTransaction) -> tuple[int, int]:
    """How many nodes and how many edges there are, as the transaction sees them."""
    node_count = cast("int", transaction.run(statements.COUNT_NODES)[0]["count"])
    edge_count = cast("int", transaction.run(statements.COUNT_EDGES)[0]["count"])
    return node_count, edge_count
