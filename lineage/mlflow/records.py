"""What an MLflow server tells, as records that every source shares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from lineage.mlflow import answers
from lineage.mlflow.base_models import BASE_MODEL, RELATION, derivations
from lineage.mlflow.dataset_sources import role_of, source_uri, without_secrets
from records import DatasetUse, DatasetVersion, ExperimentRun, ModelDerivation, ModelVersion
from records.lineage import Pairs

RUN_NAME: Final = "mlflow.runName"
USER: Final = "mlflow.user"
PARENT: Final = "mlflow.parentRunId"
COMMIT: Final = "mlflow.source.git.commit"
CONTEXT: Final = "mlflow.data.context"
# Tags that are fields of a run, and long ones that say nothing new.
LEFT_OUT: Final = frozenset(
    {RUN_NAME, USER, PARENT, COMMIT, "mlflow.log-model.history", "mlflow.source.git.diff"}
)
NOBODY: Final = frozenset({"", "unknown"})
MODELS: Final = "models:/"
DELETED: Final = "deleted"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class MlflowNames:
    """What makes references of what one server calls things.

    `prefix` stands before the ids of the datasets and models of a second server, as in "staging:", for
    names such as "users" mean something else there. Run ids are random and need none.
    """

    uri: str
    prefix: str = ""
    experiments: Mapping[str, answers.Experiment] = field(default_factory=dict)

    def run(self, run: answers.Run) -> ExperimentRun:
        """A run."""
        info, tags = run.info, _texts(run.data.tags)
        experiment = self.experiments.get(info.experiment_id)
        operator = info.user_id if info.user_id not in NOBODY else tags.get(USER, "")
        gone = experiment is not None and experiment.lifecycle_stage == DELETED
        return ExperimentRun(
            id=info.run_id,
            run_name=info.run_name or tags.get(RUN_NAME, ""),
            experiment_name=experiment.name if experiment else "",
            status=info.status,
            commit=tags.get(COMMIT, ""),
            operator="" if operator in NOBODY else operator,
            url=f"{self.uri}/#/experiments/{info.experiment_id}/runs/{info.run_id}",
            started_at=_moment(info.start_time),
            ended_at=_moment(info.end_time),
            deleted=gone or info.lifecycle_stage == DELETED,
            parameters=_pairs(_texts(run.data.params)),
            metrics=tuple(sorted({metric.key: metric.value for metric in run.data.metrics}.items())),
            tags=_pairs(tags),
            datasets=tuple(self._use(used) for used in run.inputs.dataset_inputs),
            models=tuple(self.model(f"{MODELS}{made.model_id}") for made in run.outputs.model_outputs),
            parent_id=tags.get(PARENT, ""),
        )

    def dataset_versions(self, runs: Iterable[answers.Run]) -> dict[str, DatasetVersion]:
        """By id, the dataset versions that the runs used.

        Where experiments keep different sources for the same name and digest, the one that tells more stands.
        """
        found: dict[str, DatasetVersion] = {}
        for run in runs:
            for used in run.inputs.dataset_inputs:
                version = self._dataset_version(used.dataset)
                found[version.id] = best_described(found.get(version.id, version), version)
        return found

    def logged_model(self, model: answers.LoggedModel, run: Mapping[str, str]) -> ModelVersion:
        """A logged model; what its `run` says of a base model counts where it says nothing itself."""
        info, tags, parameters = model.info, _texts(model.info.tags), _texts(model.data.params)
        reference = self.model(f"{MODELS}{info.model_id}")
        return ModelVersion(
            id=reference,
            model_name=info.name,
            version=info.model_id,
            source_uri=without_secrets(info.artifact_uri),
            run_id=info.source_run_id,
            created_at=_moment(info.creation_timestamp_ms),
            parameters=_pairs(parameters),
            tags=_pairs(tags),
            derived_from=self._derivations(reference, run, parameters, tags),
        )

    def registered_version(
        self, version: answers.RegisteredVersion, aliases: Iterable[str], run: Mapping[str, str]
    ) -> ModelVersion:
        """A version of a registered model; MLflow 3 says in its source which logged model it is."""
        reference = self.model(f"{MODELS}{version.name}/{version.version}")
        tags = _texts(version.tags)
        same = version.source if version.source.startswith(MODELS) else ""
        return ModelVersion(
            id=reference,
            model_name=version.name,
            version=version.version,
            source_uri=without_secrets(version.source),
            run_id=version.run_id,
            created_at=_moment(version.creation_timestamp),
            aliases=tuple(sorted(aliases)),
            tags=_pairs(tags),
            derived_from=self._derivations(reference, run, tags),
            same_as=(self.model(same),) if same and self.model(same) != reference else (),
        )

    def model(self, reference: str) -> str:
        """A reference to a model of this server; those of others, as "hf://…", are the same everywhere."""
        return f"{self.prefix}{reference}" if reference.startswith(MODELS) else reference

    def dataset(self, dataset: answers.Dataset) -> str:
        """A reference to a dataset version of this server."""
        return f"{self.prefix}ds:{dataset.name}:{dataset.digest}"

    def _use(self, used: answers.DatasetInput) -> DatasetUse:
        context = _texts(used.tags).get(CONTEXT, "")
        return DatasetUse(dataset_id=self.dataset(used.dataset), role=role_of(context), context=context)

    def _dataset_version(self, dataset: answers.Dataset) -> DatasetVersion:
        return DatasetVersion(
            id=self.dataset(dataset),
            dataset_name=dataset.name,
            digest=dataset.digest,
            source_uri=source_uri(dataset.source, dataset.source_type),
            source_kind=dataset.source_type,
        )

    def _derivations(self, model: str, *told: Mapping[str, str]) -> tuple[ModelDerivation, ...]:
        """What the last one that names a base model says; a model is never made from itself."""
        saying = next((pairs for pairs in reversed(told) if pairs.get(BASE_MODEL)), {})
        found = (
            ModelDerivation(base_id=self.model(each.base_id), kind=each.kind) for each in derivations(saying)
        )
        return tuple(each for each in found if each.base_id != model)


def best_described(one: DatasetVersion, other: DatasetVersion) -> DatasetVersion:
    """Of two descriptions of a dataset version the one that tells more, whichever came first."""
    return min(one, other, key=lambda each: (not each.source_uri, each.source_uri, each.source_kind))


def base_model_of_run(run: ExperimentRun) -> dict[str, str]:
    """What a run says of the base model of what it makes; a tag goes before a parameter."""
    return {name: value for name, value in (*run.parameters, *run.tags) if name in {BASE_MODEL, RELATION}}


def _texts(tags: Iterable[answers.Tag]) -> dict[str, str]:
    return {tag.key: tag.value for tag in tags}


def _pairs(texts: Mapping[str, str]) -> Pairs:
    return tuple(sorted((key, value) for key, value in texts.items() if key not in LEFT_OUT))


def _moment(milliseconds: int | None) -> datetime | None:
    """MLflow writes 0 where it knows no time."""
    return EPOCH + timedelta(milliseconds=milliseconds) if milliseconds else None
