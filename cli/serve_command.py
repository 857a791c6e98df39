"""`paperlineage serve`: Prefect's server and UI, the watcher, and the metadata API on one machine."""

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.settings import Settings

METADATA_PORT = 8765


def serve(
    address: Annotated[
        str,
        typer.Argument(
            metavar="[BUCKET]", help="A folder, or s3://NAME/PREFIX; by default papers/ in PAPERLINEAGE_HOME."
        ),
    ] = "",
    *,
    port: Annotated[int, typer.Option(help="Of the metadata API; 0 for a free one.")] = METADATA_PORT,
    prefect_port: Annotated[
        int | None, typer.Option(help="Of Prefect's server; by default 4200, or a free one.")
    ] = None,
) -> None:
    """Run everything that a team needs, on this machine and for this machine alone, until Ctrl-C.

    A Prefect server with its UI, unless one is configured already; a watcher that reads what arrives in the
    bucket, each batch a flow run; and the metadata API, POST /metadata/run. All of it listens on 127.0.0.1.
    """
    from cli.stopping import stopped_by_signals
    from cli.watch_output import WatchLines
    from flows.settings import load_settings, prepare_prefect_client
    from flows.watching.watch import watch, watched_bucket
    from flows.workbench import Workbench
    from service.serving import metadata_service

    settings = load_settings()
    prepare_prefect_client()
    bucket = watched_bucket(address or _own_bucket(settings))
    lines = WatchLines()
    with stopped_by_signals() as stopping, ExitStack() as parts:
        lines.noted("starting; Ctrl-C ends it")
        metadata_url = parts.enter_context(metadata_service(settings, port=port))
        ahead = threading.Thread(target=_import_ahead)
        ahead.start()
        parts.callback(ahead.join)  # an interpreter that ends in the midst of an import aborts
        settings = _with_prefect(settings, parts, port=prefect_port)
        ahead.join()
        workbench = parts.enter_context(Workbench(settings))
        workbench.warm_up()
        lines.noted(f"Prefect UI: {settings.prefect_api_url.removesuffix('/api')}")
        lines.noted(f"metadata API: {metadata_url}/metadata/run")
        lines.noted(f"watching: {bucket.url}")
        watch(bucket, workbench, listener=lines, stop=stopping.event)
        raise typer.Exit(stopping.code or 0)


def _own_bucket(settings: "Settings") -> str:
    folder = settings.home / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def _with_prefect(settings: "Settings", parts: ExitStack, *, port: int | None) -> "Settings":
    """The settings with a Prefect server that answers: the configured one, or one of our own."""
    from flows.orchestration.configured_server import require_answer
    from flows.orchestration.delivery import deliver_to_prefect
    from flows.orchestration.own_server import prefect_service

    if settings.prefect_api_url:
        require_answer(settings.prefect_api_url)
        return settings
    api_url = parts.enter_context(prefect_service(settings.home / "prefect", port=port))
    parts.callback(deliver_to_prefect)
    return settings.model_copy(update={"prefect_api_url": api_url})


def _import_ahead() -> None:
    """Loads, while Prefect's server starts, what the first paper would have to wait for."""
    import flows.orchestration.ingest_flow  # noqa: F401
