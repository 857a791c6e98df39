"""The Prefect server that the program starts for itself: it answers, and it never outlives its starter."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from program import CHECKOUT

from flows.orchestration.own_server import free_port, prefect_service
from records import UnavailableError

STARTER = """
import sys
from pathlib import Path
from flows.orchestration.own_server import prefect_service
with prefect_service(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


def answers(url: str) -> bool:
    try:
        urlopen(f"{url}/health", timeout=5).close()  # noqa: S310 - loopback
    except (URLError, OSError):
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGKILL, None])
def test_the_server_answers_and_ends_with_its_starter_however_that_ends(
    tmp_path: Path, ending: signal.Signals | None
) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "HOME": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with starter:
        assert starter.stdin is not None
        assert starter.stdout is not None
        url = starter.stdout.readline().strip()
        assert answers(url)
        page = urlopen(url.removesuffix("api"), timeout=5).read().decode()  # noqa: S310 - loopback
        assert "<title>Prefect" in page
        if ending:
            starter.send_signal(ending)
        else:
            starter.stdin.close()
        starter.wait(timeout=60)
    deadline = time.monotonic() + 30
    while answers(url):
        assert time.monotonic() < deadline, "the server is still there"
        time.sleep(0.2)


def test_a_port_in_use_is_told_of_at_once(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(UnavailableError, match=f"port {port} .* in use"),
            prefect_service(tmp_path, port=port),
        ):
            pass


@pytest.mark.slow
def test_a_server_that_cannot_start_is_told_of_with_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "prefect.db").mkdir()
    with (
        pytest.raises(UnavailableError, match=r"did not start \(.*unable to open database file.*server\.log"),
        prefect_service(tmp_path),
    ):
        pass


def test_a_free_port_is_the_preferred_one_unless_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) != port
    assert free_port(port) == port
