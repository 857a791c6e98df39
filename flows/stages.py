"""The four stages of an ingestion as plain functions, and the two ways in which they can be run."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from canonicalize import JobStamp, job_output
from flows.compose import Pipeline
from flows.pdf_files import PdfFile
from graph import GraphStore, WriteCounts, write_job
from records import Annotations, Document, JobOutput, UnreadablePdfError

Result = TypeVar("Result")


class StageRunner(Protocol):
    """Runs a stage for a document and gives back its result or raises its error.

    `flow_run_id` and `flow_run_url` say where the run is recorded, empty where it is not.
    """

    @property
    def flow_run_id(self) -> str:
        """The id that Prefect gave the run."""

    @property
    def flow_run_url(self) -> str:
        """Where a person can look at the run."""

    def run(self, stage: str, document_name: str, work: Callable[[], Result]) -> Result:
        """The result of `work`, which is the stage's."""


@dataclass(frozen=True, slots=True)
class InProcess:
    """Runs a stage by calling it."""

    flow_run_id: str = ""
    flow_run_url: str = ""

    def run(self, stage: str, document_name: str, work: Callable[[], Result]) -> Result:  # noqa: ARG002
        """The result of `work`."""
        return work()


def read(reading: Future[Document], file: PdfFile) -> Document:
    """The document under the file's name, once a worker has read it; raises UnreadablePdfError."""
    try:
        return replace(reading.result(), name=file.name)
    except UnreadablePdfError as error:
        raise UnreadablePdfError(file.in_its_name(str(error))) from error


def recognise(document: Document, pipeline: Pipeline) -> Annotations:
    """What the document mentions and says of it."""
    from extract.pipeline import annotate

    return annotate(document, pipeline.nlp)


def canonicalise(
    document: Document, annotations: Annotations, *, pipeline: Pipeline, stamp: JobStamp
) -> JobOutput:
    """The annotations as facts about canonical entities, with their evidence and their job."""
    return job_output(document, annotations, pipeline.linker, stamp=stamp, weigher=pipeline.weigher)


def write(output: JobOutput, store: GraphStore) -> WriteCounts:
    """How much was new to the graph; the output is in it now, whole."""
    return write_job(store, output)
