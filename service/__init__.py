"""The metadata API: the way into the graph for programs that have runs to tell of."""

from service.metadata_api import create_app
from service.wiring import app_for

__all__ = ["app_for", "create_app"]
