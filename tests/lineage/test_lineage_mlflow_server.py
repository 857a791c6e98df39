"""A real MLflow server is read whole; servers that misbehave are told apart in one line."""

import json
from collections.abc import Iterator

import pytest
from mlflow_server import Mlflow, dataset
from pydantic import SecretStr
from scripted_server import Answer, Asked, answering

from lineage.mlflow import Credentials, MlflowNames, open_server
from lineage.mlflow.records import base_model_of_run
from records import (
    DatasetRole,
    DatasetUse,
    DatasetVersion,
    Derivation,
    ExperimentRun,
    ModelDerivation,
    TrackingUnavailableError,
)

NOBODY = Credentials()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The waits between attempts, which are not waited."""
    waited: list[float] = []
    monkeypatch.setattr("lineage.mlflow.requests.sleep", waited.append)
    return waited  # type: ignore[return-value]


def test_a_run_is_read_with_all_that_the_graph_keeps_of_it(mlflow_server: Mlflow) -> None:
    experiment = mlflow_server.experiment("a run")
    parent = mlflow_server.run(experiment, name="parent")
    run_id = mlflow_server.run(
        experiment,
        name="child",
        start_time=1_760_000_000_000,
        tags={"mlflow.parentRunId": parent, "mlflow.source.git.commit": "abc", "team": "growth"},
        parameters={"lr": "0.1", "base_model": "gpt2"},
        metrics={"accuracy": 0.5, "odd": "NaN"},
        datasets=[
            dataset("users", "v1", context="training", source='{"path": "squad"}', source_type="hf"),
            dataset("users", "v2", context="test"),
        ],
    )
    mlflow_server.log(run_id, {}, {"accuracy": 0.75}, step=1)
    with open_server(mlflow_server.url, NOBODY) as server:
        experiments = {each.experiment_id: each for each in server.experiments()}
        names = MlflowNames(uri=mlflow_server.url, experiments=experiments)
        answers = [run for page in server.runs([experiment]) for run in page]
    runs = {run.id: run for run in map(names.run, answers)}
    run = runs[run_id]
    assert (run.run_name, run.experiment_name, run.status) == ("child", "a run", "FINISHED")
    assert (run.commit, run.operator, run.parent_id) == ("abc", "ada", parent)
    assert (run.tags, run.deleted) == ((("team", "growth"),), False)
    assert run.parameters == (("base_model", "gpt2"), ("lr", "0.1"))
    assert (run.metrics[0], repr(run.metrics[1])) == (("accuracy", 0.75), "('odd', nan)")
    assert run.started_at is not None
    assert run.ended_at is not None
    assert (run.ended_at - run.started_at).total_seconds() == 1
    assert run.started_at.isoformat() == "2025-10-09T08:53:20+00:00"
    assert set(run.datasets) == {
        DatasetUse(dataset_id="ds:users:v1", role=DatasetRole.TRAINED_ON, context="training"),
        DatasetUse(dataset_id="ds:users:v2", role=DatasetRole.EVALUATED_ON, context="test"),
    }
    assert names.dataset_versions(answers)["ds:users:v1"] == DatasetVersion(
        id="ds:users:v1",
        dataset_name="users",
        digest="v1",
        source_uri="hf://datasets/squad",
        source_kind="hf",
    )
    assert run.url == f"{mlflow_server.url}/#/experiments/{experiment}/runs/{run_id}"


def test_models_are_read_with_what_they_were_made_from(mlflow_server: Mlflow) -> None:
    experiment = mlflow_server.experiment("models")
    run_id = mlflow_server.run(experiment, parameters={"base_model": "gpt2"})
    model_id = mlflow_server.logged_model(experiment, run_id, "classifier")
    mlflow_server.registered("models", model_id, run_id, base_model="a/x", base_model_relation="quantized")
    names = MlflowNames(uri=mlflow_server.url, prefix="staging:")
    with open_server(mlflow_server.url, NOBODY) as server:
        [run] = [names.run(run) for page in server.runs([experiment]) for run in page]
        of_run = base_model_of_run(run)
        [logged] = [
            names.logged_model(m, of_run) for page in server.logged_models([experiment]) for m in page
        ]
        [registered] = [
            names.registered_version(version, ["champion"], of_run)
            for page in server.registered_versions()
            for version in page
            if version.name == "models"
        ]
        aliases = {model.name: model.aliases for model in server.registered_models()}["models"]
    assert run.models == (f"staging:models:/{model_id}",)
    assert (logged.id, logged.model_name, logged.run_id) == (run.models[0], "classifier", run_id)
    assert logged.derived_from == (ModelDerivation(base_id="hf://gpt2", kind=Derivation.FINE_TUNED_FROM),)
    assert (registered.id, registered.same_as) == ("staging:models:/models/1", (logged.id,))
    assert registered.derived_from == (ModelDerivation(base_id="hf://a/x", kind=Derivation.QUANTIZED_FROM),)
    assert [(alias.alias, alias.version) for alias in aliases] == [("champion", "1")]


def test_every_page_is_read(mlflow_server: Mlflow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lineage.mlflow.server.ROWS_IN_PAGE", 2)
    experiment = mlflow_server.experiment("pages")
    made = [mlflow_server.run(experiment, name=str(number)) for number in range(5)]
    models = {mlflow_server.logged_model(experiment, made[0], f"m{number}") for number in range(3)}
    with open_server(mlflow_server.url, NOBODY) as server:
        runs = [[run.info.run_id for run in page] for page in server.runs([experiment])]
        logged = [model.info.model_id for page in server.logged_models([experiment]) for model in page]
        experiments = [each.experiment_id for each in server.experiments()]
    assert runs == [made[:2], made[2:4], made[4:]]
    assert (len(logged), set(logged)) == (3, models)
    assert experiment in experiments
    assert len(experiments) == len(set(experiments))


def test_runs_are_found_by_time_and_by_id(mlflow_server: Mlflow) -> None:
    experiment = mlflow_server.experiment("conditions")
    old = mlflow_server.run(experiment, start_time=1_700_000_000_000)
    new = mlflow_server.run(experiment, start_time=1_760_000_000_000)
    mlflow_server.post("runs/delete", run_id=new)
    with open_server(mlflow_server.url, NOBODY) as server:
        later = [
            [
                run.info.run_id
                for page in server.runs([experiment], f"{time} >= 1750000000000")
                for run in page
            ]
            for time in ("attributes.start_time", "attributes.end_time")
        ]
        ids = [old, "x') OR (1=1", "'", "0" * 32]
        by_id = [run.info.run_id for page in server.runs_by_id([experiment], ids) for run in page]
    assert (later, by_id) == ([[new], [new]], [old])


def first_page(url: str, credentials: Credentials = NOBODY) -> list[object]:
    with open_server(url, credentials) as server:
        return list(server.experiments())


def json_answer(status: int = 200, **fields: object) -> Answer:
    return Answer(status, json.dumps(fields).encode())


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(200, b"<html>Welcome</html>"), "did not answer as an MLflow server does (Invalid JSON"),
        (Answer(200, b"[" * 100_000), "recursion limit"),
        (json_answer(experiments="none"), "experiments: Input should be a valid array"),
        (json_answer(experiments=[{"name": "x"}]), "experiments.0.experiment_id: Field required"),
        (json_answer(experiments=[{"experiment_id": ""}]), "experiments.0.experiment_id"),
        (Answer(404, b"<html>no</html>"), "answered 404; check that the address is that of an MLflow"),
        (json_answer(401, message="who are you"), "answered 401 (who are you); set MLFLOW_TRACKING_USERNAME"),
        (Answer(403, b"no"), "answered 403; set MLFLOW_TRACKING_USERNAME"),
        (Answer(302, b"", {"Location": "http://elsewhere"}), "answered 302"),
        (
            Answer(200, b'{"experiments": [{"experiment_id": "1"}], "next_page_token": "t"}'),
            "goes round in circles in its pages",
        ),
    ],
)
def test_an_answer_that_is_no_mlflow_servers_is_told_with_its_url(
    answer: Answer, said: str, waits: list[float]
) -> None:
    with answering(lambda _asked, _before: answer) as server:
        with pytest.raises(TrackingUnavailableError) as told:
            first_page(server.url)
        assert f"{server.url}/api/2.0/mlflow/experiments/search" in str(told.value)
    assert said in str(told.value)
    assert "\n" not in str(told.value)
    assert waits == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_trouble_that_passes_is_waited_out(status: int, waits: list[float]) -> None:
    def answer(_asked: Asked, before: int) -> Answer:
        return Answer(status, b"later") if before < 2 else json_answer(experiments=[{"experiment_id": "1"}])

    with answering(answer) as server:
        assert len(first_page(server.url)) == 1
    assert waits == [0.5, 1.0]


def test_a_server_says_itself_how_long_to_wait(waits: list[float]) -> None:
    def answer(_asked: Asked, before: int) -> Answer:
        hints = ("7", "86400", "Wed, 21 Oct 2026 07:28:00 GMT")
        return Answer(429, b"", {"Retry-After": hints[before]}) if before < 3 else json_answer()

    with answering(answer) as server:
        assert first_page(server.url) == []
    assert waits == [7.0, 30.0, 2.0]


def test_trouble_that_stays_ends_in_one_line(waits: list[float]) -> None:
    with answering(lambda _asked, _before: Answer(500, b"<html>oops</html>")) as server:
        with pytest.raises(
            TrackingUnavailableError, match="answered 500; sync again when the server is well"
        ):
            first_page(server.url)
        assert len(server.asked) == len(waits) + 1 == 4


def test_a_server_that_is_not_there_is_not_waited_for(waits: list[float]) -> None:
    with answering(lambda _asked, _before: Answer()) as server:
        pass
    with pytest.raises(TrackingUnavailableError, match=f"at {server.url} does not answer"):
        first_page(server.url)
    assert waits == []


@pytest.mark.parametrize(
    ("credentials", "user", "header"),
    [
        (Credentials(token=SecretStr("secret")), "", "Bearer secret"),
        (Credentials(username="ada", password=SecretStr("pw")), "", "Basic YWRhOnB3"),
        (Credentials(token=SecretStr("t"), username="ada", password=SecretStr("pw")), "", "Basic YWRhOnB3"),
        (NOBODY, "ada:pw@", "Basic YWRhOnB3"),
        (NOBODY, "", None),
    ],
)
def test_credentials_go_to_the_server_and_nowhere_else(
    credentials: Credentials, user: str, header: str | None
) -> None:
    with answering(lambda _asked, _before: Answer(403)) as server:
        with pytest.raises(TrackingUnavailableError) as told:
            first_page(server.url.replace("//", f"//{user}"), credentials)
        assert server.asked[0].headers.get("Authorization") == header
    assert all(secret not in f"{told.value} {credentials!r}" for secret in ("pw", "secret"))


def test_a_server_without_logged_models_has_none() -> None:
    with answering(lambda _asked, _before: Answer(404)) as server, open_server(server.url, NOBODY) as opened:
        assert list(opened.logged_models(["1"])) == []


@pytest.mark.parametrize(("milliseconds", "year"), [(0, None), (None, None), (-1, 1969), (1, 1970)])
def test_times_are_utc_and_0_is_none(milliseconds: int | None, year: int | None) -> None:
    info = {"run_id": "r", "experiment_id": "1", "start_time": milliseconds}
    page = json_answer(runs=[{"info": info}])
    with answering(lambda _asked, _before: page) as server, open_server(server.url, NOBODY) as opened:
        [[run]] = opened.runs(["1"])
    record: ExperimentRun = MlflowNames(uri="http://h").run(run)
    assert (record.started_at.year if record.started_at else None) == year
