"""Small pieces of lineage for tests: name what a case is about, and the rest is filled in."""

from collections.abc import Sequence
from datetime import UTC, datetime

from graph import GraphStore, LinkCandidate, write_links
from records import (
    DatasetRole,
    DatasetUse,
    DatasetVersion,
    Derivation,
    Entity,
    ExperimentRun,
    Lineage,
    LineageSource,
    ModelDerivation,
    ModelVersion,
)

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def run(
    run_id: str = "run-1",
    *,
    name: str = "",
    parameters: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
    used: Sequence[str] = (),
    trained_on: Sequence[str] = (),
    evaluated_on: Sequence[str] = (),
    models: Sequence[str] = (),
    parent: str = "",
    deleted: bool = False,
) -> ExperimentRun:
    """A run; what it did with dataset versions is told by their references."""
    roles = {
        DatasetRole.USED: used,
        DatasetRole.TRAINED_ON: trained_on,
        DatasetRole.EVALUATED_ON: evaluated_on,
    }
    return ExperimentRun(
        id=run_id,
        run_name=name,
        parameters=tuple(sorted((parameters or {}).items())),
        tags=tuple(sorted((tags or {}).items())),
        datasets=tuple(DatasetUse(dataset_id=each, role=role) for role, ids in roles.items() for each in ids),
        models=tuple(models),
        parent_id=parent,
        deleted=deleted,
    )


def dataset_version(
    name: str = "",
    *,
    digest: str = "1a2b",
    source: str = "",
    tags: dict[str, str] | None = None,
    reference: str = "",
) -> DatasetVersion:
    """A dataset version; its reference is made from its name and digest."""
    return DatasetVersion(
        id=reference or f"ds:{name}:{digest}",
        dataset_name=name,
        digest=digest,
        source_uri=source,
        tags=tuple(sorted((tags or {}).items())),
    )


def model_version(
    reference: str = "models:/churn/1",
    *,
    name: str | None = None,
    run_id: str = "",
    parameters: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
    bases: dict[str, Derivation] | None = None,
    same_as: Sequence[str] = (),
    created_at: datetime | None = None,
    aliases: Sequence[str] = (),
) -> ModelVersion:
    """A model version; name and version come from a reference such as "models:/churn/1"."""
    named, _, version = reference.removeprefix("models:/").rpartition("/")
    registered = reference.startswith("models:/")
    return ModelVersion(
        id=reference,
        model_name=(named if registered else "") if name is None else name,
        version=version if registered else "",
        run_id=run_id,
        created_at=created_at,
        aliases=tuple(aliases),
        parameters=tuple(sorted((parameters or {}).items())),
        tags=tuple(sorted((tags or {}).items())),
        derived_from=tuple(ModelDerivation(base_id=base, kind=kind) for base, kind in (bases or {}).items()),
        same_as=tuple(same_as),
    )


def lineage(
    *,
    runs: Sequence[ExperimentRun] = (),
    datasets: Sequence[DatasetVersion] = (),
    models: Sequence[ModelVersion] = (),
) -> Lineage:
    """What one source tells."""
    return Lineage(
        source=LineageSource(id="source:mlflow", kind="mlflow", uri="http://127.0.0.1:5000"),
        runs=tuple(runs),
        dataset_versions=tuple(datasets),
        model_versions=tuple(models),
    )


def link(
    store: GraphStore, label: str, node: str, to: Entity, *, score: float = 1.0, confident: bool = True
) -> None:
    """Links a node of lineage to an entity, or proposes that where it is not `confident`."""
    one = LinkCandidate(
        node_label=label, node_id=node, entity=to, score=score, reasons=("It says so.",), confident=confident
    )
    write_links(store, [one], judged_by="ada", judged_at=LONG_AGO)
