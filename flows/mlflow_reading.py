"""One reading of an MLflow server into the graph, page by page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from flows.sync_outcome import KindCounts, RefusedRun
from graph import (
    GraphStore,
    content_hash,
    content_hashes,
    mark_synced,
    parent_circles,
    standing_ids,
    told_of_runs,
    unfinished_runs,
    write_lineage,
)
from lineage.mlflow import MlflowNames, MlflowServer
from lineage.mlflow.answers import LoggedModel, RegisteredVersion, Run
from lineage.mlflow.records import base_model_of_run, best_described
from records import DatasetVersion, ExperimentRun, Lineage, LineageSource, ModelVersion

Record = TypeVar("Record", ExperimentRun, DatasetVersion, ModelVersion)


@dataclass(slots=True)
class Tally:
    """The ids of one kind, by what became of them."""

    new: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    vanished: list[str] = field(default_factory=list)

    def has(self, record_id: str) -> bool:
        """Whether it was met before in this reading."""
        return record_id in self.new or record_id in self.changed or record_id in self.unchanged

    def counts(self) -> KindCounts:
        """How many they are."""
        return KindCounts(
            new=len(self.new),
            changed=len(self.changed),
            unchanged=len(self.unchanged),
            vanished=len(self.vanished),
        )


@dataclass(slots=True, kw_only=True)
class MlflowReading:
    """A reading of everything, or, with `since`, of what is new after that time."""

    store: GraphStore
    server: MlflowServer
    source: LineageSource
    names: MlflowNames
    since: datetime | None
    runs: Tally = field(default_factory=Tally)
    datasets: Tally = field(default_factory=Tally)
    models: Tally = field(default_factory=Tally)
    refused: dict[str, RefusedRun] = field(default_factory=dict)
    described: dict[str, DatasetVersion] = field(default_factory=dict)
    nodes: int = 0
    edges: int = 0

    def read(self, began: datetime) -> None:
        """Reads and writes, one transaction a page. That the server was read up to `began` is noted last, so
        that a reading that breaks off is begun again, over whole runs."""
        experiments = list(self.names.experiments)
        for runs in self._run_pages(experiments):
            self._write_runs([run for run in runs if not self._met(run.info.run_id)])
        if self.since is None:
            self._describe_datasets()
        for logged in self.server.logged_models(experiments, self._later("last_updated_timestamp")):
            self._write_models(self._logged(logged))
        aliases = self._aliases()
        for versions in self.server.registered_versions():
            self._write_models(self._registered(versions, aliases))
        if self.since is None:
            self._find_vanished()
        mark_synced(
            self.store,
            self.source,
            synced_at=began,
            swept=self.since is None,
            vanished=[(ExperimentRun, self.runs.vanished), (ModelVersion, self.models.vanished)],
        )

    def _run_pages(self, experiments: Sequence[str]) -> Iterator[Sequence[Run]]:
        """MLflow keeps no time at which a run last changed: new are runs that began or ended lately, and
        changed may be those that had not ended when they were last looked at."""
        if self.since is None:
            yield from self.server.runs(experiments)
            return
        unfinished = unfinished_runs(self.store, self.source.id)
        yield from self.server.runs(experiments, self._later("attributes.start_time"))
        yield from self.server.runs(experiments, self._later("attributes.end_time"))
        yield from self.server.runs_by_id(experiments, unfinished)

    def _later(self, field_name: str) -> str:
        """MLflow's filter for what is not older than `since`."""
        return f"{field_name} >= {int(self.since.timestamp() * 1000)}" if self.since else ""

    def _met(self, run_id: str) -> bool:
        return self.runs.has(run_id) or run_id in self.refused

    def _write_runs(self, page: Sequence[Run]) -> None:
        told = [self.names.run(run) for run in page]
        circles = parent_circles(told)
        self.refused.update((key, RefusedRun(id=key, reason=reason)) for key, reason in circles.items())
        sound = [run for run in told if run.id not in circles]
        for key, version in self.names.dataset_versions(page).items():
            self.described[key] = best_described(self.described.get(key, version), version)
        datasets = self._unknown_datasets({use.dataset_id for run in sound for use in run.datasets})
        runs = self._fresh(sound, self.runs)
        self._write(Lineage(source=self.source, runs=tuple(runs), dataset_versions=tuple(datasets)))

    def _unknown_datasets(self, used: set[str]) -> list[DatasetVersion]:
        ids = sorted(key for key in used if not self.datasets.has(key))
        known = content_hashes(self.store, DatasetVersion, ids, source_id=self.source.id)
        self.datasets.unchanged.update(known)
        self.datasets.new.update(key for key in ids if key not in known)
        return [self.described[key] for key in ids if key not in known]

    def _describe_datasets(self) -> None:
        """Experiments may describe the same dataset version in different ways, so that only a reading of
        everything knows the best description."""
        versions = list(self.described.values())
        known = content_hashes(self.store, DatasetVersion, self.described, source_id=self.source.id)
        other = [version for version in versions if known.get(version.id) != content_hash(version)]
        self.datasets.changed.update(version.id for version in other if version.id not in self.datasets.new)
        self.datasets.unchanged -= self.datasets.changed
        self._write(Lineage(source=self.source, dataset_versions=tuple(other)))

    def _logged(self, page: Sequence[LoggedModel]) -> list[ModelVersion]:
        bases = self._bases(model.info.source_run_id for model in page)
        return [self.names.logged_model(model, bases.get(model.info.source_run_id, {})) for model in page]

    def _registered(
        self, page: Sequence[RegisteredVersion], aliases: Mapping[tuple[str, str], Sequence[str]]
    ) -> list[ModelVersion]:
        bases = self._bases(version.run_id for version in page)
        return [
            self.names.registered_version(
                version, aliases.get((version.name, version.version), ()), bases.get(version.run_id, {})
            )
            for version in page
        ]

    def _bases(self, run_ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """What runs say of the base models of what they made; runs are read before models."""
        runs = told_of_runs(self.store, (run_id for run_id in run_ids if run_id))
        return {run_id: base_model_of_run(run) for run_id, run in runs.items()}

    def _aliases(self) -> dict[tuple[str, str], list[str]]:
        """By model name and version, for the listing of versions leaves aliases out."""
        aliases: dict[tuple[str, str], list[str]] = {}
        for model in self.server.registered_models():
            for alias in model.aliases:
                aliases.setdefault((model.name, alias.version), []).append(alias.alias)
        return aliases

    def _write_models(self, models: Sequence[ModelVersion]) -> None:
        changed = self._fresh(models, self.models)
        self._write(Lineage(source=self.source, model_versions=tuple(changed)))

    def _find_vanished(self) -> None:
        for record_type, tally in ((ExperimentRun, self.runs), (ModelVersion, self.models)):
            standing = standing_ids(self.store, record_type, source_id=self.source.id)
            tally.vanished = [key for key in standing if not tally.has(key) and key not in self.refused]

    def _fresh(self, records: Sequence[Record], tally: Tally) -> list[Record]:
        """The records that the source never told of, or not in these words; all are tallied."""
        if not records:
            return []
        ids = (record.id for record in records)
        known = content_hashes(self.store, type(records[0]), ids, source_id=self.source.id)
        fresh = [record for record in records if known.get(record.id) != content_hash(record)]
        tally.changed.update(record.id for record in fresh if record.id in known)
        tally.new.update(record.id for record in fresh if record.id not in known)
        tally.unchanged.update(record.id for record in records if not tally.has(record.id))
        return fresh

    def _write(self, lineage: Lineage) -> None:
        if lineage.runs or lineage.dataset_versions or lineage.model_versions:
            counts = write_lineage(self.store, lineage)
            self.nodes += counts.nodes
            self.edges += counts.edges
