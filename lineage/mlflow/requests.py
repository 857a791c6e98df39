"""Requests to a tracking server, with patience for what passes and one line for what does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from time import sleep
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from records import TrackingUnavailableError

if TYPE_CHECKING:
    from httpx import Client, Response

API: Final = "/api/2.0/mlflow/"
PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
LONGEST_WAIT_SECONDS: Final = 30.0
SHOWN_CHARACTERS: Final = 200
NOTHING: Final = SecretStr("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a server may ask for: a token, or a user with a password."""

    token: SecretStr = NOTHING
    username: str = ""
    password: SecretStr = NOTHING

    def headers(self) -> dict[str, str]:
        """The header that carries the token."""
        token = self.token.get_secret_value()
        return {"Authorization": f"Bearer {token}"} if token and not self.username else {}

    def basic(self) -> tuple[str, str] | None:
        """User and password, which go before a token, as they do in MLflow's own client."""
        return (self.username, self.password.get_secret_value()) if self.username else None


@dataclass(frozen=True, slots=True)
class Requests:
    """Asks one server, and after each delay again where the trouble may pass: 429, 5xx, a connection cut."""

    client: "Client"
    uri: str
    retry_delays_seconds: tuple[float, ...]

    def where(self, path: str) -> str:
        """The URL of a call, for people."""
        return f"{self.uri}{API}{path}"

    def get(self, path: str, parameters: Mapping[str, object]) -> bytes | None:
        """The body of the answer to a GET."""
        return self._answer("GET", path, parameters, optional=False)

    def post(self, path: str, wanted: Mapping[str, object], *, optional: bool = False) -> bytes | None:
        """The body of the answer to a POST of JSON; None where an `optional` call does not exist."""
        return self._answer("POST", path, wanted, optional=optional)

    def _answer(
        self, method: str, path: str, wanted: Mapping[str, object], *, optional: bool
    ) -> bytes | None:
        for delay in (*self.retry_delays_seconds, None):
            response = self._response(method, path, wanted, last=delay is None)
            if response is not None and (response.status_code not in PASSING or delay is None):
                break
            sleep(_wait_seconds(response, delay or 0.0))
        if response is None:  # the last attempt raises instead
            raise TrackingUnavailableError(f"{self.where(path)} does not answer")
        if optional and response.status_code == HTTPStatus.NOT_FOUND:
            return None
        if response.status_code != HTTPStatus.OK:
            raise TrackingUnavailableError(self._refusal(response, path))
        return response.content

    def _response(
        self, method: str, path: str, wanted: Mapping[str, object], *, last: bool
    ) -> "Response | None":
        """None where the connection was cut and may be tried again; one that is not taken at all is not."""
        from httpx import ConnectError, HTTPError, InvalidURL, TransportError

        call = {"params": wanted} if method == "GET" else {"json": wanted}
        try:
            return self.client.request(method, self.uri + API + path, **call)  # type: ignore[arg-type]
        except (HTTPError, InvalidURL, ValueError) as error:
            if isinstance(error, TransportError) and not isinstance(error, ConnectError) and not last:
                return None
            raise TrackingUnavailableError(
                f"the MLflow server at {self.uri} does not answer ({_reason(error)}); start it, or correct "
                "the address, then sync again"
            ) from error

    def _refusal(self, response: "Response", path: str) -> str:
        status, url = response.status_code, self.where(path)
        said = f"{url} answered {status}{_message(response)}"
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return (
                f"{said}; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or "
                "MLFLOW_TRACKING_TOKEN, to credentials that may read"
            )
        if status in PASSING:
            return f"{said}; sync again when the server is well: what was read so far is in the graph"
        return f"{said}; check that the address is that of an MLflow tracking server"


def _wait_seconds(response: "Response | None", delay: float) -> float:
    """As long as the server asks for, within reason."""
    asked = response.headers.get("Retry-After", "") if response is not None else ""
    return min(float(asked), LONGEST_WAIT_SECONDS) if asked.isdecimal() and asked.isascii() else delay


def _message(response: "Response") -> str:
    """MLflow's own words where it says any; the page of another server is not worth repeating."""
    try:
        answer = response.json()
    except (ValueError, RecursionError):
        return ""
    message = answer.get("message") if isinstance(answer, dict) else None
    return f" ({message[:SHOWN_CHARACTERS]})" if isinstance(message, str) and message else ""


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
