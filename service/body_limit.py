"""Reading the body of a request without trusting what it says of itself."""

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.requests import Request

BODY_TIMEOUT_SECONDS: Final = 30.0


class BodyTooLargeError(Exception):
    """A body that is larger than it may be."""


async def body_of(request: "Request", *, limit_bytes: int) -> bytes:
    """The body; raises BodyTooLargeError as soon as it is known to be too large, and TimeoutError for a body
    that does not come."""
    said = request.headers.get("Content-Length", "")
    if said.isdecimal() and said.isascii() and int(said[:20]) > limit_bytes:
        raise BodyTooLargeError
    body = bytearray()
    async with asyncio.timeout(BODY_TIMEOUT_SECONDS):
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit_bytes:
                raise BodyTooLargeError
    return bytes(body)
