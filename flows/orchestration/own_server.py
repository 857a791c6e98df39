"""A Prefect server of our own, started for as long as it is needed where a team has none."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flows.orchestration.configured_server import require_answer
from flows.settings import prefect_server_environment
from records import UnavailableError

START_SECONDS = 120.0
STOP_SECONDS = 15.0
LOG_LINES_SHOWN = 3
PREFERRED_PORT = 4200


@contextmanager
def prefect_service(home: Path, *, port: int | None = None) -> Iterator[str]:
    """The API URL of a server on 127.0.0.1 that answers; its database and its log are under `home`.

    Without a `port` it is Prefect's usual one, or a free one where that is taken. The server ends with the
    context, and with this process, whatever ends it. Raises UnavailableError when it does not start.
    """
    home.mkdir(parents=True, exist_ok=True)
    taken = free_port(PREFERRED_PORT if port is None else port)
    if port is not None and taken != port:
        raise UnavailableError(f"port {port} of 127.0.0.1 is in use: name another one for Prefect's server")
    log = home / "server.log"
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
            [sys.executable, "-m", "flows.orchestration.server_process", str(taken)],
            env=_environment(home, taken),
            stdin=subprocess.PIPE,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a Ctrl-C in the terminal is for us: the server has to outlive the run
        )
    try:
        api_url = f"http://127.0.0.1:{taken}/api"
        _wait_for_answer(api_url, server, log=log)
        yield api_url
    finally:
        _stop(server)


def free_port(preferred: int = 0) -> int:
    """The preferred port of 127.0.0.1 if nothing listens there, else one that is free at this moment."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", preferred))
        except OSError:
            return free_port()
        number: int = probe.getsockname()[1]
        return number


def _environment(home: Path, port: int) -> Mapping[str, str]:
    return prefect_server_environment(home, api_url=f"http://127.0.0.1:{port}/api")


def _wait_for_answer(api_url: str, server: "subprocess.Popen[bytes]", *, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        if server.poll() is not None:
            lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
            last = " | ".join([line.strip() for line in lines if line.strip()][-LOG_LINES_SHOWN:])
            raise UnavailableError(f"the Prefect server did not start ({last}); its whole log is {log}")
        try:
            require_answer(api_url)
        except UnavailableError as error:
            if time.monotonic() > deadline:
                raise UnavailableError(
                    f"the Prefect server did not answer within {START_SECONDS:g} s; its log is {log}"
                ) from error
            time.sleep(0.1)
        else:
            return


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    if server.stdin:
        server.stdin.close()
