"""A sync of a real MLflow server: whole, idempotent, incremental, and begun again where it broke off."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from graph_dump import dump
from mlflow_server import Mlflow, dataset
from scripted_server import Answer, Asked, answering, in_front_of

from flows.compose import open_graph
from flows.lineage_sync import sync_mlflow
from flows.settings import Settings
from flows.sync_outcome import KindCounts, SyncOutcome
from graph import mark_synced, source_state
from records import LineageSource, RejectedInputError, TrackingUnavailableError

LONG_AGO = 1_700_000_000_000
NOTHING = (0, 0, 0)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, prefect_api_url="", operator="tester")


@pytest.fixture
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lineage.mlflow.requests.sleep", lambda _seconds: None)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lineage.mlflow.server.ROWS_IN_PAGE", 2)


def rows(settings: Settings, cypher: str, **parameters: object) -> list[dict[str, object]]:
    with open_graph(settings, read_only=True) as store:
        return store.read(cypher, parameters)


def without_clocks(settings: Settings) -> list[str]:
    """The whole graph, without the times at which this program did something."""
    with open_graph(settings) as store:
        return [re.sub(r'"(synced_at|swept_at|judged_at|as_of)": "[^"]*"', "", line) for line in dump(store)]


def changes(counts: KindCounts) -> tuple[int, int, int]:
    return counts.new, counts.changed, counts.vanished


def all_changes(outcome: SyncOutcome) -> list[tuple[int, int, int]]:
    return [changes(each) for each in (outcome.runs, outcome.dataset_versions, outcome.model_versions)]


def test_runs_datasets_and_models_are_in_the_graph_and_linked(
    mlflow_server: Mlflow, settings: Settings
) -> None:
    experiment = mlflow_server.experiment("whole")
    parent = mlflow_server.run(experiment)
    run_id = mlflow_server.run(
        experiment,
        tags={"mlflow.parentRunId": parent},
        parameters={"base_model": "google-bert/bert-base-uncased"},
        datasets=[dataset("whole users", "v1", context="training")],
    )
    model_id = mlflow_server.logged_model(experiment, run_id, "classifier")
    mlflow_server.registered("whole", model_id, run_id)
    outcome = sync_mlflow(mlflow_server.url, settings)
    assert outcome.full
    assert outcome.runs.new >= 2
    found = rows(
        settings,
        """
        MATCH (registered:ModelVersion {id: 'models:/whole/1'})-[:ALTERNATE_OF]->(logged:ModelVersion)
        MATCH (logged)-[:FINE_TUNED_FROM]->(base:ModelVersion)
        MATCH (registered)-[:WAS_GENERATED_BY]->(run:ExperimentRun)<-[:WAS_GENERATED_BY]-(logged)
        MATCH (run)-[:TRAINED_ON]->(users:DatasetVersion) MATCH (run)-[:PART_OF]->(parent:ExperimentRun)
        RETURN registered.aliases AS aliases, logged.id AS logged, base.id AS base, run.id AS run,
               users.dataset_name AS users, parent.id AS parent, base.placeholder AS placeholder
        """,
    )
    assert found == [
        {
            "aliases": ["champion"],
            "logged": f"models:/{model_id}",
            "base": "hf://google-bert/bert-base-uncased",
            "run": run_id,
            "users": "whole users",
            "parent": parent,
            "placeholder": True,
        }
    ]


def test_a_second_sync_changes_nothing_full_or_not(mlflow_server: Mlflow, settings: Settings) -> None:
    mlflow_server.run(
        mlflow_server.experiment("again"),
        metrics={"odd": "NaN"},
        datasets=[dataset("again", "v1", context="test")],
    )
    sync_mlflow(mlflow_server.url, settings)
    before = without_clocks(settings)
    for full in (False, True):
        outcome = sync_mlflow(mlflow_server.url, settings, full=full)
        assert (outcome.full, outcome.nodes, outcome.edges) == (full, 0, 0)
        assert all_changes(outcome) == [NOTHING, NOTHING, NOTHING]
        assert outcome.runs.unchanged >= 1
    assert without_clocks(settings) == before


def test_what_is_new_is_found_without_reading_everything(mlflow_server: Mlflow, settings: Settings) -> None:
    experiment = mlflow_server.experiment("new")
    old = mlflow_server.run(experiment, start_time=LONG_AGO)
    open_run = mlflow_server.run(experiment, start_time=LONG_AGO, ended=False)
    sync_mlflow(mlflow_server.url, settings)
    mlflow_server.log(open_run, {}, {"loss": 0.5})
    new = mlflow_server.run(experiment)
    mlflow_server.logged_model(experiment, new, "late model")
    outcome = sync_mlflow(mlflow_server.url, settings)
    assert not outcome.full
    assert (changes(outcome.runs), changes(outcome.model_versions)) == ((1, 1, 0), (1, 0, 0))
    metrics = "MATCH (r:ExperimentRun {id: $id}) RETURN r.metric_values AS values, r.status AS status"
    assert rows(settings, metrics, id=open_run) == [{"values": [0.5], "status": "RUNNING"}]
    mlflow_server.post("runs/update", run_id=open_run, status="FINISHED", end_time=LONG_AGO + 1)
    assert changes(sync_mlflow(mlflow_server.url, settings).runs) == (0, 1, 0)
    assert rows(settings, metrics, id=open_run) == [{"values": [0.5], "status": "FINISHED"}]
    assert rows(settings, metrics, id=old) == [{"values": None, "status": "FINISHED"}]


def test_late_tags_and_deletions_are_found_by_reading_everything(
    mlflow_server: Mlflow, settings: Settings
) -> None:
    experiment = mlflow_server.experiment("late")
    tagged = mlflow_server.run(experiment, start_time=LONG_AGO)
    deleted = mlflow_server.run(experiment, start_time=LONG_AGO)
    sync_mlflow(mlflow_server.url, settings)
    mlflow_server.tag(tagged, "reviewed", "yes")
    mlflow_server.post("runs/delete", run_id=deleted)
    assert changes(sync_mlflow(mlflow_server.url, settings).runs) == NOTHING
    swept = sync_mlflow(mlflow_server.url, settings, full=True)
    assert (swept.full, changes(swept.runs)) == (True, (0, 2, 0))
    state = "MATCH (r:ExperimentRun {id: $id}) RETURN r.deleted AS deleted, r.tag_names AS tags"
    assert rows(settings, state, id=tagged) == [{"deleted": False, "tags": ["reviewed"]}]
    assert rows(settings, state, id=deleted) == [{"deleted": True, "tags": None}]


def test_everything_is_read_again_when_the_last_time_is_long_ago(
    mlflow_server: Mlflow, settings: Settings
) -> None:
    mlflow_server.run(mlflow_server.experiment("sweep"))
    assert sync_mlflow(mlflow_server.url, settings).full
    assert not sync_mlflow(mlflow_server.url, settings).full
    eager = settings.model_copy(update={"mlflow_sweep_hours": 0.0})
    assert sync_mlflow(mlflow_server.url, eager).full
    source = LineageSource(id="source:mlflow", kind="mlflow", uri=mlflow_server.url)
    for swept_at in (datetime.now(UTC) - timedelta(hours=25), datetime.now(UTC) + timedelta(hours=25)):
        with open_graph(settings) as store:
            mark_synced(store, source, synced_at=swept_at, swept=True)
        assert sync_mlflow(mlflow_server.url, settings).full


def test_what_the_server_no_longer_has_counts_no_more(mlflow_server: Mlflow, settings: Settings) -> None:
    experiment = mlflow_server.experiment("vanishing")
    run_id = mlflow_server.run(experiment)
    model_id = mlflow_server.logged_model(experiment, run_id, "vanishing")
    mlflow_server.registered("vanishing", model_id, run_id)
    sync_mlflow(mlflow_server.url, settings)
    response = httpx.request(
        "DELETE",
        f"{mlflow_server.url}/api/2.0/mlflow/model-versions/delete",
        json={"name": "vanishing", "version": "1"},
        timeout=60,
    )
    assert response.is_success
    assert changes(sync_mlflow(mlflow_server.url, settings, full=True).model_versions) == (0, 0, 1)
    state = "MATCH (m:ModelVersion {id: 'models:/vanishing/1'}) RETURN m.deleted AS deleted"
    assert rows(settings, state) == [{"deleted": True}]
    assert changes(sync_mlflow(mlflow_server.url, settings, full=True).model_versions) == NOTHING


@pytest.mark.usefixtures("small_pages", "no_waits")
def test_a_sync_that_broke_off_left_whole_runs_and_is_begun_again(
    mlflow_server: Mlflow, settings: Settings, tmp_path: Path
) -> None:
    experiment = mlflow_server.experiment("half-way")
    for number in range(6):
        parameters = {"number": str(number)}
        used = dataset(f"half {number}", "v1", context="training")
        mlflow_server.run(experiment, parameters=parameters, datasets=[used])
    undisturbed = settings.model_copy(update={"home": tmp_path / "undisturbed"})
    with answering(in_front_of(mlflow_server.url, failing_from=10**6)) as server:
        sync_mlflow(server.url, undisturbed)
        requests = len(server.asked)
    told = set()
    for failing_from in range(0, requests, max(1, requests // 5)):
        with (
            answering(in_front_of(mlflow_server.url, failing_from=failing_from)) as server,
            pytest.raises(TrackingUnavailableError) as error,
        ):
            sync_mlflow(server.url, settings, name=f"at-{failing_from}")
        told.add(str(error.value).partition(" answered ")[2])
        source = f"source:at-{failing_from}"
        halves = """
        MATCH (r:ExperimentRun)-[:HAD_PRIMARY_SOURCE]->(s:LineageSource {id: $source})
        WHERE NOT EXISTS { MATCH (r)-[:TRAINED_ON]->(:DatasetVersion {placeholder: false}) }
              AND r.experiment_name = 'half-way'
        RETURN r.id AS id
        """
        if (tmp_path / "graph.kgl").exists():
            with open_graph(settings) as store:
                assert store.read(halves, {"source": source}) == []
                state = source_state(store, source)
                assert state is None or state.synced_at is None
    assert told == {"500; sync again when the server is well: what was read so far is in the graph"}


@pytest.mark.usefixtures("small_pages", "no_waits")
def test_the_graph_after_a_broken_sync_and_another_is_that_of_an_undisturbed_one(
    mlflow_server: Mlflow, settings: Settings, tmp_path: Path
) -> None:
    behind = in_front_of(mlflow_server.url, failing_from=10**6)
    broken = [True]

    def answer(asked: Asked, before: int) -> Answer:
        return Answer(500) if broken and before >= 6 else behind(asked, before)

    with answering(answer) as server:
        with pytest.raises(TrackingUnavailableError):
            sync_mlflow(server.url, settings)
        broken.clear()
        assert sync_mlflow(server.url, settings).full
        undisturbed = settings.model_copy(update={"home": tmp_path / "undisturbed"})
        sync_mlflow(server.url, undisturbed)
    assert without_clocks(settings) == without_clocks(undisturbed)


def test_a_run_that_names_itself_as_its_parent_is_refused_and_the_others_go_on(
    mlflow_server: Mlflow, settings: Settings
) -> None:
    experiment = mlflow_server.experiment("own parents")
    odd, other = mlflow_server.run(experiment), mlflow_server.run(experiment)
    mlflow_server.tag(odd, "mlflow.parentRunId", odd)
    outcome = sync_mlflow(mlflow_server.url, settings)
    reason = f"run {odd} names itself as its parent; correct its parent and publish it again"
    assert [(each.id, each.reason) for each in outcome.refused] == [(odd, reason)]
    ids = "MATCH (r:ExperimentRun) WHERE r.id IN $ids RETURN r.id AS id"
    assert rows(settings, ids, ids=[odd, other]) == [{"id": other}]
    mlflow_server.post("runs/delete-tag", run_id=odd, key="mlflow.parentRunId")
    assert sync_mlflow(mlflow_server.url, settings).refused == ()
    assert len(rows(settings, ids, ids=[odd, other])) == 2


def test_a_second_server_has_names_of_its_own(mlflow_server: Mlflow, settings: Settings) -> None:
    experiment = mlflow_server.experiment("two servers")
    run_id = mlflow_server.run(experiment, datasets=[dataset("shared", "v1", context="training")])
    sync_mlflow(mlflow_server.url, settings)
    with answering(in_front_of(mlflow_server.url, failing_from=10**6)) as other:
        with pytest.raises(RejectedInputError, match=r"'mlflow' is the name of .* with --as NAME"):
            sync_mlflow(other.url, settings)
        sync_mlflow(other.url, settings, name="staging")
    used = "MATCH (r:ExperimentRun {id: $id})-[:TRAINED_ON]->(d:DatasetVersion) RETURN d.id AS id ORDER BY id"
    assert [row["id"] for row in rows(settings, used, id=run_id)] == ["ds:shared:v1", "staging:ds:shared:v1"]


def test_a_server_that_has_moved_keeps_its_name_and_its_runs(
    mlflow_server: Mlflow, settings: Settings
) -> None:
    experiment = mlflow_server.experiment("moving")
    run_id = mlflow_server.run(experiment, datasets=[dataset("moving", "v1", context="training")])
    sync_mlflow(mlflow_server.url, settings)
    with answering(in_front_of(mlflow_server.url, failing_from=10**6)) as elsewhere:
        outcome = sync_mlflow(elsewhere.url, settings, moved=True)
        assert outcome.full
        assert sync_mlflow(elsewhere.url, settings).nodes == 0
        with pytest.raises(RejectedInputError, match="--moved"):
            sync_mlflow(mlflow_server.url, settings)
    deleted = "MATCH (r:ExperimentRun {id: $id}) RETURN r.deleted AS deleted"
    assert rows(settings, deleted, id=run_id) == [{"deleted": False}]


@pytest.mark.parametrize("name", ["", "metadata", "Metadata", "a b", "a:b", "../x", "-x", "x" * 65, "hf"])
def test_names_that_would_be_confused_are_refused(name: str, settings: Settings) -> None:
    with pytest.raises(RejectedInputError, match="cannot name a server"):
        sync_mlflow("http://127.0.0.1:1", settings, name=name)


def test_a_server_that_shows_nothing_does_not_empty_the_graph(
    mlflow_server: Mlflow, settings: Settings
) -> None:
    mlflow_server.run(mlflow_server.experiment("shown"))
    hidden: list[bool] = []
    behind = in_front_of(mlflow_server.url, failing_from=10**6)
    with answering(lambda asked, before: Answer() if hidden else behind(asked, before)) as server:
        sync_mlflow(server.url, settings)
        hidden.append(True)
        with pytest.raises(TrackingUnavailableError, match="shows no experiments"):
            sync_mlflow(server.url, settings, full=True)


def test_hostile_text_on_the_server_is_only_text(mlflow_server: Mlflow, settings: Settings) -> None:
    text = "'}) DETACH DELETE n // \u202e \x1b[31m"
    run_id = mlflow_server.run(
        mlflow_server.experiment(text),
        name=text,
        tags={"note": text},
        parameters={"p": text},
        datasets=[dataset(text, text, context=text, source=text)],
    )
    sync_mlflow(mlflow_server.url, settings)
    found = """
    MATCH (r:ExperimentRun {id: $id})-[u:USED]->(d:DatasetVersion)
    RETURN r.run_name AS run_name, r.tag_values AS tags, d.dataset_name AS dataset, u.context AS context
    """
    expected = {"run_name": text, "tags": [text], "dataset": text, "context": text}
    assert rows(settings, found, id=run_id) == [expected]
    assert replace(sync_mlflow(mlflow_server.url, settings, full=True).runs, unchanged=0) == KindCounts()
