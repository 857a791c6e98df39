"""The address of a server, without what must not be kept of it."""

import pytest

from lineage.mlflow import server_address
from records import RejectedInputError


@pytest.mark.parametrize(
    ("given", "kept", "user"),
    [
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000", None),
        ("http://127.0.0.1:5000/", "http://127.0.0.1:5000", None),
        ("https://example.org/mlflow/?x=1#/experiments", "https://example.org/mlflow", None),
        ("http://ada:p%40ss@example.org:80", "http://example.org:80", ("ada", "p@ss")),
        ("http://[::1]:5000", "http://[::1]:5000", None),
    ],
)
def test_an_address_is_kept_without_credentials(given: str, kept: str, user: tuple[str, str] | None) -> None:
    address = server_address(given)
    assert (address.uri, address.user_and_password) == (kept, user)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "sqlite:///mlflow.db",
        "file:///mlruns",
        "databricks",
        "127.0.0.1:5000",
        "http://",
        "http://h:port",
        "http://h:99999",
        "http://[::1",
        "http://h\n/",
        "http://a b",
        "ftp://ada:secret@h",
    ],
)
def test_what_is_no_http_address_is_refused_without_repeating_passwords(given: str) -> None:
    with pytest.raises(RejectedInputError) as refused:
        server_address(given)
    assert "secret" not in str(refused.value)
