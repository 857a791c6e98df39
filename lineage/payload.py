"""Runs that people and tools publish themselves: the format, and every way in which it can be broken.

The metadata API and `paperlineage publish` both read with this module, so that both say the same.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Final, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)
from pydantic_core import PydanticCustomError

from records import DatasetRole, DatasetUse, ExperimentRun, InvalidPayloadError, Lineage, LineageSource

Payload = TypeVar("Payload")

METADATA_SOURCE: Final = LineageSource(id="source:metadata", kind="metadata")
LONGEST_REFERENCE: Final = 2000
LONGEST_NAME: Final = 250
LONGEST_VALUE: Final = 6000  # as MLflow has it for parameters
MOST_ITEMS: Final = 10_000
MOST_PROBLEMS: Final = 20
NO_JSON: Final = "json_invalid"
LINE_BREAKS: Final = str.maketrans("\t\n\r", "   ")
FORBIDDEN: Final = frozenset({"Cc", "Cs"})  # controls and lone surrogates


def _plain(text: str) -> str:
    if any(unicodedata.category(character) in FORBIDDEN for character in text):
        raise PydanticCustomError("control_characters", "Text must not hold control characters")
    return text


def _in_lines(text: str) -> str:
    _plain(text.translate(LINE_BREAKS))
    return text


def _not_blank(text: str) -> str:
    if text != text.strip():
        raise PydanticCustomError("blanks_around", "Text must not begin or end with blanks")
    return _plain(text)


def _scalar(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    """One problem where no type fits, instead of one for each; and no integer becomes a float."""
    try:
        if not isinstance(value, int) or -(2**63) <= value < 2**63:
            return handler(value)
    except ValidationError:
        pass
    raise PydanticCustomError(
        "scalar",
        f"Input should be a boolean, a finite number of 64 bits, or a text of at most {LONGEST_VALUE} "
        "characters without control characters",
    )


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise PydanticCustomError("time_out_of_range", "The time is out of range in UTC") from error


Reference = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_REFERENCE), AfterValidator(_not_blank)
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME), AfterValidator(_not_blank)]
Text = Annotated[str, StringConstraints(max_length=LONGEST_NAME), AfterValidator(_plain)]
Value = Annotated[str, StringConstraints(max_length=LONGEST_VALUE), AfterValidator(_in_lines)]
Scalar = Annotated[bool | int | FiniteFloat | Value, WrapValidator(_scalar)]
Moment = Annotated[AwareDatetime, AfterValidator(_utc)]
References = Annotated[tuple[Reference, ...], Field(max_length=MOST_ITEMS)]


class RunPayload(BaseModel):
    """A run as somebody publishes it; the first five fields are always given, if only empty.

    Publishing the same `run_id` again describes the same run again.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    run_id: Reference = Field(description="The id that the run has everywhere, in MLflow too.")
    commit: Text = Field(description="The commit of the code, empty where there is none.")
    dataset_versions: References = Field(description='What the run used, as in "ds:users:v12".')
    metrics: Annotated[dict[Name, FiniteFloat], Field(max_length=MOST_ITEMS)]
    artifacts: References = Field(description='What the run made, as in "sha256:9f86d0…".')
    parameters: Annotated[dict[Name, Scalar], Field(max_length=MOST_ITEMS)] = {}
    models: References = Field(default=(), description='Model versions that the run made: "models:/churn/3".')
    operator: Text = Field(default="", description="Who or what is answerable for the run.")
    started_at: Moment | None = Field(default=None, description="With its offset from UTC.")
    ended_at: Moment | None = Field(default=None, description="With its offset from UTC.")

    @field_validator("ended_at")
    @classmethod
    def _in_order(cls, ended_at: datetime | None, info: ValidationInfo) -> datetime | None:
        started_at = info.data.get("started_at")
        if started_at and ended_at and ended_at < started_at:
            raise PydanticCustomError("times_reversed", "A run must not end before it started")
        return ended_at


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadProblem:
    """What is wrong where: `path` leads to the field, as in ("metrics", "accuracy"), empty for the whole."""

    path: tuple[str | int, ...]
    message: str
    kind: str


class PayloadProblemsError(InvalidPayloadError):
    """A payload that breaks the format, with every problem that was found."""

    def __init__(self, problems: Sequence[PayloadProblem], *, what: str) -> None:
        self.problems = tuple(problems[:MOST_PROBLEMS])
        told = "; ".join(_told(problem) for problem in self.problems)
        more = len(problems) - len(self.problems)
        super().__init__(f"{what}: {told}" + (f"; and {more} more" if more else ""))

    @property
    def no_json(self) -> bool:
        """Whether it is not even JSON."""
        return any(problem.kind == NO_JSON for problem in self.problems)


_ONE: Final = TypeAdapter(RunPayload)
_MANY: Final = TypeAdapter(Annotated[tuple[RunPayload, ...], Field(strict=True)])


def parse_run(body: bytes) -> RunPayload:
    """The one run of a JSON body; raises PayloadProblemsError."""
    return _parsed(_ONE, body, what="the run cannot be published")


def parse_runs(body: bytes, *, what: str) -> tuple[RunPayload, ...]:
    """The run, or the list of runs, of a JSON file; raises PayloadProblemsError, which names `what`."""
    if body.lstrip()[:1] == b"[":
        return _parsed(_MANY, body, what=what)
    return (_parsed(_ONE, body, what=what),)


def lineage_of(payloads: Sequence[RunPayload]) -> Lineage:
    """What the payloads tell, to be written at once; of several with one run id the last counts."""
    runs = {payload.run_id: _run(payload) for payload in payloads}
    return Lineage(source=METADATA_SOURCE, runs=tuple(runs.values()))


def _run(payload: RunPayload) -> ExperimentRun:
    parameters = ((name, _as_text(value)) for name, value in payload.parameters.items())
    return ExperimentRun(
        id=payload.run_id,
        commit=payload.commit,
        operator=payload.operator,
        started_at=payload.started_at,
        ended_at=payload.ended_at,
        parameters=tuple(sorted(parameters)),
        metrics=tuple(sorted((name, float(value)) for name, value in payload.metrics.items())),
        datasets=tuple(
            DatasetUse(dataset_id=version, role=DatasetRole.USED)
            for version in dict.fromkeys(payload.dataset_versions)
        ),
        models=tuple(dict.fromkeys(payload.models)),
        artifacts=tuple(dict.fromkeys(payload.artifacts)),
    )


def _as_text(value: bool | float | str) -> str:  # noqa: FBT001 - a parameter may be a bool
    """As JSON writes it, so that true and True are not two values."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parsed(adapter: TypeAdapter[Payload], body: bytes, *, what: str) -> Payload:
    try:
        return adapter.validate_json(body)
    except ValidationError as error:
        problems = [
            PayloadProblem(path=each["loc"], message=each["msg"], kind=each["type"])
            for each in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise PayloadProblemsError(problems, what=what) from error


def _told(problem: PayloadProblem) -> str:
    return f"{field_path(problem.path)}: {problem.message}" if problem.path else problem.message


def field_path(path: Sequence[str | int]) -> str:
    """The way to a field as people write it: "[3].metrics.accuracy"."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
