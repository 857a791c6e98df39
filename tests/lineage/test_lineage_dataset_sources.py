"""Contexts become roles, and MLflow's sources become places that one can read, without secrets."""

import json

import pytest

from lineage.mlflow.dataset_sources import role_of, source_uri
from records import DatasetRole


@pytest.mark.parametrize(
    ("context", "role"),
    [
        ("training", DatasetRole.TRAINED_ON),
        ("train", DatasetRole.TRAINED_ON),
        ("Train_Set", DatasetRole.TRAINED_ON),
        ("fine-tuning", DatasetRole.USED),  # "fine" says nothing
        ("finetuning", DatasetRole.TRAINED_ON),
        ("validation", DatasetRole.EVALUATED_ON),
        ("eval", DatasetRole.EVALUATED_ON),
        ("evaluation", DatasetRole.EVALUATED_ON),
        ("test", DatasetRole.EVALUATED_ON),
        ("testing", DatasetRole.EVALUATED_ON),
        ("held out: test", DatasetRole.EVALUATED_ON),
        ("constrained", DatasetRole.USED),  # no word of it
        ("latest", DatasetRole.USED),
        ("serving", DatasetRole.USED),
        ("", DatasetRole.USED),
    ],
)
def test_the_context_of_a_use_says_its_role(context: str, role: DatasetRole) -> None:
    assert role_of(context) is role


@pytest.mark.parametrize(
    ("source", "kind", "uri"),
    [
        ({"path": "squad", "config_name": None, "split": "train"}, "hf", "hf://datasets/squad"),
        ({"path": "rajpurkar/squad"}, "hf", "hf://datasets/rajpurkar/squad"),
        ({"url": "https://example.org/a.csv"}, "http", "https://example.org/a.csv"),
        ({"url": "https://ada:pw@example.org/a.csv?v=2"}, "http", "https://example.org/a.csv?v=2"),
        ({"url": "https://example.org/a?X-Amz-Signature=abc"}, "http", "https://example.org/a"),
        ({"url": "https://example.org/a?access_token=abc"}, "http", "https://example.org/a"),
        ({"uri": "s3://bucket/users/v3"}, "s3", "s3://bucket/users/v3"),
        ({"uri": "/data/users.csv"}, "local", "/data/users.csv"),
        ({"path": "/tables/users", "delta_table_version": 3}, "delta_table", "/tables/users"),
        ({"delta_table_name": "prod.users"}, "delta_table", "prod.users"),
        ({"sql": "SELECT * FROM users"}, "spark", ""),
        ({"tags": {"mlflow.source.name": "train.py"}}, "code", ""),
        ({"uri": 3}, "local", ""),
        ({"uri": "s3://" + "a" * 3000}, "s3", ""),
        (["s3://bucket"], "s3", ""),
    ],
)
def test_a_source_becomes_a_place(source: object, kind: str, uri: str) -> None:
    assert source_uri(json.dumps(source), kind) == uri


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("s3://bucket/users", "s3://bucket/users"),
        ("/data/users.csv", "/data/users.csv"),
        ("the usual one", ""),
        ("", ""),
        ("[" * 100_000, ""),
        ("{", ""),
    ],
)
def test_a_source_that_is_no_json_is_a_place_where_it_looks_like_one(source: str, uri: str) -> None:
    assert source_uri(source, "local") == uri
