"""Bringing the graph up to date with an MLflow server: what is new, and every so often everything."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from flows.bridging import bridge
from flows.compose import open_graph
from flows.mlflow_reading import MlflowReading
from flows.settings import Settings
from flows.sync_outcome import SyncOutcome
from graph import SourceState, source_state
from graph.bridging import BridgeCounts
from lineage.mlflow import Credentials, MlflowNames, open_server, server_address
from records import LineageSource, RejectedInputError, TrackingUnavailableError

DEFAULT_NAME: Final = "mlflow"
KIND: Final = "mlflow"
SOURCE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
# "source:metadata" is the metadata API, and the others begin references of their own.
TAKEN_NAMES: Final = frozenset({"metadata", "models", "ds", "hf", "http", "https", "s3"})
# Clocks of the machines that log runs differ, and a run is stored some time after it began.
OVERLAP: Final = timedelta(hours=1)


def sync_mlflow(
    uri: str, settings: Settings, *, name: str = DEFAULT_NAME, full: bool = False, moved: bool = False
) -> SyncOutcome:
    """Reads what is new on the server into the graph, and says what that was.

    `name` tells servers apart: one that has not the default name has its own before the ids of its datasets
    and models. `full` reads everything again, which finds late tags, late metrics and deletions; that is done
    the first time and every `mlflow_sweep_hours` too. `moved` says that the server of that name has this
    address now. Raises TrackingUnavailableError, GraphUnavailableError,
    and RejectedInputError for an address or a name that cannot be used.
    """
    source = _source(uri, name)
    credentials = Credentials(
        token=settings.mlflow_token, username=settings.mlflow_username, password=settings.mlflow_password
    )
    with open_server(uri, credentials) as server:
        began = datetime.now(UTC)
        experiments = {each.experiment_id: each for each in server.experiments()}
        if not experiments:  # every server has one called Default; without it all runs would count as deleted
            raise TrackingUnavailableError(
                f"{source.uri} shows no experiments: check the address and what the credentials may read"
            )
        with open_graph(settings) as store:
            state = source_state(store, source.id)
            if not moved:
                _refuse_other_server(state, source)
            reading = MlflowReading(
                store=store,
                server=server,
                source=source,
                names=MlflowNames(uri=source.uri, prefix=_prefix(name), experiments=experiments),
                since=None if full or moved else _since(state, began, settings),
            )
            reading.read(began)
            links = bridge(store, operator=settings.operator)
    return _outcome(reading, links)


def _outcome(reading: MlflowReading, links: BridgeCounts) -> SyncOutcome:
    return SyncOutcome(
        source=reading.source.id,
        uri=reading.source.uri,
        full=reading.since is None,
        runs=reading.runs.counts(),
        dataset_versions=reading.datasets.counts(),
        model_versions=reading.models.counts(),
        refused=tuple(reading.refused.values()),
        nodes=reading.nodes,
        edges=reading.edges,
        linked=links.linked,
        proposed=links.proposed,
    )


def _source(uri: str, name: str) -> LineageSource:
    if not SOURCE_NAME.fullmatch(name) or name.lower() in TAKEN_NAMES:
        raise RejectedInputError(
            f"{name!r} cannot name a server: take up to 64 letters, digits, - and _, "
            f"and none of {', '.join(sorted(TAKEN_NAMES))}"
        )
    return LineageSource(id=f"source:{name}", kind=KIND, uri=server_address(uri).uri)


def _prefix(name: str) -> str:
    return "" if name == DEFAULT_NAME else f"{name}:"


def _refuse_other_server(state: SourceState | None, source: LineageSource) -> None:
    """Two servers under one name would describe each other's models."""
    if state and state.uri and state.uri != source.uri:
        name = source.id.partition(":")[2]
        raise RejectedInputError(
            f"{name!r} is the name of {state.uri} in this graph: give {source.uri} a name of its own with "
            "--as NAME, or say --moved where it is the same server"
        )


def _since(state: SourceState | None, began: datetime, settings: Settings) -> datetime | None:
    """From when on a server is read; None for all of it, also where a clock was turned back."""
    if state is None or state.synced_at is None or state.swept_at is None:
        return None
    age = began - state.swept_at
    if not timedelta(0) <= age < timedelta(hours=settings.mlflow_sweep_hours):
        return None
    return state.synced_at - OVERLAP
