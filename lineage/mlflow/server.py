"""Reading an MLflow tracking server over its REST API 2.0, page by page."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import ValidationError

from lineage.mlflow import answers
from lineage.mlflow.address import server_address
from lineage.mlflow.requests import Credentials, Requests
from records import TrackingUnavailableError

if TYPE_CHECKING:
    pass

__all__ = ["Credentials", "MlflowServer", "open_server", "server_address"]

PageOf = TypeVar("PageOf", bound=answers.Page)

# The server allows 50,000 runs in a page. A page is also a transaction and held in memory, and larger ones
# are not read faster.
ROWS_IN_PAGE: Final = 1000
# Experiments named in one request; each is a parameter of the server's SQL.
EXPERIMENTS_AT_ONCE: Final = 500
RUNS_AT_ONCE: Final = 100
RETRY_DELAYS_SECONDS: Final = (0.5, 1.0, 2.0)
CONNECT_TIMEOUT_SECONDS: Final = 5.0
ANSWER_TIMEOUT_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class MlflowServer:
    """The listings of one server. All raise TrackingUnavailableError."""

    requests: Requests

    def experiments(self) -> Iterator[answers.Experiment]:
        """All experiments, deleted ones too."""
        for page in self._pages("experiments/search", {"view_type": "ALL"}, answers.ExperimentPage):
            yield from page.experiments

    def runs(self, experiment_ids: Sequence[str], condition: str = "") -> Iterator[tuple[answers.Run, ...]]:
        """Pages of the experiments' runs, deleted ones too, oldest first, so that runs which start meanwhile
        move nobody to another page. `condition` is a filter of MLflow's."""
        for experiments in _parts(experiment_ids, EXPERIMENTS_AT_ONCE):
            wanted = {
                "experiment_ids": experiments,
                "run_view_type": "ALL",
                "order_by": ["attributes.start_time ASC"],
                "filter": condition,
            }
            for page in self._pages("runs/search", wanted, answers.RunPage):
                yield page.runs

    def runs_by_id(
        self, experiment_ids: Sequence[str], run_ids: Sequence[str]
    ) -> Iterator[tuple[answers.Run, ...]]:
        """Pages of the runs with the ids, as far as they are there. Ids that MLflow never gives are not asked
        for: they would have to be quoted into a filter."""
        plain = [run_id for run_id in run_ids if run_id.isalnum() and run_id.isascii()]
        for some in _parts(plain, RUNS_AT_ONCE):
            listed = ", ".join(f"'{run_id}'" for run_id in some)
            yield from self.runs(experiment_ids, f"attributes.run_id IN ({listed})")

    def logged_models(
        self, experiment_ids: Sequence[str], condition: str = ""
    ) -> Iterator[tuple[answers.LoggedModel, ...]]:
        """Pages of the experiments' logged models; none from a server older than 3, which knows of none."""
        for experiments in _parts(experiment_ids, EXPERIMENTS_AT_ONCE):
            wanted = {"experiment_ids": experiments, "filter": condition}
            pages = self._pages("logged-models/search", wanted, answers.LoggedModelPage, optional=True)
            for page in pages:
                yield page.models

    def registered_models(self) -> Iterator[answers.RegisteredModel]:
        """All registered models."""
        for page in self._pages("registered-models/search", None, answers.RegisteredModelPage):
            yield from page.registered_models

    def registered_versions(self) -> Iterator[tuple[answers.RegisteredVersion, ...]]:
        """Pages of all versions of registered models."""
        for page in self._pages("model-versions/search", None, answers.RegisteredVersionPage):
            yield page.model_versions

    def _pages(
        self,
        path: str,
        wanted: Mapping[str, object] | None,
        page_type: type[PageOf],
        *,
        optional: bool = False,
    ) -> Iterator[PageOf]:
        """Every page of a listing; `wanted` is posted, None means that the listing is got."""
        seen: set[str] = set()
        token = ""
        while True:
            asked: dict[str, object] = {"max_results": ROWS_IN_PAGE}
            if token:
                asked["page_token"] = token
            content = (
                self.requests.get(path, asked)
                if wanted is None
                else self.requests.post(path, {**wanted, **asked}, optional=optional)
            )
            if content is None:
                return
            page = self._understood(content, path, page_type)
            yield page
            token = page.next_page_token
            if not token:
                return
            if token in seen:
                raise TrackingUnavailableError(
                    f"{self.requests.where(path)} goes round in circles in its pages"
                )
            seen.add(token)

    def _understood(self, content: bytes, path: str, page_type: type[PageOf]) -> PageOf:
        try:
            return page_type.model_validate_json(content)
        except ValidationError as error:
            problem = error.errors(include_url=False, include_input=False)[0]
            field = ".".join(str(part) for part in problem["loc"])
            what = f"{field}: {problem['msg']}" if field else problem["msg"]
            raise TrackingUnavailableError(
                f"{self.requests.where(path)} did not answer as an MLflow server does ({what}); "
                "check that the address is that of an MLflow tracking server, version 2 or 3"
            ) from error


@contextmanager
def open_server(
    uri: str,
    credentials: Credentials,
    *,
    retry_delays_seconds: Sequence[float] = RETRY_DELAYS_SECONDS,
) -> Iterator[MlflowServer]:
    """The server at an http(s) address. Raises RejectedInputError for another kind of address."""
    from httpx import Client, Timeout

    address = server_address(uri)
    client: Client
    with Client(
        base_url=address.uri,
        headers=credentials.headers(),
        auth=credentials.basic() or address.user_and_password,
        timeout=Timeout(ANSWER_TIMEOUT_SECONDS, connect=CONNECT_TIMEOUT_SECONDS),
    ) as client:
        yield MlflowServer(Requests(client, address.uri, tuple(retry_delays_seconds)))


def _parts(items: Sequence[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])
