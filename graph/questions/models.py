"""Which model version a text names, as people refer to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast

from graph.questions.columns import Columns, text, texts
from graph.questions.walking import LINEAGE_COLUMNS, Stop, stop_of
from graph.store import GraphReader

SUGGESTIONS: Final = 5
NEAR_SCORE: Final = 60
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)

MODEL_VERSIONS: Final = f"""
MATCH (n:ModelVersion)
RETURN {LINEAGE_COLUMNS}, n.created_at AS created_at, n.aliases AS aliases
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelMatches:
    """The model versions that a text names, by id; where it names none, ids that come near."""

    models: tuple[Stop, ...]
    suggestions: tuple[str, ...]


def models_matching(store: GraphReader, wanted: str) -> ModelMatches:
    """The model versions that a text names.

    The text is a reference, whole or without "models:/" or "hf://", a name with a version or an alias
    ("churn/3", "churn@champion"), a name alone for its newest version, or the start of a reference.
    """
    wanted = wanted.strip()
    rows = sorted(store.read(MODEL_VERSIONS), key=lambda row: text(row, "id"))
    for named in (_by_reference, _by_version, _by_name, _by_start):
        if wanted and (found := named(rows, wanted)):
            return ModelMatches(models=tuple(stop_of(row) for row in found), suggestions=())
    return ModelMatches(models=(), suggestions=_near(rows, wanted))


def _by_reference(rows: Sequence[Columns], wanted: str) -> list[Columns]:
    references = {wanted, f"models:/{wanted}", f"hf://{wanted}"}
    return [row for row in rows if text(row, "id") in references]


def _by_version(rows: Sequence[Columns], wanted: str) -> list[Columns]:
    name, _, version = wanted.rpartition("/")
    aliased, _, alias = wanted.rpartition("@")
    return [
        row
        for row in rows
        if (name and (text(row, "model_name"), text(row, "version")) == (name, version))
        or (aliased and text(row, "model_name") == aliased and alias in texts(row, "aliases"))
    ]


def _by_name(rows: Sequence[Columns], wanted: str) -> list[Columns]:
    named = [row for row in rows if text(row, "model_name").casefold() == wanted.casefold()]
    return [max(named, key=_age)] if named else []


def _by_start(rows: Sequence[Columns], wanted: str) -> list[Columns]:
    starts = (wanted, f"models:/{wanted}", f"hf://{wanted}")
    return [row for row in rows if text(row, "id").startswith(starts)]


def _age(row: Columns) -> tuple[datetime, int, str]:
    version = text(row, "version")
    created_at = cast("datetime | None", row["created_at"]) or LONG_AGO
    return created_at, int(version) if version.isdecimal() else 0, text(row, "id")


def _near(rows: Sequence[Columns], wanted: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process, utils

    references = [text(row, "id") for row in rows]
    near = process.extract(
        wanted,
        references,
        scorer=fuzz.partial_ratio,
        processor=utils.default_process,
        limit=SUGGESTIONS,
        score_cutoff=NEAR_SCORE,
    )
    return tuple(reference for reference, _, _ in near)
