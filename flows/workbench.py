"""What the ingestions of one process share: each part is made when it is first needed, and kept."""

from contextlib import AbstractContextManager
from functools import cached_property
from types import TracebackType
from typing import Self

from canonicalize import Vocabularies, load_vocabularies
from flows.compose import Pipeline, build_pipeline, open_graph, pipeline_version
from flows.settings import Settings
from graph import GraphStore
from ingest import PdfReaderPool
from records import PipelineVersion


class Workbench:
    """The parts that the settings choose; a context manager that ends the worker processes.

    Leaving it with an exception on its way stops them at once, else they finish what they have. One batch
    at a time may work at it.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._readers: PdfReaderPool | None = None

    @cached_property
    def vocabularies(self) -> Vocabularies:
        """The curated names."""
        return load_vocabularies()

    @cached_property
    def version(self) -> PipelineVersion:
        """Everything that decides the results."""
        return pipeline_version(self.settings, self.vocabularies)

    @cached_property
    def pipeline(self) -> Pipeline:
        """The built pipeline; takes the seconds in which spaCy is imported."""
        return build_pipeline(self.settings, self.vocabularies, self.version)

    @property
    def readers(self) -> PdfReaderPool:
        """The worker processes that read PDFs."""
        if self._readers is None:
            self._readers = PdfReaderPool(self.settings.reading, workers=self.settings.workers)
        return self._readers

    def warm_up(self) -> None:
        """Makes all parts now, so that the first paper need not wait for them."""
        self.readers.warm_up()
        _ = self.pipeline

    def open_graph(self) -> AbstractContextManager[GraphStore]:
        """The graph, open for writing for as long as a batch takes."""
        return open_graph(self.settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._readers is not None:
            self._readers.__exit__(error_type, error, traceback)
            self._readers = None
