"""`paperlineage sync` and `paperlineage publish`: the lineage that exists, into the graph."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exit_codes import ExitCode
from cli.help_text import HELP_OPTIONS, examples
from records import RejectedInputError

if TYPE_CHECKING:
    from flows.sync_outcome import Published, SyncOutcome

STANDARD_INPUT = "-"
LARGEST_FILE_BYTES = 64 << 20
LISTED = 20

JsonOption = Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")]

sync = typer.Typer(
    name="sync",
    help="Read the runs, dataset versions and model versions that a tracking server has.",
    context_settings=HELP_OPTIONS,
    no_args_is_help=True,
    rich_markup_mode=None,
)


@sync.callback()
def _sync() -> None:
    """Holds the kinds of servers, of which there is one so far."""


@sync.command(
    context_settings=HELP_OPTIONS,
    epilog=examples(
        "sync mlflow http://127.0.0.1:5000",
        "sync mlflow https://mlflow.example.org --as staging",
        "sync mlflow http://127.0.0.1:5000 --full --json",
    ),
)
def mlflow(
    uri: Annotated[str, typer.Argument(metavar="URI", help="The address of an MLflow tracking server.")],
    *,
    name: Annotated[
        str, typer.Option("--as", metavar="NAME", help="What to call the server, if there are several.")
    ] = "mlflow",
    full: Annotated[
        bool, typer.Option("--full", help="Read everything again: late tags, late metrics, deletions.")
    ] = False,
    moved: Annotated[
        bool, typer.Option("--moved", help="The server of that name has this address now.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Bring the graph up to date with an MLflow server; what it holds already is left alone.

    Credentials are taken from MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or from
    MLFLOW_TRACKING_TOKEN. Ends with 0 when the graph is up to date, 1 when runs were refused, 3 when a
    server was unavailable.
    """
    from cli.plain_output import print_json, print_note
    from flows.lineage_sync import sync_mlflow
    from flows.settings import load_settings

    outcome = sync_mlflow(uri, load_settings(), name=name, full=full, moved=moved)
    if as_json:
        print_json(outcome)
    else:
        _print_sync(outcome)
    for refused in outcome.refused:
        print_note(f"refused: {refused.reason}")
    raise typer.Exit(ExitCode.REJECTED if outcome.refused else ExitCode.DONE)


def publish(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.json", help="A run, or a list of runs, as JSON; - is standard input."),
    ],
    *,
    as_json: JsonOption = False,
) -> None:
    """Tell the graph of runs, as POST /metadata/run does; all runs of the file are written, or none.

    Ends with 0 when all is in the graph, 1 when a field is wrong, 3 when the graph was unavailable.
    """
    from cli.plain_output import print_json
    from flows.publishing import publish_runs
    from flows.settings import load_settings
    from lineage.payload import parse_runs

    what = "standard input" if str(file) == STANDARD_INPUT else str(file)
    payloads = parse_runs(_content(file), what=what)
    published = publish_runs(payloads, load_settings())
    if as_json:
        print_json(published)
    else:
        _print_published(published)


def _content(file: Path) -> bytes:
    try:
        if str(file) == STANDARD_INPUT:
            content = sys.stdin.buffer.read(LARGEST_FILE_BYTES + 1)
        else:
            with file.open("rb") as opened:
                content = opened.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError is a name that no file can have
        reason = getattr(error, "strerror", None) or error
        raise RejectedInputError(f"cannot read {file}: {reason}") from error
    if len(content) > LARGEST_FILE_BYTES:
        raise RejectedInputError(f"{file} is larger than {LARGEST_FILE_BYTES >> 20} MiB: publish it in parts")
    return content


def _print_sync(outcome: "SyncOutcome") -> None:
    from cli.rendering import output, table

    counted = ("new", "changed", "unchanged", "vanished")
    kinds = table("", *counted, numbers=counted)
    for kind, counts in (
        ("runs", outcome.runs),
        ("dataset versions", outcome.dataset_versions),
        ("model versions", outcome.model_versions),
    ):
        kinds.add_row(kind, *(str(getattr(counts, name)) for name in counted))
    console = output()
    console.print(kinds)
    read = "everything" if outcome.full else "what is new"
    grew = f"{outcome.nodes} new nodes, {outcome.edges} new edges"
    console.print(f"{outcome.source} at {outcome.uri}: read {read}; {grew}")
    _print_links(outcome)


def _print_published(published: "Published") -> None:
    from cli.rendering import output
    from cli.terminal_text import one_line

    console = output()
    count = len(published.run_ids)
    runs = "1 run" if count == 1 else f"{count} runs"
    console.print(f"published {runs}: {published.nodes} new nodes, {published.edges} new edges")
    for placeholder in published.placeholders[:LISTED]:
        console.print(f"not described yet: {one_line(placeholder)}")
    if (more := len(published.placeholders) - LISTED) > 0:
        console.print(f"and {more} more are not described yet")
    _print_links(published)


def _print_links(done: "SyncOutcome | Published") -> None:
    """Says what was found of it in papers; `links --proposed` lists what a person has to decide."""
    from cli.rendering import output

    if done.linked or done.proposed:
        proposed = f"; {done.proposed} more proposed, see: paperlineage links --proposed"
        counted = "1 link" if done.linked == 1 else f"{done.linked} links"
        output().print(f"{counted} to what papers speak of{proposed if done.proposed else ''}")
