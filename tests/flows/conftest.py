"""A real Prefect server on the loopback interface, with a home of its own."""

from collections.abc import Iterator

import pytest

from flows.prefect_service import free_port, prefect_service


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API URL of a server that answers; it is stopped at the end."""
    with prefect_service(tmp_path_factory.mktemp("prefect"), port=free_port()) as url:
        yield url
