"""The metadata API over the graph that the settings choose."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from flows.compose import open_graph
from flows.publishing import publish_runs
from flows.settings import Settings
from records import UnavailableError
from service.local_callers import LOOPBACK_HOSTS
from service.metadata_api import create_app

if TYPE_CHECKING:
    from fastapi import FastAPI


def app_for(settings: Settings, *, allowed_hosts: Collection[str] = LOOPBACK_HOSTS) -> "FastAPI":
    """The service, with the graph opened for each call; who keeps it open meanwhile makes calls faster."""
    return create_app(
        lambda payload: publish_runs([payload], settings),
        lambda: _graph_answers(settings),
        body_limit_bytes=settings.metadata_body_limit_bytes,
        allowed_hosts=allowed_hosts,
    )


def _graph_answers(settings: Settings) -> bool:
    try:
        with open_graph(settings) as store:
            return bool(store.read("RETURN 1 AS one"))
    except UnavailableError:
        return False
