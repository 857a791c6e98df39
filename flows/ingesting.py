"""Ingesting what a person points at: as a Prefect flow where a server is configured, else at once."""

from collections.abc import Sequence
from pathlib import Path

from flows.ingestion import ingest_batch
from flows.outcomes import DocumentOutcome, Listener, Silence
from flows.prefect_server import require_answer
from flows.settings import Settings, forbid_prefect_telemetry
from flows.stages import InProcess


def ingest_paths(
    paths: Sequence[Path], settings: Settings, *, listener: Listener | None = None
) -> list[DocumentOutcome]:
    """One outcome for each file behind the paths: with Prefect where a server is configured, else at once.

    Raises UnavailableError where the graph, or a Prefect server that is configured, cannot be reached.
    """
    listener = listener or Silence()
    if settings.prefect_api_url:
        require_answer(settings.prefect_api_url)
        forbid_prefect_telemetry()
        from flows.ingest_flow import ingest_with_prefect

        return ingest_with_prefect(paths, settings, listener=listener)
    return ingest_batch(paths, settings, runner=InProcess(), listener=listener)
