"""Who may call a service that listens on this machine alone: this machine's programs, and no web page.

A page from anywhere can make a browser send requests to 127.0.0.1. It cannot forge the Origin header that
comes with them; and a page that points its own host name at 127.0.0.1 (DNS rebinding) is known by Host.
"""

from collections.abc import Collection
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK_HOSTS: Final = ("localhost", "127.0.0.1", "::1")


class LocalCallers:
    """Lets only requests to and from the allowed hosts through, on any port."""

    def __init__(self, app: "ASGIApp", *, allowed_hosts: Collection[str]) -> None:
        self._app = app
        self._allowed = frozenset(host.strip("[]").lower() for host in allowed_hosts)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answers 403 to the others."""
        reason = "" if scope["type"] == "lifespan" else self._reason(scope)
        if not reason:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            from starlette.responses import JSONResponse

            refusal = JSONResponse({"detail": reason}, status_code=HTTPStatus.FORBIDDEN)
            await refusal(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _reason(self, scope: "Scope") -> str:
        """Why the request is refused; empty where it is not."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        if len(hosts) != 1 or _host(b"//" + hosts[0]) not in self._allowed:
            return "the Host of the request is not one that this service answers for"
        if any(_host(origin) not in self._allowed for origin in origins):
            return "web pages of other hosts may not call this service"
        return ""


def _host(address: bytes) -> str:
    """The host name in an origin or behind two slashes; empty for what is none, as "null" is."""
    try:
        return urlsplit(address.decode("ascii")).hostname or ""
    except ValueError:
        return ""
