"""The metadata API, served on the loopback interface by a thread of this process."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.settings import Settings
from records import UnavailableError
from service.wiring import app_for

if TYPE_CHECKING:
    import uvicorn

LOOPBACK = "127.0.0.1"
START_SECONDS = 30.0
STOP_SECONDS = 10.0


@contextmanager
def metadata_service(settings: Settings, *, port: int) -> Iterator[str]:
    """The address of the API while the context lasts; port 0 is a free one.

    Raises UnavailableError for a port that is in use. Leaving the context lets calls in work end first.
    """
    import uvicorn

    with _bound(port) as listener:
        config = uvicorn.Config(
            app_for(settings),
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=round(STOP_SECONDS),
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), name="metadata API", daemon=True)
        thread.start()
        try:
            _wait_for_start(server, thread)
            yield f"http://{LOOPBACK}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(STOP_SECONDS + 5)


def _bound(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as error:
        listener.close()
        raise UnavailableError(
            f"port {port} of {LOOPBACK} is in use: name another one with --port"
        ) from error
    return listener


def _wait_for_start(server: "uvicorn.Server", thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise UnavailableError("the metadata API did not start; its log above says why")
        time.sleep(0.01)
