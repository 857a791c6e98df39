"""An HTTP server that answers as a test says, or as another server does until it fails."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ScriptedServer:
    """A server that is running, and what it was asked so far."""

    url: str
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def answering(answer: Callable[[Asked, int], Answer]) -> Iterator[ScriptedServer]:
    """A server on the loopback interface; `answer` gets the request and how many came before it."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
            with lock:
                before = len(running.asked)
                running.asked.append(asked)
            answered = answer(asked, before)
            self.send_response(answered.status)
            for name, value in {"Content-Length": str(len(answered.body)), **answered.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answered.body)

        do_GET = do_POST  # noqa: N815 - its name there

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = ScriptedServer(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def in_front_of(url: str, *, failing_from: int, status: int = 500) -> Callable[[Asked, int], Answer]:
    """The answers of the server behind it, and from the request with that number on a failure."""

    def answer(asked: Asked, before: int) -> Answer:
        if before >= failing_from:
            return Answer(status, b"Internal Server Error")
        response = httpx.request(
            asked.method,
            url + asked.path,
            content=asked.body,
            headers={"Content-Type": "application/json"},
            timeout=60,
        )
        return Answer(response.status_code, response.content)

    return answer
