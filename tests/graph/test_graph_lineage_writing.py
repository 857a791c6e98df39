"""Lineage is written whole, additively and idempotently, and hostile text in it is only text."""

import math
from datetime import UTC, datetime
from typing import cast

import pytest
from graph_dump import dump

from graph import (
    GraphStore,
    WriteCounts,
    content_hash,
    content_hashes,
    mark_synced,
    placeholders_among,
    source_state,
    standing_ids,
    unfinished_runs,
    write_lineage,
)
from records import (
    Agent,
    DatasetRole,
    DatasetUse,
    DatasetVersion,
    Derivation,
    ExperimentRun,
    Lineage,
    LineageSource,
    ModelDerivation,
    ModelVersion,
    RejectedInputError,
)

MLFLOW = LineageSource(id="source:mlflow", kind="mlflow", uri="http://127.0.0.1:5000")
METADATA = LineageSource(id="source:metadata", kind="metadata")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
RUN = ExperimentRun(
    id="r1",
    run_name="first",
    experiment_name="churn",
    status="FINISHED",
    commit="abc",
    operator="ada",
    url="http://127.0.0.1:5000/#/experiments/1/runs/r1",
    started_at=NOON,
    ended_at=NOON,
    parameters=(("lr", "0.1"),),
    metrics=(("accuracy", 0.5), ("loss", math.inf), ("odd", math.nan)),
    tags=(("team", "growth"),),
    datasets=(
        DatasetUse(dataset_id="ds:users:1", role=DatasetRole.TRAINED_ON, context="training"),
        DatasetUse(dataset_id="ds:users:1", role=DatasetRole.EVALUATED_ON, context="test"),
        DatasetUse(dataset_id="ds:users:1", role=DatasetRole.EVALUATED_ON, context="eval"),
        DatasetUse(dataset_id="ds:other:1", role=DatasetRole.USED),
    ),
    models=("models:/m-1",),
    artifacts=("sha256:aa",),
    parent_id="r0",
)
USERS = DatasetVersion(id="ds:users:1", dataset_name="users", digest="1", source_uri="s3://b/users")
MODEL = ModelVersion(
    id="models:/churn/1",
    model_name="churn",
    version="1",
    run_id="r1",
    created_at=NOON,
    aliases=("champion",),
    derived_from=(ModelDerivation(base_id="hf://google-bert/bert", kind=Derivation.FINE_TUNED_FROM),),
    same_as=("models:/m-1",),
)
WHOLE = Lineage(source=MLFLOW, runs=(RUN,), dataset_versions=(USERS,), model_versions=(MODEL,))

EDGES = "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS kind, b.id AS b, r.context AS context"
RUN_ONE = """
MATCH (r:ExperimentRun {id: 'r1'})
RETURN r.run_name AS run_name, r.status AS status, r.commit AS commit, r.deleted AS deleted,
       r.placeholder AS placeholder, r.parameter_names AS parameters, r.metric_names AS metrics,
       r.metric_values AS values, r.tag_names AS tags, r.started_at AS started_at
"""


def edges(store: GraphStore) -> set[tuple[object, ...]]:
    return {tuple(row.values()) for row in store.read(EDGES)}


def the_run(store: GraphStore) -> dict[str, object]:
    [row] = store.read(RUN_ONE)
    return row


def test_every_edge_of_a_lineage_is_there_under_its_own_name(store: GraphStore) -> None:
    write_lineage(store, WHOLE)
    assert edges(store) == {
        ("r1", "TRAINED_ON", "ds:users:1", "training"),
        ("r1", "EVALUATED_ON", "ds:users:1", "eval, test"),
        ("r1", "USED", "ds:other:1", None),
        ("r1", "PART_OF", "r0", None),
        ("r1", "WAS_ASSOCIATED_WITH", Agent(name="ada").id, None),
        ("r1", "HAD_PRIMARY_SOURCE", "source:mlflow", None),
        ("ds:users:1", "HAD_PRIMARY_SOURCE", "source:mlflow", None),
        ("models:/churn/1", "HAD_PRIMARY_SOURCE", "source:mlflow", None),
        ("models:/m-1", "WAS_GENERATED_BY", "r1", None),
        ("models:/churn/1", "WAS_GENERATED_BY", "r1", None),
        ("models:/churn/1", "FINE_TUNED_FROM", "hf://google-bert/bert", None),
        ("models:/churn/1", "ALTERNATE_OF", "models:/m-1", None),
        ("sha256:aa", "WAS_GENERATED_BY", "r1", None),
    }


def test_writing_the_same_again_changes_nothing(store: GraphStore) -> None:
    first = write_lineage(store, WHOLE)
    before = dump(store)
    assert write_lineage(store, WHOLE) == WriteCounts(nodes=0, edges=0)
    assert (dump(store), first) == (before, WriteCounts(nodes=10, edges=13))


def test_metrics_that_are_no_numbers_are_kept(store: GraphStore) -> None:
    write_lineage(store, WHOLE)
    values = cast("list[float]", the_run(store)["values"])
    assert (values[:2], math.isnan(values[2])) == ([0.5, math.inf], True)


def test_what_is_only_referred_to_is_a_placeholder_until_it_is_described(store: GraphStore) -> None:
    write_lineage(store, Lineage(source=METADATA, runs=(RUN,)))
    before = ("ds:other:1", "ds:users:1", "models:/m-1", "r0")
    assert placeholders_among(store, WHOLE) == before
    write_lineage(store, WHOLE)
    described = ("ds:other:1", "hf://google-bert/bert", "models:/m-1", "r0")
    assert placeholders_among(store, WHOLE) == described
    write_lineage(store, Lineage(source=METADATA, runs=(RUN,)))
    assert placeholders_among(store, WHOLE) == described


def test_the_last_description_of_a_source_stands_whole(store: GraphStore) -> None:
    write_lineage(store, WHOLE)
    later = ExperimentRun(id="r1", run_name="renamed", metrics=(("accuracy", 0.7),), deleted=True)
    write_lineage(store, Lineage(source=MLFLOW, runs=(later,)))
    assert the_run(store) == {
        "run_name": "renamed",
        "status": None,
        "commit": None,
        "deleted": True,
        "placeholder": False,
        "parameters": None,
        "metrics": ["accuracy"],
        "values": [0.7],
        "tags": None,
        "started_at": None,
    }
    assert ("r1", "TRAINED_ON", "ds:users:1", "training") in edges(store)


def test_a_second_source_adds_to_what_the_first_one_said(store: GraphStore) -> None:
    write_lineage(store, WHOLE)
    published = ExperimentRun(id="r1", commit="def", metrics=(("accuracy", 0.9), ("f1", 0.8)))
    write_lineage(store, Lineage(source=METADATA, runs=(published,)))
    row = the_run(store)
    assert (row["run_name"], row["commit"], row["started_at"]) == ("first", "def", NOON)
    assert (row["metrics"], row["tags"]) == (["accuracy", "f1", "loss", "odd"], ["team"])
    assert cast("list[float]", row["values"])[:3] == [0.9, 0.8, math.inf]


@pytest.mark.parametrize(
    ("runs", "reason"),
    [
        ([("a", "a")], "run a names itself as its parent"),
        ([("a", "b"), ("b", "a")], "run a is among its own ancestors (a -> b -> a)"),
        ([("x", "a"), ("a", "b"), ("b", "c"), ("c", "a")], "run a is among its own ancestors"),
    ],
)
def test_a_run_among_its_own_ancestors_is_refused_and_nothing_is_written(
    store: GraphStore, runs: list[tuple[str, str]], reason: str
) -> None:
    circle = tuple(ExperimentRun(id=key, parent_id=parent) for key, parent in runs)
    with pytest.raises(RejectedInputError) as refused:
        write_lineage(store, Lineage(source=MLFLOW, runs=circle))
    assert reason in str(refused.value)
    assert store.read("MATCH (n) RETURN count(n) AS count") == [{"count": 0}]


@pytest.mark.parametrize(
    "lineage",
    [
        Lineage(source=MLFLOW, runs=(ExperimentRun(id=""),)),
        Lineage(source=MLFLOW, runs=(ExperimentRun(id="r", models=("",)),)),
        Lineage(source=LineageSource(id="", kind="mlflow"), runs=(RUN,)),
        Lineage(
            source=MLFLOW,
            model_versions=(
                ModelVersion(
                    id="m",
                    model_name="m",
                    version="1",
                    derived_from=(ModelDerivation(base_id="m", kind=Derivation.MERGED_FROM),),
                ),
            ),
        ),
    ],
    ids=["run without id", "model without id", "source without id", "model made from itself"],
)
def test_references_that_cannot_be_are_refused(store: GraphStore, lineage: Lineage) -> None:
    with pytest.raises(RejectedInputError):
        write_lineage(store, lineage)
    assert store.read("MATCH (n) RETURN count(n) AS count") == [{"count": 0}]


HOSTILE = (
    "'}) DETACH DELETE n //",
    '"; MATCH (n) DETACH DELETE n',
    "`]->() DELETE r //",
    "$rows",
    "\\",
    "line\nbreak\tand \x00 null",
    "\u202eturned\u200b",
    "a\ud800b",
    "\U0001f4a5" * 50,
)


def all_of(text: str) -> Lineage:
    """Lineage with the text in every field."""
    pairs = ((text, text),)
    run = ExperimentRun(
        id=f"run {text}",
        run_name=text,
        experiment_name=text,
        status=text,
        commit=text,
        operator=text,
        url=text,
        parameters=pairs,
        metrics=((text, 1.0),),
        tags=pairs,
        datasets=(DatasetUse(dataset_id=text, role=DatasetRole.USED, context=text),),
        models=(text,),
        artifacts=(text,),
        parent_id=text,
    )
    version = DatasetVersion(
        id=text, dataset_name=text, digest=text, source_uri=text, source_kind=text, tags=pairs
    )
    model = ModelVersion(
        id=text, model_name=text, version=text, aliases=(text,), run_id=text, parameters=pairs, tags=pairs
    )
    source = LineageSource(id=text, kind=text, uri=text)
    return Lineage(source=source, runs=(run,), dataset_versions=(version,), model_versions=(model,))


def test_hostile_text_in_every_field_is_only_text(store: GraphStore) -> None:
    write_lineage(store, WHOLE)
    for text in HOSTILE:
        write_lineage(store, all_of(text))
    found = "MATCH (r:ExperimentRun {id: $id}) RETURN r.run_name AS name, r.tag_values AS tags"
    for text in HOSTILE:
        shown = text.replace("\ud800", "\ufffd")
        assert store.read(found, {"id": f"run {shown}"}) == [{"name": shown, "tags": [shown]}]
        assert write_lineage(store, all_of(text)) == WriteCounts(nodes=0, edges=0)
    assert the_run(store)["run_name"] == "first"


def test_the_graph_remembers_what_a_source_said_of_each_thing(store: GraphStore) -> None:
    write_lineage(store, WHOLE)
    ids = ["r1", "r0", "never heard of"]
    assert content_hashes(store, ExperimentRun, ids, source_id=MLFLOW.id) == {"r1": content_hash(RUN)}
    assert content_hashes(store, ExperimentRun, ids, source_id=METADATA.id) == {}
    assert content_hashes(store, ModelVersion, [MODEL.id], source_id=MLFLOW.id) == {
        MODEL.id: content_hash(MODEL)
    }


def test_runs_that_had_not_ended_are_known(store: GraphStore) -> None:
    states = {"a": "RUNNING", "b": "SCHEDULED", "c": "FINISHED", "d": "FAILED"}
    runs = tuple(ExperimentRun(id=key, status=status) for key, status in states.items())
    write_lineage(
        store, Lineage(source=MLFLOW, runs=(*runs, ExperimentRun(id="e", status="RUNNING", deleted=True)))
    )
    assert unfinished_runs(store, MLFLOW.id) == ["a", "b"]


def test_how_far_a_source_was_read_is_remembered(store: GraphStore) -> None:
    assert source_state(store, MLFLOW.id) is None
    write_lineage(store, WHOLE)
    begun = source_state(store, MLFLOW.id)
    assert begun is not None
    assert (begun.uri, begun.synced_at, begun.swept_at) == (MLFLOW.uri, None, None)
    mark_synced(store, MLFLOW, synced_at=NOON, swept=False)
    known = source_state(store, MLFLOW.id)
    assert known is not None
    assert (known.kind, known.synced_at, known.swept_at) == ("mlflow", NOON, None)


def test_what_vanished_is_marked_and_comes_back_when_it_is_described_again(store: GraphStore) -> None:
    write_lineage(store, WHOLE)
    vanished = [(ExperimentRun, ["r1"]), (ModelVersion, [MODEL.id])]
    mark_synced(store, MLFLOW, synced_at=NOON, swept=True, vanished=vanished)
    assert the_run(store)["deleted"] is True
    assert standing_ids(store, ExperimentRun, source_id=MLFLOW.id) == []
    assert standing_ids(store, ModelVersion, source_id=MLFLOW.id) == []
    assert content_hashes(store, ExperimentRun, ["r1"], source_id=MLFLOW.id) == {"r1": ""}
    write_lineage(store, WHOLE)
    assert standing_ids(store, ExperimentRun, source_id=MLFLOW.id) == ["r1"]
    assert standing_ids(store, ModelVersion, source_id=MLFLOW.id) == [MODEL.id]
