"""Ingesting what a person points at: as a Prefect flow where a server is configured, else at once."""

from collections.abc import Sequence
from pathlib import Path

from flows.ingestion import ingest_batch
from flows.orchestration.configured_server import require_answer
from flows.outcomes import DocumentOutcome, Listener, Silence
from flows.pdf_files import PdfFile, pdf_files
from flows.settings import Settings, prepare_prefect_client
from flows.stages import InProcess
from flows.workbench import Workbench


def ingest_paths(
    paths: Sequence[Path], settings: Settings, *, listener: Listener | None = None
) -> list[DocumentOutcome]:
    """One outcome for each file behind the paths: see ingest_files."""
    files = pdf_files(paths)
    with Workbench(settings) as workbench:
        return ingest_files(files, workbench, listener=listener)


def ingest_files(
    files: Sequence[PdfFile], workbench: Workbench, *, listener: Listener | None = None
) -> list[DocumentOutcome]:
    """One outcome for each file: with Prefect where a server is configured, else at once.

    Raises UnavailableError where the graph, or a Prefect server that is configured, cannot be reached.
    """
    listener = listener or Silence()
    if api_url := workbench.settings.prefect_api_url:
        require_answer(api_url)
        prepare_prefect_client()
        from flows.orchestration.ingest_flow import ingest_with_prefect

        return ingest_with_prefect(files, workbench, listener=listener)
    return ingest_batch(files, workbench, runner=InProcess(), listener=listener)
