"""Where a test's graph is: in a file of its own, or on the Neo4j server that all tests share."""

from dataclasses import dataclass, field
from pathlib import Path

from graph import GraphStore, open_store

BATCH = 10_000


@dataclass(frozen=True, slots=True)
class GraphPlace:
    """A graph's URL and the password that goes with it, empty for a file."""

    url: str
    password: str = field(default="", repr=False)

    def open(self, *, read_only: bool = False) -> GraphStore:
        """The graph, opened."""
        return open_store(self.url, password=self.password, read_only=read_only)

    @property
    def environment(self) -> dict[str, str]:
        """What a process of its own is told, so that it uses this graph."""
        return {"PAPERLINEAGE_GRAPH_URL": self.url, "PAPERLINEAGE_GRAPH_PASSWORD": self.password}


def embedded(folder: Path, name: str = "graph") -> GraphPlace:
    """A place for an embedded graph that does not exist yet."""
    return GraphPlace(f"kglite://{folder / name}.kgl")


def emptied(place: GraphPlace) -> GraphPlace:
    """The same place, with nothing left of what the last test wrote; constraints stay."""
    with place.open() as store:
        left = 1
        while left:
            with store.transaction() as transaction:
                [row] = transaction.run(
                    "MATCH (n) WITH n LIMIT $batch DETACH DELETE n RETURN count(*) AS deleted",
                    {"batch": BATCH},
                )
            left = int(str(row["deleted"]))
    return place
