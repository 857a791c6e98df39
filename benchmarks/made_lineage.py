"""Runs, dataset versions and models that could be a team's, over what the papers of a graph speak of."""

from datetime import UTC, datetime, timedelta

from flows.bridging import bridge
from graph import GraphStore, write_lineage
from records import (
    DatasetRole,
    DatasetUse,
    DatasetVersion,
    ExperimentRun,
    Lineage,
    LineageSource,
    ModelVersion,
)

RUNS = 500
RUNS_OF_A_MODEL = 5
BEGAN_AT = datetime(2026, 1, 1, tzinfo=UTC)
DATASETS = """
MATCH (d:Dataset)<-[:OBJECT]-(f:Fact)
RETURN d.name AS name, count(f) AS facts ORDER BY facts DESC, name
"""
STEPS = """
MATCH (s:PreprocessingStep)<-[:OBJECT]-(f:Fact)
RETURN s.name AS name, count(f) AS facts ORDER BY facts DESC, name
"""


def publish_made_lineage(store: GraphStore) -> dict[str, int]:
    """Writes the runs and links them; how much of what there is then."""
    datasets = [str(row["name"]) for row in store.read(DATASETS)]
    steps = [str(row["name"]) for row in store.read(STEPS)]
    versions = tuple(
        DatasetVersion(id=f"ds:{name}:v1", dataset_name=name, digest="v1", source_uri=f"hf://datasets/{name}")
        for name in datasets
    )
    runs = tuple(_run(number, versions, steps) for number in range(RUNS))
    models = tuple(
        ModelVersion(
            id=f"models:/made/{number}", model_name="made", version=str(number), run_id=runs[number].id
        )
        for number in range(0, RUNS, RUNS_OF_A_MODEL)
    )
    source = LineageSource(id="source:made", kind="metadata")
    write_lineage(store, Lineage(source=source, runs=runs, dataset_versions=versions, model_versions=models))
    links = bridge(store, operator="benchmark")
    return {
        "runs": len(runs),
        "dataset_versions": len(versions),
        "model_versions": len(models),
        "linked": links.linked,
        "proposed": links.proposed,
    }


def _run(number: int, versions: tuple[DatasetVersion, ...], steps: list[str]) -> ExperimentRun:
    trained_on = versions[number % len(versions)].id
    began_at = BEGAN_AT + timedelta(hours=number)
    return ExperimentRun(
        id=f"made-{number:05}",
        run_name=f"run {number}",
        experiment_name="made",
        started_at=began_at,
        ended_at=began_at + timedelta(minutes=30),
        parameters=(("preprocessing", steps[number % len(steps)]),),
        metrics=(("f1", number / RUNS),),
        datasets=(DatasetUse(dataset_id=trained_on, role=DatasetRole.TRAINED_ON, context="training"),),
    )
