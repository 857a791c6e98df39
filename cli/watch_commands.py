"""`paperlineage watch`, `status` and `retry`: a bucket, and what became of everything in it."""

from typing import Annotated

import typer

from cli.exit_codes import ExitCode, code_of_error

STATES = ("seen", "claimed", "done", "refused", "failed")


def watch(
    address: Annotated[str, typer.Argument(metavar="BUCKET", help="A folder, or s3://NAME/PREFIX.")],
    *,
    once: Annotated[bool, typer.Option("--once", help="Take what is there now, then end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")] = False,
) -> None:
    """Read into the graph whatever arrives in a bucket, each content once.

    Everything but hidden and unfinished files is taken; what is no PDF, or no readable one, is moved to
    quarantine/ in the bucket (PAPERLINEAGE_WATCH__QUARANTINE=false leaves it). For S3, set AWS_ENDPOINT_URL
    and AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY. Ends with --once like ingest: 0 when all is in the graph, 1
    when objects were refused, 3 when something was unavailable; else with 130 on Ctrl-C, 0 on SIGTERM.
    """
    from cli.stopping import stopped_by_signals
    from cli.watch_output import WatchLines
    from flows.settings import load_settings
    from flows.watching.watch import watch as watch_bucket
    from flows.watching.watch import watched_bucket
    from flows.workbench import Workbench

    settings = load_settings()
    bucket = watched_bucket(address)
    lines = WatchLines(as_json=as_json)
    with stopped_by_signals() as stopping, Workbench(settings) as workbench:
        if not once:
            lines.noted(f"watching {bucket.url}; Ctrl-C ends it")
        watch_bucket(bucket, workbench, listener=lines, stop=stopping.event, once=once)
        # Raised in here, it keeps the workbench from waiting for documents that nobody wants any more.
        raise typer.Exit(stopping.code if stopping.code is not None else lines.code)


def status(
    *,
    state: Annotated[str, typer.Option("--state", metavar="STATE", help=f"Only {', '.join(STATES)}.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the ledger as a JSON list.")] = False,
) -> None:
    """What became of every object in the watched buckets."""
    from bucket import ObjectState
    from cli.plain_output import print_json
    from cli.watch_output import print_ledger
    from flows.settings import load_settings
    from flows.watching.retrying import known_objects

    if state and state not in STATES:
        raise typer.BadParameter(f"one of {', '.join(STATES)}", param_hint="--state")
    entries = known_objects(load_settings(), state=ObjectState(state) if state else None)
    if as_json:
        print_json(entries)
    else:
        print_ledger(entries)


def retry(
    keys: Annotated[list[str] | None, typer.Argument(metavar="KEY", help="Objects by their keys.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that was refused or has failed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what is tried again as JSON.")] = False,
) -> None:
    """Let refused and failed objects be taken again; what is in the quarantine is put back to its key.

    A watcher takes them when it looks next. Ends with 1 where one could not be put back.
    """
    from cli.plain_output import print_json
    from cli.watch_output import print_retried
    from flows.settings import load_settings
    from flows.watching.retrying import retry_all, retry_named

    if bool(keys) == everything:
        raise typer.BadParameter("name KEYs, or say --all", param_hint="KEY")
    settings = load_settings()
    retried = retry_all(settings) if everything else retry_named(keys or [], settings)
    if as_json:
        print_json([one.entry for one in retried if one.error is None])
    print_retried(retried, told_as_json=as_json)
    codes = [code_of_error(one.error) for one in retried if one.error]
    raise typer.Exit(max(codes, default=ExitCode.DONE))
