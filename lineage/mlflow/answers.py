"""What an MLflow server answers, as far as it is read here; unknown fields are left aside.

Field names are those of MLflow's REST API 2.0. Numbers may come as text ("NaN"), times are milliseconds
since 1970.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(min_length=1)]
Milliseconds = Annotated[int, Field(ge=-62_135_596_800_000, le=253_402_300_799_999)]  # the years 1 to 9999


class Answer(BaseModel):
    """An object of an answer."""

    model_config = ConfigDict(frozen=True, protected_namespaces=())


class Tag(Answer):
    """A tag or parameter; a value that is empty may be left out."""

    key: str
    value: str = ""


class Metric(Answer):
    """The last value of a metric."""

    key: str
    value: float = 0.0


class Experiment(Answer):
    """An experiment; its runs point at it by id."""

    experiment_id: Id
    name: str = ""
    lifecycle_stage: str = ""


class RunInfo(Answer):
    """What a run is."""

    run_id: Id
    experiment_id: Id
    run_name: str = ""
    user_id: str = ""
    status: str = ""
    start_time: Milliseconds | None = None
    end_time: Milliseconds | None = None
    lifecycle_stage: str = ""


class RunData(Answer):
    """What a run was given and what it measured."""

    metrics: tuple[Metric, ...] = ()
    params: tuple[Tag, ...] = ()
    tags: tuple[Tag, ...] = ()


class Dataset(Answer):
    """A dataset version; `source` is JSON inside JSON, of a shape that `source_type` decides."""

    name: Id
    digest: str = ""
    source_type: str = ""
    source: str = ""


class DatasetInput(Answer):
    """A use of a dataset version; its tags say what for."""

    dataset: Dataset
    tags: tuple[Tag, ...] = ()


class ModelOutput(Answer):
    """A logged model that a run made."""

    model_id: Id


class RunInputs(Answer):
    """What went into a run."""

    dataset_inputs: tuple[DatasetInput, ...] = ()


class RunOutputs(Answer):
    """What came out of a run."""

    model_outputs: tuple[ModelOutput, ...] = ()


class Run(Answer):
    """A run."""

    info: RunInfo
    data: RunData = RunData()
    inputs: RunInputs = RunInputs()
    outputs: RunOutputs = RunOutputs()


class LoggedModelInfo(Answer):
    """What a logged model is (MLflow 3)."""

    model_id: Id
    name: str = ""
    creation_timestamp_ms: Milliseconds | None = None
    artifact_uri: str = ""
    source_run_id: str = ""
    tags: tuple[Tag, ...] = ()


class LoggedModelData(Answer):
    """What a logged model was made with."""

    params: tuple[Tag, ...] = ()


class LoggedModel(Answer):
    """A logged model."""

    info: LoggedModelInfo
    data: LoggedModelData = LoggedModelData()


class Alias(Answer):
    """A name that points at a version of a registered model."""

    alias: str
    version: str


class RegisteredModel(Answer):
    """A registered model; only here does the server tell of aliases."""

    name: Id
    aliases: tuple[Alias, ...] = ()


class RegisteredVersion(Answer):
    """A version of a registered model."""

    name: Id
    version: Id
    creation_timestamp: Milliseconds | None = None
    source: str = ""
    run_id: str = ""
    tags: tuple[Tag, ...] = ()


class Page(Answer):
    """A page of a listing; no token means that it is the last."""

    next_page_token: str = ""


class ExperimentPage(Page):
    """A page of experiments."""

    experiments: tuple[Experiment, ...] = ()


class RunPage(Page):
    """A page of runs."""

    runs: tuple[Run, ...] = ()


class LoggedModelPage(Page):
    """A page of logged models."""

    models: tuple[LoggedModel, ...] = ()


class RegisteredModelPage(Page):
    """A page of registered models."""

    registered_models: tuple[RegisteredModel, ...] = ()


class RegisteredVersionPage(Page):
    """A page of registered versions."""

    model_versions: tuple[RegisteredVersion, ...] = ()
