"""Runs for a measurement, put into the database of an MLflow server before it starts, by MLflow's own store.

`python -m benchmarks.mlflow_runs DATABASE.db COUNT`; over REST, a thousand runs take minutes.
"""

import sys
from pathlib import Path

from mlflow.entities import (
    Dataset,
    DatasetInput,
    InputTag,
    LoggedModelOutput,
    LoggedModelTag,
    Metric,
    Param,
    RunStatus,
    RunTag,
)
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

DATASETS = 20
RUNS_FOR_A_MODEL = 10
LONG_AGO = 1_700_000_000_000


def main() -> None:
    """Runs that ended long ago, with ten parameters and ten metrics each, every tenth with a model."""
    database, count = Path(sys.argv[1]), int(sys.argv[2])
    store = SqlAlchemyStore(f"sqlite:///{database}", str(database.parent / "artifacts"))
    experiment = store.create_experiment("measured")
    for number in range(count):
        make_run(store, experiment, number)


def make_run(store: SqlAlchemyStore, experiment: str, number: int) -> None:
    """One of them."""
    began = LONG_AGO + number * 1000
    tags = [RunTag("team", "growth"), RunTag("mlflow.source.git.commit", f"{number:040x}")]
    run_id = store.create_run(experiment, "ada", began, tags, f"run {number}").info.run_id
    store.log_batch(
        run_id,
        metrics=[Metric(f"metric_{each}", number / (each + 1), began, 0) for each in range(10)],
        params=[Param(f"parameter_{each}", str(number * each)) for each in range(10)],
        tags=[],
    )
    used = Dataset(name=f"users_{number % DATASETS}", digest="v1", source_type="local", source="{}")
    store.log_inputs(run_id, [DatasetInput(used, [InputTag("mlflow.data.context", "training")])])
    if number % RUNS_FOR_A_MODEL == 0:
        told = [LoggedModelTag("base_model", "gpt2")]
        model = store.create_logged_model(experiment, f"model {number}", run_id, told)
        store.log_outputs(run_id, [LoggedModelOutput(model.model_id, 0)])
    store.update_run_info(run_id, RunStatus.FINISHED, began + 500, None)


if __name__ == "__main__":
    main()
