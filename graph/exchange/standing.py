"""Of two accounts of one document or quote, in the graph and in a file, the newer reading's stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias, cast

from graph.exchange.lines import Edge, Node
from graph.readings import Reading
from graph.store import GraphTransaction

Parts: TypeAlias = Callable[[], Iterator[Node | Edge]]

JOBS: Final = "MATCH (j:ExtractionJob) RETURN j.id AS id, j.started_at AS started_at"
# By label, where a node says which reading gave its account.
READ_BY: Final[Mapping[str, str]] = {"Document": "current_job", "Evidence": "job"}
KNOWN: Final[Mapping[str, str]] = {
    label: f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id, n.{job} AS job"
    for label, job in READ_BY.items()
}


@dataclass(slots=True)
class Standing:
    """Whose account stands, by (label, id), where both have one; what only one has is in neither set."""

    readings: Mapping[str, Reading]
    in_the_graph: set[tuple[str, str]] = field(default_factory=set)
    in_the_file: set[tuple[str, str]] = field(default_factory=set)

    def decide(self, transaction: GraphTransaction, label: str, nodes: Sequence[Node]) -> Iterable[Node]:
        """The nodes whose account in the file stands, or that the graph does not have at all."""
        known = {
            str(row["id"]): str(row["job"])
            for row in transaction.run(KNOWN[label], {"ids": [node.id for node in nodes]})
        }
        for node in nodes:
            if node.id not in known:
                yield node
            elif self._is_newer(str(node.values.get(READ_BY[label])), known[node.id]):
                self.in_the_file.add((label, node.id))
                yield node
            else:
                self.in_the_graph.add((label, node.id))

    def documents_of_both(self) -> list[str]:
        """The documents that the graph and the file both hold."""
        both = self.in_the_graph | self.in_the_file
        return sorted(node_id for label, node_id in both if label == "Document")

    def _is_newer(self, job: str, than: str) -> bool:
        read, other = self.readings.get(job), self.readings.get(than)
        return read is not None and (other is None or read > other)


def readings_of_both(transaction: GraphTransaction, parts: Parts) -> dict[str, Reading]:
    """By job, every reading of the graph and of the file."""
    readings = {}
    for part in parts():
        if isinstance(part, Node) and part.label == "ExtractionJob":
            started_at = cast("datetime | None", part.values.get("started_at"))
            if started_at:
                readings[part.id] = Reading(started_at=started_at, job_id=part.id)
    for row in transaction.run(JOBS):
        readings[str(row["id"])] = Reading(
            started_at=cast("datetime", row["started_at"]), job_id=str(row["id"])
        )
    return readings
