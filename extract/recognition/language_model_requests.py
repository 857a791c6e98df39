"""Requests to an OpenAI-compatible endpoint, with patience for what passes and bounds on what it may send."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr, ValidationError

from extract.recognition.language_model_answers import UnreadableAnswerError
from extract.recognition.language_model_prompt import INSTRUCTIONS, SCHEMA
from records import RecogniserUnavailableError

if TYPE_CHECKING:
    from httpx import Client, Response

TEMPERATURE: Final = 0
NO_KEY: Final = SecretStr("")
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
REFUSED_QUESTION: Final = frozenset({400, 413, 422})
"""The request itself was not liked: its format, its length, what stands in it."""
RETRY_DELAYS_SECONDS: Final = (1.0, 4.0, 10.0)
LONGEST_WAIT_SECONDS: Final = 30.0
MOST_BYTES: Final = 4 << 20
SHOWN_CHARACTERS: Final = 200
FORMATS: Final[tuple[Mapping[str, object], ...]] = (
    {
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "annotations", "strict": True, "schema": SCHEMA},
        }
    },
    {"response_format": {"type": "json_object"}},
    {},
)
"""How JSON is asked for, best first; servers that do not know one answer 400."""


class RefusedQuestionError(Exception):
    """The endpoint refuses the request, in each format that is left to try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An OpenAI-compatible endpoint: the address before /chat/completions, its model, and how it is asked."""

    url: str
    model: str
    api_key: SecretStr = NO_KEY
    timeout_seconds: float = 120.0
    sentences_per_request: int = 8
    concurrent_requests: int = 4


def endpoint_url(url: str) -> str:
    """The address without its last slash; raises ValueError, which does not repeat what was given."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fits = False
    if not fits or not url.isprintable() or " " in url:
        raise ValueError(
            "openai: is followed by the address of an endpoint, as in openai:http://127.0.0.1:8000/v1"
        )
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ValueError(
            "the endpoint's address may hold no user, password or query: the key belongs into "
            "PAPERLINEAGE_RECOGNITION__API_KEY"
        )
    return url.rstrip("/")


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice]


class Completions:
    """Asks one endpoint; several threads may at once."""

    def __init__(
        self, endpoint: Endpoint, *, retry_delays_seconds: tuple[float, ...] = RETRY_DELAYS_SECONDS
    ) -> None:
        self.endpoint = endpoint
        self._retry_delays_seconds = retry_delays_seconds
        self._formats = list(FORMATS)
        self._answered = False
        self._choosing = Lock()

    def content(self, question: str, client: "Client") -> str:
        """The text of the answer to a question.

        The first format in which the endpoint answers anything stays. Raises RefusedQuestionError where it
        wants none of the question, UnreadableAnswerError where what comes is no completion or was cut off,
        RecogniserUnavailableError where nothing comes.
        """
        while True:
            asked_for = self._formats[0]
            status, body = self._patiently(self._body(question, asked_for), client)
            if status == HTTPStatus.OK:
                self._answered = True
                return _content(body)
            if status not in REFUSED_QUESTION:
                raise RecogniserUnavailableError(self._refusal(status, body))
            with self._choosing:
                if self._formats[0] is asked_for:
                    if self._answered or len(self._formats) == 1:
                        raise RefusedQuestionError(self._refusal(status, body))
                    del self._formats[0]

    def _body(self, question: str, asked_for: Mapping[str, object]) -> dict[str, object]:
        messages = [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": question}]
        return {
            "model": self.endpoint.model,
            "temperature": TEMPERATURE,
            "messages": messages,
            **asked_for,
        }

    def _patiently(self, wanted: Mapping[str, object], client: "Client") -> tuple[int, bytes]:
        """Status and body; asked again after each delay while the trouble may pass."""
        for delay in (*self._retry_delays_seconds, None):
            answered = self._attempt(wanted, client, last=delay is None)
            if answered and (answered[0].status_code not in PASSING or delay is None):
                break
            sleep(_wait_seconds(answered[0] if answered else None, delay or 0.0))
        if answered is None:  # the last attempt raises instead
            raise RecogniserUnavailableError(f"the endpoint {self.endpoint.url} does not answer")
        return answered[0].status_code, answered[1]

    def _attempt(
        self, wanted: Mapping[str, object], client: "Client", *, last: bool
    ) -> "tuple[Response, bytes] | None":
        """None where the connection was cut and may be tried again; one that is not taken at all is not."""
        from httpx import ConnectError, HTTPError, InvalidURL, NetworkError, RemoteProtocolError

        try:
            return self._post(wanted, client)
        except (HTTPError, InvalidURL) as error:
            cut = isinstance(error, (NetworkError, RemoteProtocolError)) and not isinstance(
                error, ConnectError
            )
            if cut and not last:
                return None
            raise RecogniserUnavailableError(
                f"the endpoint {self.endpoint.url} does not answer ({type(error).__name__}): start it, or "
                "correct PAPERLINEAGE_RECOGNITION__MODEL, or raise PAPERLINEAGE_RECOGNITION__TIMEOUT_SECONDS "
                f"({self.endpoint.timeout_seconds:g})"
            ) from error

    def _post(self, wanted: Mapping[str, object], client: "Client") -> "tuple[Response, bytes]":
        """The answer and its body, which is let grow neither without end nor for ever."""
        deadline = monotonic() + self.endpoint.timeout_seconds
        body = bytearray()
        with client.stream("POST", f"{self.endpoint.url}/chat/completions", json=wanted) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > MOST_BYTES or monotonic() > deadline:
                    raise RecogniserUnavailableError(
                        f"the endpoint {self.endpoint.url} sends more than {MOST_BYTES >> 20} MiB, or for "
                        f"longer than {self.endpoint.timeout_seconds:g} s: see what is wrong with it, or "
                        "raise PAPERLINEAGE_RECOGNITION__TIMEOUT_SECONDS"
                    )
        return response, bytes(body)

    def _refusal(self, status: int, body: bytes) -> str:
        where = f"{self.endpoint.url}/chat/completions answered {status}"
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return (
                f"{where}: set PAPERLINEAGE_RECOGNITION__API_KEY to a key that may use {self.endpoint.model}"
            )
        said = f"{where} ({self._said(body)})"
        if status in PASSING:
            return f"{said}: try again when it is well"
        return (
            f"{said}: check the address in PAPERLINEAGE_RECOGNITION__MODEL, which ends before "
            "/chat/completions (often in /v1), and the name in PAPERLINEAGE_RECOGNITION__LLM_MODEL"
        )

    def _said(self, body: bytes) -> str:
        """The beginning of what the endpoint said, for people: in one line, and never with the key."""
        said = body[: 4 * SHOWN_CHARACTERS].decode("utf-8", "replace")
        if key := self.endpoint.api_key.get_secret_value():
            said = said.replace(key, "…")
        printable = "".join(character if character.isprintable() else " " for character in said)
        return " ".join(printable.split())[:SHOWN_CHARACTERS]


def headers(endpoint: Endpoint) -> dict[str, str]:
    """The header with the key, if there is one."""
    key = endpoint.api_key.get_secret_value()
    return {"Authorization": f"Bearer {key}"} if key else {}


def _wait_seconds(response: "Response | None", delay: float) -> float:
    """As long as the server asks for, within reason."""
    asked = response.headers.get("Retry-After", "") if response is not None else ""
    return min(float(asked), LONGEST_WAIT_SECONDS) if asked.isdecimal() and asked.isascii() else delay


def _content(body: bytes) -> str:
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError as error:
        raise UnreadableAnswerError("it is no chat completion") from error
    if not completion.choices or not completion.choices[0].message.content:
        raise UnreadableAnswerError("it is empty")
    if completion.choices[0].finish_reason == "length":
        raise UnreadableAnswerError("it was cut off")
    return completion.choices[0].message.content
