"""The stores that are measured: a kglite file, and Neo4j where a server can be had."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.insert(0, str(TESTS))  # the servers that the tests start are the ones to measure with

from graph_places import GraphPlace, embedded, emptied  # noqa: E402
from neo4j_server import NoServerError, running_server  # noqa: E402


@dataclass(frozen=True, slots=True)
class MeasuredStore:
    """A kind of store, and where to find an empty graph of it; `missing` says why it cannot be had."""

    name: str
    place: GraphPlace | None
    missing: str = ""

    def emptied(self) -> GraphPlace:
        """The place, with nothing in it."""
        if self.place is None:
            raise LookupError(self.missing)
        return emptied(self.place)


@contextmanager
def measured_stores() -> Iterator[list[MeasuredStore]]:
    """Both kinds; the Neo4j server is put together, started and stopped here."""
    with ExitStack() as parts:
        folder = Path(parts.enter_context(TemporaryDirectory()))
        stores = [MeasuredStore("kglite", embedded(folder))]
        try:
            server = parts.enter_context(running_server(folder / "neo4j"))
        except NoServerError as error:
            stores.append(MeasuredStore("neo4j", None, f"not measured: {error}"))
        else:
            stores.append(MeasuredStore("neo4j", GraphPlace(server.url, server.password)))
        yield stores
