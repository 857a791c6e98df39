"""Papers ingested into a graph of their own, to be asked and thrown away."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.compose import open_graph
from flows.ingesting import ingest_paths
from flows.outcomes import OutcomeState, Silence
from flows.settings import Settings
from graph import GraphStore
from records import Document, JobOutput


@dataclass(frozen=True, slots=True)
class DocumentCollector(Silence):
    """Keeps every document as it was read."""

    documents: list[Document] = field(default_factory=list)

    def wrote(self, output: JobOutput) -> None:
        """Keeps it."""
        self.documents.append(output.document)


@contextmanager
def documents_and_graph(paths: Sequence[Path]) -> Iterator[tuple[list[Document], GraphStore]]:
    """The papers in folders and files as they were read, and their graph, open for reading.

    Raises RuntimeError that names a paper that could not be read: figures over the others would mislead.
    """
    collector = DocumentCollector()
    with TemporaryDirectory() as home:
        settings = Settings(home=Path(home), graph_url="", prefect_api_url="")
        for outcome in ingest_paths(paths, settings, listener=collector):
            if outcome.state not in {OutcomeState.INGESTED, OutcomeState.UNCHANGED}:
                raise RuntimeError(f"{outcome.path}: {outcome.reason}")
        with open_graph(settings, read_only=True) as store:
            yield collector.documents, store
