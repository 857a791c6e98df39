"""Requests that S3 takes for signed."""

from datetime import UTC, datetime

import pytest

from bucket.s3_requests import S3Access

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
VARIABLES = {"AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": "SK"}


def test_a_request_is_signed_as_other_programs_sign_it() -> None:
    access = S3Access.from_variables(
        {**VARIABLES, "AWS_SESSION_TOKEN": "tok/en==", "AWS_ENDPOINT_URL": "http://127.0.0.1:9000"}
    )
    assert access
    url = access.url("b k", {"list-type": "2", "prefix": "a b/ü+&=", "continuation-token": "x/y=="})
    said = access.headers(url, at=AT)["authorization"]
    # botocore's S3SigV4Auth signs the same address at the same time so
    assert said.endswith("Signature=67b23ecc89c4cae973bc8a22c9d363d34d2047e9ee3dbc88f87a187b8a14dd4b")


@pytest.mark.parametrize(
    ("variables", "endpoint"),
    [
        ({}, "https://s3.us-east-1.amazonaws.com"),
        ({"AWS_REGION": "eu-north-1"}, "https://s3.eu-north-1.amazonaws.com"),
        ({"AWS_DEFAULT_REGION": "eu-west-1"}, "https://s3.eu-west-1.amazonaws.com"),
        ({"AWS_ENDPOINT_URL": "http://a/", "AWS_ENDPOINT_URL_S3": "http://b/"}, "http://b"),
    ],
)
def test_the_endpoint_is_the_one_that_the_variables_name(variables: dict[str, str], endpoint: str) -> None:
    access = S3Access.from_variables(VARIABLES | variables)
    assert access
    assert access.endpoint == endpoint


def test_without_credentials_there_is_no_access() -> None:
    assert S3Access.from_variables({"AWS_ACCESS_KEY_ID": "AK"}) is None
