"""The metadata API: a run told by POST /metadata/run, and whether the service is well by GET /health."""

from collections.abc import Callable, Collection
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeAlias

from flows.sync_outcome import Published
from lineage.payload import PayloadProblemsError, RunPayload, parse_run
from records import RejectedInputError, UnavailableError
from service.body_limit import BodyTooLargeError, body_of
from service.local_callers import LOOPBACK_HOSTS, LocalCallers

if TYPE_CHECKING:
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

Publish: TypeAlias = Callable[[RunPayload], Published]

BODY_LIMIT_BYTES: Final = 1 << 20
RETRY_AFTER_SECONDS: Final = 5
JSON_TYPE: Final = "application/json"


def create_app(
    publish: Publish,
    graph_answers: Callable[[], bool],
    *,
    body_limit_bytes: int = BODY_LIMIT_BYTES,
    allowed_hosts: Collection[str] = LOOPBACK_HOSTS,
) -> "FastAPI":
    """The service around a function that writes a run and one that says whether the graph can be written to.

    Both are called in threads. Who serves the app binds it to the loopback interface; `allowed_hosts` are the
    host names under which it answers. There is no page of documentation, for it would load scripts from the
    internet; the description is at /openapi.json.
    """
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse
    from starlette.concurrency import run_in_threadpool

    app = FastAPI(title="paperlineage metadata API", docs_url=None, redoc_url=None)
    app.add_middleware(LocalCallers, allowed_hosts=tuple(allowed_hosts))

    @app.post("/metadata/run", openapi_extra=_request_description(), responses=_RESPONSES)
    async def publish_run(request: Request) -> JSONResponse:
        """Tells of a run; telling it again with the same run_id describes the same run again."""
        return await _publication(request, publish, body_limit_bytes)

    @app.get("/health")
    async def health() -> JSONResponse:
        """Whether the service is well: 200 where runs can be published, 503 where the graph is missing."""
        available = await run_in_threadpool(graph_answers)
        status = HTTPStatus.OK if available else HTTPStatus.SERVICE_UNAVAILABLE
        graph = "available" if available else "unavailable"
        return JSONResponse({"status": "ok" if available else "degraded", "graph": graph}, status_code=status)

    return app


async def _publication(request: "Request", publish: Publish, body_limit_bytes: int) -> "JSONResponse":
    """What became of the run in the request's body."""
    from starlette.concurrency import run_in_threadpool

    if refusal := _media_type_refusal(request):
        return refusal
    try:
        payload = parse_run(await body_of(request, limit_bytes=body_limit_bytes))
        published = await run_in_threadpool(publish, payload)
    except BodyTooLargeError:
        said = f"the body is larger than {body_limit_bytes} bytes"
        return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said)
    except TimeoutError:
        return _refusal(HTTPStatus.REQUEST_TIMEOUT, "the body did not come in time")
    except PayloadProblemsError as error:
        return _problems(error)
    except RejectedInputError as error:
        return _refusal(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    except UnavailableError as error:
        return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, str(error), **_RETRY)
    return _answer(published)


_RETRY: Final = {"Retry-After": str(RETRY_AFTER_SECONDS)}
_RESPONSES: Final[dict[int | str, dict[str, object]]] = {
    200: {"description": "The graph held all of this already"},
    201: {"description": "The graph grew"},
    400: {"description": "The body is no JSON"},
    413: {"description": "The body is too large"},
    415: {"description": "The body is not said to be JSON"},
    422: {"description": "A field is wrong; its path is in `loc`"},
    503: {"description": "The graph is not available; try again after Retry-After"},
}


def _request_description() -> dict[str, object]:
    schema = RunPayload.model_json_schema()
    return {"requestBody": {"required": True, "content": {JSON_TYPE: {"schema": schema}}}}


def _media_type_refusal(request: "Request") -> "JSONResponse | None":
    """Asking for the type is also what makes a browser ask before it posts for a page of another host."""
    media_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type == JSON_TYPE:
        return None
    return _refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send the run as {JSON_TYPE}")


def _answer(published: Published) -> "JSONResponse":
    from fastapi.responses import JSONResponse

    grew = published.nodes or published.edges
    content = {
        "run_id": published.run_ids[0],
        "nodes": published.nodes,
        "edges": published.edges,
        "placeholders": published.placeholders,
        "linked": published.linked,
        "proposed": published.proposed,
    }
    return JSONResponse(content, status_code=HTTPStatus.CREATED if grew else HTTPStatus.OK)


def _problems(error: PayloadProblemsError) -> "JSONResponse":
    """In the shape that FastAPI's own answers have; what was sent is not sent back."""
    from fastapi.responses import JSONResponse

    detail = [
        {"loc": ["body", *problem.path], "msg": problem.message, "type": problem.kind}
        for problem in error.problems
    ]
    status = HTTPStatus.BAD_REQUEST if error.no_json else HTTPStatus.UNPROCESSABLE_ENTITY
    return JSONResponse({"detail": detail}, status_code=status)


def _refusal(status: HTTPStatus, said: str, **headers: str) -> "JSONResponse":
    from fastapi.responses import JSONResponse

    return JSONResponse({"detail": said}, status_code=status, headers=headers)
