"""The lineage that a team already has, as its source tells it: runs, dataset versions, model versions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

Pairs: TypeAlias = tuple[tuple[str, str], ...]


class DatasetRole(StrEnum):
    """What a run did with a dataset version; the value is also the type of the edge in the graph."""

    USED = "USED"
    TRAINED_ON = "TRAINED_ON"
    EVALUATED_ON = "EVALUATED_ON"


class Derivation(StrEnum):
    """How a model version was made from another one; the value is also the type of the edge in the graph."""

    FINE_TUNED_FROM = "FINE_TUNED_FROM"
    DISTILLED_FROM = "DISTILLED_FROM"
    MERGED_FROM = "MERGED_FROM"
    QUANTIZED_FROM = "QUANTIZED_FROM"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageSource:
    """A system that tells of runs: the metadata API, or an MLflow server under the name that a team gives it.

    `id` is the name after "source:", as in "source:mlflow"; `kind` is "mlflow" or "metadata".
    """

    id: str
    kind: str
    uri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetVersion:
    """One state of a dataset, named by a reference that every source may use: "ds:NAME:VERSION".

    `digest` is the source's own version or content digest. `source_uri` says where the data come from, as
    in "hf://datasets/squad"; `source_kind` is the source's word for the kind of place.
    """

    id: str
    dataset_name: str
    digest: str
    source_uri: str = ""
    source_kind: str = ""
    tags: Pairs = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDerivation:
    """From which model version another one was made, and how."""

    base_id: str
    kind: Derivation


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersion:
    """One state of a model, named by a reference: "models:/churn/3", "models:/m-1f2e…", "hf://google-bert/bert-base".

    `run_id` is the run that made it, empty where no run is known. `same_as` are references to the same
    weights under other names (a registered version and the logged model behind it).
    """

    id: str
    model_name: str
    version: str
    source_uri: str = ""
    run_id: str = ""
    created_at: datetime | None = None
    aliases: tuple[str, ...] = ()
    parameters: Pairs = ()
    tags: Pairs = ()
    derived_from: tuple[ModelDerivation, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetUse:
    """What a run did with a dataset version; `context` is the source's own word for it ("training")."""

    dataset_id: str
    role: DatasetRole
    context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentRun:
    """One run of an experiment. `id` is the id that its source gave it, which a second source may use too.

    `parameters`, `metrics` and `tags` are sorted pairs; metrics may be NaN or infinite, as trainings are.
    `models` and `artifacts` are references to what the run made, `parent_id` the run that it is part of.
    `deleted` runs are those that the source has marked so: they stay, and count no more.
    """

    id: str
    run_name: str = ""
    experiment_name: str = ""
    status: str = ""
    commit: str = ""
    operator: str = ""
    url: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    deleted: bool = False
    parameters: Pairs = ()
    metrics: tuple[tuple[str, float], ...] = ()
    tags: Pairs = ()
    datasets: tuple[DatasetUse, ...] = ()
    models: tuple[str, ...] = ()
    artifacts: tuple[str, ...] = ()
    parent_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """What one source tells at once, written whole or not at all.

    References to versions that neither this nor the graph holds become placeholders.
    """

    source: LineageSource
    runs: tuple[ExperimentRun, ...] = ()
    dataset_versions: tuple[DatasetVersion, ...] = ()
    model_versions: tuple[ModelVersion, ...] = ()
