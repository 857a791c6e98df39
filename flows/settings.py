"""The settings of a run: the only place that reads the environment (PAPERLINEAGE_*)."""

import getpass
import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.orchestration.configured_server import configured_api_url
from flows.recognition_settings import RecognitionSettings
from flows.watching.settings import WatchSettings
from ingest import ReadingLimits
from records import DEFAULT_THRESHOLDS, BeliefThresholds, PaperlineageError

DEFAULT_HOME = Path("~/.paperlineage")
MOST_WORKERS_BY_DEFAULT = 4


class SettingsError(PaperlineageError):
    """A PAPERLINEAGE_ variable has a value that it cannot have."""


def _usable_cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        return f"user {os.getuid()}"


def _secret(variable: str) -> SecretStr:
    return SecretStr(os.environ.get(variable, ""))


class BeliefSettings(BaseModel):
    """The beliefs from which facts are accepted, or at least proposed: PAPERLINEAGE_BELIEF__ACCEPTED=0.8."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accepted: float = Field(default=DEFAULT_THRESHOLDS.accepted, ge=0, le=1)
    proposed: float = Field(default=DEFAULT_THRESHOLDS.proposed, ge=0, le=1)

    @model_validator(mode="after")
    def _in_order(self) -> "BeliefSettings":
        if self.proposed > self.accepted:
            raise ValueError(f"proposed ({self.proposed}) must not be above accepted ({self.accepted})")
        return self

    @property
    def thresholds(self) -> BeliefThresholds:
        """Both, as questions take them."""
        return BeliefThresholds(accepted=self.accepted, proposed=self.proposed)


class Settings(BaseSettings):
    """What a person or an operator may set, each as PAPERLINEAGE_ and the name in capitals.

    `home` holds all state. `graph_url` chooses the store, empty for the embedded one under `home`.
    `operator` is written into the graph as the agent answerable for the jobs. The fields of `reading`,
    `recognition`, `watch` and `belief` are set one by one: PAPERLINEAGE_READING__TIMEOUT_SECONDS=300. What
    opens an MLflow server is taken from MLflow's own variables where it is not set here; every
    `mlflow_sweep_hours` a sync reads all of it again.
    """

    model_config = SettingsConfigDict(
        env_prefix="PAPERLINEAGE_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        frozen=True,
        hide_input_in_errors=True,  # passwords are among it
    )

    home: Path = DEFAULT_HOME
    graph_url: str = ""
    workers: int = Field(default_factory=lambda: min(MOST_WORKERS_BY_DEFAULT, _usable_cpus()), ge=1, le=256)
    operator: str = Field(default_factory=_user_name, min_length=1)
    graph_password: SecretStr = SecretStr("")
    reading: ReadingLimits = ReadingLimits()
    recognition: RecognitionSettings = RecognitionSettings()
    watch: WatchSettings = WatchSettings()
    belief: BeliefSettings = BeliefSettings()
    prefect_api_url: str = Field(default_factory=lambda: configured_api_url(os.environ, Path.cwd()))
    mlflow_token: SecretStr = Field(default_factory=lambda: _secret("MLFLOW_TRACKING_TOKEN"))
    mlflow_username: str = Field(default_factory=lambda: os.environ.get("MLFLOW_TRACKING_USERNAME", ""))
    mlflow_password: SecretStr = Field(default_factory=lambda: _secret("MLFLOW_TRACKING_PASSWORD"))
    mlflow_sweep_hours: float = Field(default=24, ge=0)
    metadata_body_limit_bytes: int = Field(default=1 << 20, ge=1)

    @field_validator("home", mode="after")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()


def load_settings() -> Settings:
    """The settings of this process; raises SettingsError with a line for each variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        lines = (f"{_variable(problem['loc'])}: {problem['msg']}" for problem in error.errors())
        raise SettingsError("; ".join(lines)) from error


def _variable(location: tuple[int | str, ...]) -> str:
    return "PAPERLINEAGE_" + "__".join(str(part).upper() for part in location)


def aws_variables() -> dict[str, str]:
    """Endpoint, region and credentials of S3, as AWS's own programs take them from the environment."""
    return {name: value for name, value in os.environ.items() if name.startswith("AWS_")}


def prepare_prefect_client() -> None:
    """Sets, before Prefect is imported, what its client reads from the environment; a person's own settings
    stand.

    It does not report this program's use to its makers. And it asks a server that has gone away three times
    more, which takes some 15 s, instead of five times, which take over a minute for each call.
    """
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_CLIENT_MAX_RETRIES", "3")


def prefect_server_environment(home: Path, *, api_url: str) -> Mapping[str, str]:
    """The environment of a Prefect server of our own: its state under `home`, its UI from this machine alone.

    Prefect's newer UI fetches parts of itself from the internet, so the one that is shipped whole is served.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {
        **inherited,
        "PREFECT_HOME": str(home),
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_API_URL": api_url,
        "DO_NOT_TRACK": "1",
    }
