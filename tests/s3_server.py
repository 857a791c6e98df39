"""A real S3 server on the loopback interface, moto's, in a process of its own; and a bucket in it."""

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

if TYPE_CHECKING:
    from obstore.store import S3Store

START_SECONDS = 60.0
REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class S3Server:
    """A server that answers, and the environment in which programs find it."""

    url: str
    process: "subprocess.Popen[bytes]"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "someone",
            "AWS_SECRET_ACCESS_KEY": "a secret",
            "AWS_REGION": REGION,
        }

    def new_bucket(self) -> "S3Bucket":
        name = f"papers-{uuid.uuid4().hex[:12]}"
        self.put(name, b"")
        return S3Bucket(self, name)

    def put(self, path: str, content: bytes) -> None:
        """Puts what the path names, whatever it is made of."""
        # It looks who asks, since what is there already is private, but not whether that is true.
        who = f"AWS4-HMAC-SHA256 Credential=someone/20260101/{REGION}/s3/aws4_request"
        headers = {"Content-Type": "application/octet-stream", "Authorization": who}
        request = Request(f"{self.url}/{quote(path)}", content, headers, method="PUT")  # noqa: S310 - loopback
        urlopen(request, timeout=30).close()  # noqa: S310 - loopback


@dataclass(frozen=True, slots=True)
class S3Bucket:
    """A bucket as its users see it."""

    server: S3Server
    name: str

    @property
    def address(self) -> str:
        return f"s3://{self.name}"

    @property
    def _store(self) -> "S3Store":
        from obstore.store import S3Store

        server = self.server
        return S3Store(
            self.name,
            endpoint=server.url,
            access_key_id="someone",
            secret_access_key="a secret",  # noqa: S106 - of nothing
            region=REGION,
            client_options={"allow_http": True},
        )

    def put(self, key: str, content: bytes) -> None:
        self.server.put(f"{self.name}/{key}", content)

    def get(self, key: str) -> bytes:
        return bytes(self._store.get(key).bytes())

    def delete(self, key: str) -> None:
        self._store.delete(key)

    def keys(self) -> list[str]:
        return sorted(meta["path"] for chunk in self._store.list() for meta in chunk)


@contextmanager
def running_s3(log: Path, **environment: str) -> Iterator[S3Server]:
    """A server of its own, stopped by its process id at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        server = S3Server(f"http://127.0.0.1:{port}", process)
        _wait_for_answer(server, log)
        yield server
    finally:
        process.terminate()
        process.wait()


def _wait_for_answer(server: S3Server, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.process.poll() is None, log.read_text()
        try:
            urlopen(f"{server.url}/moto-api/data.json", timeout=5).close()  # noqa: S310 - loopback
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the S3 server did not start: {log.read_text()[-2000:]}")
