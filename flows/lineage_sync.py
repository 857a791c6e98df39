"""Bringing the graph up to date with an MLflow server: what is new, and every so often everything."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from flows.compose import open_graph
from flows.settings import Settings
from flows.sync_outcome import KindCounts, RefusedRun, SyncOutcome
from graph import (
    GraphStore,
    SourceState,
    content_hash,
    content_hashes,
    mark_synced,
    parent_circles,
    source_state,
    standing_ids,
    told_of_runs,
    unfinished_runs,
    write_lineage,
)
from lineage import Credentials, MlflowNames, MlflowServer, open_server, server_address
from lineage.mlflow_answers import LoggedModel, RegisteredVersion, Run
from lineage.mlflow_records import base_model_of_run, best_described
from records import (
    DatasetVersion,
    ExperimentRun,
    Lineage,
    LineageSource,
    ModelVersion,
    RejectedInputError,
    UnavailableError,
)

DEFAULT_NAME: Final = "mlflow"
KIND: Final = "mlflow"
SOURCE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
TAKEN_NAMES: Final = frozenset({"metadata", "models", "ds", "hf", "http", "https", "s3"})
# Clocks of the machines that log runs differ, and a run is stored some time after it began.
OVERLAP: Final = timedelta(hours=1)


def sync_mlflow(
    uri: str, settings: Settings, *, name: str = DEFAULT_NAME, full: bool = False
) -> SyncOutcome:
    """What of the server is new in the graph, which is as the server tells when this returns.

    `name` tells servers apart: what is not the default one's has it before the ids of its datasets and models.
    `full` reads everything again, which finds late tags, metrics and deletions; that is also done the first
    time and every `mlflow_sweep_hours`. Raises TrackingUnavailableError, GraphUnavailableError, and
    RejectedInputError for an address or a name that cannot be used.
    """
    source = LineageSource(id=f"source:{_checked(name)}", kind=KIND, uri=server_address(uri).uri)
    with open_server(uri, _credentials(settings)) as server:
        began = datetime.now(UTC)
        experiments = {each.experiment_id: each for each in server.experiments()}
        with open_graph(settings) as store:
            state = source_state(store, source.id)
            _refuse_other_server(state, source, name)
            since = None if full else _since(state, began, settings)
            prefix = "" if name == DEFAULT_NAME else f"{name}:"
            names = MlflowNames(uri=source.uri, prefix=prefix, experiments=experiments)
            reading = _Reading(store=store, server=server, source=source, names=names, since=since)
            reading.read_all(list(experiments), began)
    return reading.outcome()


@dataclass(kw_only=True, slots=True)
class _Reading:
    """One reading of a server, and what it has come to; `since` is None where everything is read."""

    store: GraphStore
    server: MlflowServer
    source: LineageSource
    names: MlflowNames
    since: datetime | None
    runs: KindCounts = field(default_factory=KindCounts)
    datasets: KindCounts = field(default_factory=KindCounts)
    models: KindCounts = field(default_factory=KindCounts)
    refused: dict[str, RefusedRun] = field(default_factory=dict)
    described: dict[str, DatasetVersion] = field(default_factory=dict)
    nodes: int = 0
    edges: int = 0

    def read_all(self, experiment_ids: Sequence[str], began: datetime) -> None:
        """Reads and writes page by page. How far this got is noted last, so that a reading that breaks off is
        begun again."""
        for runs in self._run_pages(experiment_ids):
            self._write_runs(runs)
        self._describe_datasets()
        for logged in self.server.logged_models(experiment_ids, self._condition("last_updated_timestamp")):
            self._write_models(self._logged(logged))
        aliases = {
            (model.name, alias.version): [each.alias for each in model.aliases if each.version == alias.version]
            for model in self.server.registered_models()
            for alias in model.aliases
        }
        for versions in self.server.registered_versions():
            self._write_models(self._registered(versions, aliases))
        vanished = self._vanished() if self.since is None else []
        mark_synced(
            self.store, self.source, synced_at=began, swept=self.since is None, vanished=vanished
        )

    def outcome(self) -> SyncOutcome:
        """What it came to."""
        return SyncOutcome(
            source=self.source.id,
            uri=self.source.uri,
            full=self.since is None,
            runs=self.runs,
            dataset_versions=self.datasets,
            model_versions=self.models,
            refused=tuple(self.refused.values()),
            nodes=self.nodes,
            edges=self.edges,
        )

    def _run_pages(self, experiment_ids: Sequence[str]) -> Iterator[Sequence[Run]]:
        """Without a time when a run last changed, what is new are runs that began or ended lately, and those
        that had not ended when they were last looked at."""
        if self.since is None:
            yield from self.server.runs(experiment_ids)
            return
        unfinished = unfinished_runs(self.store, self.source.id)
        yield from self.server.runs(experiment_ids, self._condition("attributes.start_time"))
        yield from self.server.runs(experiment_ids, self._condition("attributes.end_time"))
        yield from self.server.runs_by_id(experiment_ids, unfinished)

    def _write_runs(self, page: Sequence[Run]) -> None:
        fresh = [run for run in page if run.info.run_id not in self.runs.seen]
        records = [self.names.run(run) for run in fresh]
        circles = parent_circles(records)
        self.refused |= {key: RefusedRun(id=key, reason=reason) for key, reason in circles.items()}
        self.runs.seen.update(circles)
        changed = self._changed([record for record in records if record.id not in circles], self.runs)
        for key, version in self.names.dataset_versions(fresh).items():
            self.described[key] = best_described(self.described.get(key, version), version)
        used = {use.dataset_id for record in changed for use in record.datasets}
        unknown = self._new([self.described[key] for key in sorted(used)], self.datasets)
        self._write(Lineage(source=self.source, runs=tuple(changed), dataset_versions=tuple(unknown)))

    def _describe_datasets(self) -> None:
        """A dataset version may be told of in several ways, so only a reading of everything knows the best."""
        known = [version for key, version in self.described.items() if key not in self.datasets.seen]
        if self.since is None:
            changed = self._changed(known, self.datasets)
            self._write(Lineage(source=self.source, dataset_versions=tuple(changed)))
        else:
            self.datasets.unchanged += len(known)

    def _logged(self, page: Sequence[LoggedModel]) -> list[ModelVersion]:
        bases = self._bases(model.info.source_run_id for model in page)
        return [self.names.logged_model(model, bases.get(model.info.source_run_id, {})) for model in page]

    def _registered(
        self, page: Sequence[RegisteredVersion], aliases: dict[tuple[str, str], list[str]]
    ) -> list[ModelVersion]:
        bases = self._bases(version.run_id for version in page)
        return [
            self.names.registered_version(
                version, aliases.get((version.name, version.version), ()), bases.get(version.run_id, {})
            )
            for version in page
        ]

    def _bases(self, run_ids: Iterable[str]) -> dict[str, dict[str, str]]:
        runs = told_of_runs(self.store, (run_id for run_id in run_ids if run_id))
        return {run_id: base_model_of_run(run) for run_id, run in runs.items()}
