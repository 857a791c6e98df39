"""Papers ingested into a graph of their own, to be asked and thrown away."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.compose import open_graph
from flows.ingesting import ingest_paths
from flows.outcomes import OutcomeState
from flows.settings import Settings
from graph import GraphStore


@contextmanager
def fresh_graph(paths: Sequence[Path]) -> Iterator[GraphStore]:
    """The embedded graph of the papers in folders and files, open for reading.

    Raises RuntimeError that names a paper that could not be read: scores over the others would mislead.
    """
    with TemporaryDirectory() as home:
        settings = Settings(home=Path(home), graph_url="", prefect_api_url="")
        for outcome in ingest_paths(paths, settings):
            if outcome.state not in {OutcomeState.INGESTED, OutcomeState.UNCHANGED}:
                raise RuntimeError(f"{outcome.path}: {outcome.reason}")
        with open_graph(settings, read_only=True) as store:
            yield store
