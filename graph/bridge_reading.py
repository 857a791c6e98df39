"""The lineage of the graph as records again, as far as it tells what may be linked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from graph import bridge_statements as statements
from graph.questions.columns import Columns, count, text, texts
from graph.store import GraphReader
from records import DatasetVersion, Derivation, ExperimentRun, ModelDerivation, ModelVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkableLineage:
    """All dataset versions, model versions and runs, by id; deleted runs are not among the runs to link.

    `makers` gives the run that made a model version, deleted or not, for what it tells of the model.
    """

    dataset_versions: tuple[DatasetVersion, ...]
    model_versions: tuple[ModelVersion, ...]
    runs: tuple[ExperimentRun, ...]
    makers: Mapping[str, ExperimentRun]


def has_lineage(store: GraphReader) -> bool:
    """Whether the graph holds anything that could be linked."""
    return count(store.read(statements.COUNT_LINEAGE)[0], "count") > 0


def linkable_lineage(store: GraphReader) -> LinkableLineage:
    """What the graph knows of its lineage nodes that may name an entity."""
    runs = {text(row, "id"): _run(row) for row in store.read(statements.RUNS)}
    makers: dict[str, ExperimentRun] = {}
    for row in store.read(statements.MAKERS):
        makers.setdefault(text(row, "id"), runs[text(row, "run")])
    bases: dict[str, list[ModelDerivation]] = {}
    for row in store.read(statements.BASES):
        derivation = ModelDerivation(base_id=text(row, "base"), kind=Derivation(text(row, "derivation")))
        bases.setdefault(text(row, "id"), []).append(derivation)
    return LinkableLineage(
        dataset_versions=tuple(_dataset_version(row) for row in store.read(statements.DATASET_VERSIONS)),
        model_versions=tuple(
            _model_version(row, bases.get(text(row, "id"), ()))
            for row in store.read(statements.MODEL_VERSIONS)
        ),
        runs=tuple(run for run in runs.values() if not run.deleted),
        makers=makers,
    )


def _dataset_version(row: Columns) -> DatasetVersion:
    return DatasetVersion(
        id=text(row, "id"),
        dataset_name=text(row, "dataset_name"),
        digest=text(row, "digest"),
        source_uri=text(row, "source_uri"),
        tags=_pairs(row, "tag"),
    )


def _model_version(row: Columns, bases: Iterable[ModelDerivation]) -> ModelVersion:
    return ModelVersion(
        id=text(row, "id"),
        model_name=text(row, "model_name"),
        version="",
        source_uri=text(row, "source_uri"),
        parameters=_pairs(row, "parameter"),
        tags=_pairs(row, "tag"),
        derived_from=tuple(bases),
    )


def _run(row: Columns) -> ExperimentRun:
    return ExperimentRun(
        id=text(row, "id"),
        deleted=bool(cast("bool | None", row["deleted"])),
        parameters=_pairs(row, "parameter"),
        tags=_pairs(row, "tag"),
    )


def _pairs(row: Columns, kind: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(texts(row, f"{kind}_names"), texts(row, f"{kind}_values"), strict=True))
