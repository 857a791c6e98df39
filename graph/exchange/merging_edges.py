"""Joining the edges of an exported graph to those that are there, once the nodes are joined."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, cast

from graph import bridge_statements, statements
from graph.bridge_statements import PROPOSED
from graph.describing import manifest
from graph.exchange.batches import BATCH
from graph.exchange.lines import Edge, Values
from graph.exchange.standing import Parts, Standing
from graph.schema import STANCES
from graph.shapes import EDGE_SHAPES, EdgeShape
from graph.store import GraphTransaction
from records import Predicate

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
DECIDED: Final = frozenset({"accepted", "rejected"})  # by a person
BRIDGE_TYPES: Final = frozenset({PROPOSED, *(relation for relation, _ in bridge_statements.BRIDGES.values())})
SHORTCUTS: Final = frozenset(predicate.value for predicate in Predicate)


def _merge_edges(shape: EdgeShape) -> str:
    return f"""
UNWIND $rows AS row
MATCH (a:{shape.start} {{id: row.from_id}}) MATCH (b:{shape.end} {{id: row.to_id}})
MERGE (a)-[r:{shape.type}]->(b)
SET r += row.props
"""


MERGE_EDGES: Final[Mapping[EdgeShape, str]] = {shape: _merge_edges(shape) for shape in EDGE_SHAPES.values()}
JUDGEMENTS: Final[Mapping[str, str]] = {
    label: f"""
UNWIND $rows AS row
MATCH (n:{label} {{id: row.node}})-[r:{relation}|{PROPOSED}]->(e:{entity} {{id: row.entity}})
RETURN n.id AS node, e.id AS entity, r.judgement AS judgement, r.judged_at AS judged_at
"""
    for label, (relation, entity) in bridge_statements.BRIDGES.items()
}


@dataclass(slots=True)
class EdgeMerge:
    """Merges the edges of a file into a transaction; `standing` says whose account of what stands."""

    transaction: GraphTransaction
    standing: Standing
    _left_behind: set[str] = field(default_factory=set)

    def run(self, parts: Parts) -> set[str]:
        """Writes them all, and returns the papers that lost a document to another paper."""
        overruled = sorted(node_id for label, node_id in self.standing.in_the_file if label == "Evidence")
        for unlink in statements.UNLINK_STANCES.values():
            self.transaction.run(unlink, {"evidence": overruled})
        waiting: dict[EdgeShape, list[Edge]] = defaultdict(list)
        for part in parts():
            if isinstance(part, Edge) and self._counts(part):
                waiting[part.shape].append(part)
                if len(waiting[part.shape]) >= BATCH:
                    self._write(part.shape, waiting.pop(part.shape))
        for shape, edges in waiting.items():
            self._write(shape, edges)
        return self._left_behind

    def _counts(self, edge: Edge) -> bool:
        """Shortcuts follow from beliefs, which are computed anew; of what the graph knows better, what the
        file says of its stance or its paper falls away."""
        if edge.shape.start == "Paper" and edge.shape.type in SHORTCUTS:
            return False
        if edge.shape.type in STANCES.values() or edge.shape.type == "MANIFESTATION_OF":
            return (edge.shape.start, edge.start) not in self.standing.in_the_graph
        return True

    def _write(self, shape: EdgeShape, edges: Sequence[Edge]) -> None:
        if shape.type == "MANIFESTATION_OF":
            for edge in edges:
                if (shape.start, edge.start) in self.standing.in_the_file:
                    self._left_behind |= manifest(self.transaction, edge.end, edge.start)
        if shape.start in JUDGEMENTS and shape.type in BRIDGE_TYPES:
            edges = self._judged(shape.start, edges)
        rows = [{"from_id": edge.start, "to_id": edge.end, "props": edge.values} for edge in edges]
        self.transaction.run(MERGE_EDGES[shape], {"rows": rows})

    def _judged(self, label: str, edges: Sequence[Edge]) -> list[Edge]:
        """The links whose judgement in the file stands; what the graph has in their place is taken away."""
        rows = [{"node": edge.start, "entity": edge.end} for edge in edges]
        known = {
            (row["node"], row["entity"]): _weight(row)
            for row in self.transaction.run(JUDGEMENTS[label], {"rows": rows})
        }
        stands = [
            edge
            for edge in edges
            if (edge.start, edge.end) not in known or _weight(edge.values) > known[edge.start, edge.end]
        ]
        replaced = [{"node": edge.start, "entity": edge.end} for edge in stands]
        self.transaction.run(bridge_statements.UNLINK[label], {"rows": replaced})
        self.transaction.run(bridge_statements.UNPROPOSE[label], {"rows": replaced})
        return stands


def _weight(values: Values) -> tuple[bool, datetime]:
    judged_at = cast("datetime | None", values.get("judged_at"))
    return values.get("judgement") in DECIDED, judged_at or LONG_AGO
