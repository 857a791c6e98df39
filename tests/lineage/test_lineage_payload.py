"""What a published run may be, and that every way of breaking the format is told with its place."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.payload import PayloadProblemsError, field_path, lineage_of, parse_run, parse_runs
from records import DatasetRole, DatasetUse

LEAST: dict[str, Any] = {
    "run_id": "r1",
    "commit": "abc",
    "dataset_versions": ["ds:users:v12"],
    "metrics": {},
    "artifacts": ["sha256:aa"],
}


def body(**changed: object) -> bytes:
    return json.dumps({**LEAST, **changed}).encode()


def problems(content: bytes) -> dict[str, str]:
    with pytest.raises(PayloadProblemsError) as refused:
        parse_run(content)
    return {field_path(problem.path): problem.kind for problem in refused.value.problems}


def test_the_five_fields_are_a_run() -> None:
    [run] = lineage_of([parse_run(body())]).runs
    assert (run.id, run.commit, run.artifacts, run.metrics) == ("r1", "abc", ("sha256:aa",), ())
    assert run.datasets == (DatasetUse(dataset_id="ds:users:v12", role=DatasetRole.USED),)


def test_everything_else_is_taken_over_too() -> None:
    payload = parse_run(
        body(
            metrics={"f1": 1, "accuracy": 0.5},
            parameters={"lr": 0.1, "epochs": 3, "amp": True, "name": "two\nlines"},
            models=["models:/churn/3", "models:/churn/3"],
            operator="ada",
            started_at="2026-05-01T14:00:00+02:00",
            ended_at="2026-05-01T12:00:00Z",
        )
    )
    [run] = lineage_of([payload]).runs
    assert run.metrics == (("accuracy", 0.5), ("f1", 1.0))
    assert run.parameters == (("amp", "true"), ("epochs", "3"), ("lr", "0.1"), ("name", "two\nlines"))
    assert (run.models, run.operator) == (("models:/churn/3",), "ada")
    assert run.started_at == run.ended_at == datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "where", "kind"),
    [
        ({"run_id": ""}, "run_id", "string_too_short"),
        ({"run_id": " "}, "run_id", "blanks_around"),
        ({"run_id": "r\n1"}, "run_id", "control_characters"),
        ({"run_id": "r\u0000"}, "run_id", "control_characters"),
        ({"run_id": "r" * 2001}, "run_id", "string_too_long"),
        ({"run_id": 1}, "run_id", "string_type"),
        ({"run_id": None}, "run_id", "string_type"),
        ({"commit": 7}, "commit", "string_type"),
        ({"dataset_versions": "ds:users:v12"}, "dataset_versions", "tuple_type"),
        ({"dataset_versions": ["a", ""]}, "dataset_versions[1]", "string_too_short"),
        ({"dataset_versions": ["a"] * 10_001}, "dataset_versions", "too_long"),
        ({"metrics": []}, "metrics", "dict_type"),
        ({"metrics": {"f1": "0.5"}}, "metrics.f1", "float_type"),
        ({"metrics": {"f1": True}}, "metrics.f1", "float_type"),
        ({"metrics": {"f1": None}}, "metrics.f1", "float_type"),
        ({"metrics": {"f1": float("nan")}}, "metrics.f1", "finite_number"),
        ({"metrics": {"f1": float("inf")}}, "metrics.f1", "finite_number"),
        ({"artifacts": [{}]}, "artifacts[0]", "string_type"),
        ({"parameters": {"lr": None}}, "parameters.lr", "scalar"),
        ({"parameters": {"lr": [1]}}, "parameters.lr", "scalar"),
        ({"parameters": {"seed": 2**63}}, "parameters.seed", "scalar"),
        ({"parameters": {"bell": "\a"}}, "parameters.bell", "scalar"),
        ({"models": ["models:/churn/3", 3]}, "models[1]", "string_type"),
        ({"operator": ["ada"]}, "operator", "string_type"),
        ({"started_at": "2026-05-01T12:00:00"}, "started_at", "timezone_aware"),
        ({"started_at": 1_760_000_000}, "started_at", "datetime_type"),
        ({"started_at": "yesterday"}, "started_at", "datetime_parsing"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, "started_at", "time_out_of_range"),
        (
            {"started_at": "2026-05-02T00:00:00Z", "ended_at": "2026-05-01T00:00:00Z"},
            "ended_at",
            "times_reversed",
        ),
        ({"parent_id": "r1"}, "parent_id", "extra_forbidden"),
    ],
)
def test_a_field_that_is_wrong_is_named(changed: dict[str, object], where: str, kind: str) -> None:
    assert problems(body(**changed)) == {where: kind}


@pytest.mark.parametrize("missing", sorted(LEAST))
def test_a_field_that_is_missing_is_named(missing: str) -> None:
    left = {key: value for key, value in LEAST.items() if key != missing}
    assert problems(json.dumps(left).encode()) == {missing: "missing"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "json_invalid"),
        (b"{", "json_invalid"),
        (b"run_id=r1", "json_invalid"),
        (b"\xff\xfe{}", "json_invalid"),
        (b'{"run_id": "\\ud800"}', "json_invalid"),
        (b"[" * 100_000, "json_invalid"),
        (b"[]", "model_type"),
        (b'"run"', "model_type"),
        (b"null", "model_type"),
    ],
)
def test_what_is_no_object_is_refused_as_a_whole(content: bytes, kind: str) -> None:
    assert problems(content) == {"": kind}


def test_a_number_of_many_digits_is_refused_and_not_computed() -> None:
    content = body().replace(b'"metrics": {}', b'"metrics": {"n": ' + b"9" * 100_000 + b"}")
    assert set(problems(content)) <= {"metrics.n", ""}


def test_a_list_of_runs_names_the_run_and_the_field() -> None:
    content = b"[" + body() + b"," + body(metrics={"f1": "high"}) + b"]"
    with pytest.raises(PayloadProblemsError) as refused:
        parse_runs(content, what="runs.json")
    assert str(refused.value) == "runs.json: [1].metrics.f1: Input should be a valid number"


def test_one_run_and_a_list_of_it_are_the_same() -> None:
    assert parse_runs(body(), what="run") == parse_runs(b" [" + body() + b"]", what="run")


def test_of_several_runs_with_one_id_the_last_counts() -> None:
    first, second = parse_run(body(commit="a")), parse_run(body(commit="b"))
    assert [run.commit for run in lineage_of([first, second]).runs] == ["b"]


def test_a_body_full_of_mistakes_is_answered_in_short() -> None:
    with pytest.raises(PayloadProblemsError) as refused:
        parse_run(body(artifacts=[1] * 10_000))
    assert len(refused.value.problems) == 20
    assert str(refused.value).endswith("; and 9980 more")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*LEAST, "parameters", "models", "started_at", "x"]), json_values))
def test_whatever_json_is_sent_is_a_run_or_is_refused_with_its_fields(changed: dict[str, object]) -> None:
    try:
        payload = parse_run(body(**changed))
    except PayloadProblemsError:
        pass
    else:
        assert parse_run(payload.model_dump_json().encode()) == payload
        assert lineage_of([payload]) == lineage_of([parse_run(payload.model_dump_json().encode())])


@given(st.binary(max_size=200))
def test_whatever_bytes_are_sent_are_refused_without_a_crash(content: bytes) -> None:
    with pytest.raises(PayloadProblemsError):
        parse_run(content)
