"""The program `paperlineage`: its commands, and the one place where errors become exit codes."""

import gc
import sys
from typing import Annotated

import typer

from cli.ask_commands import ask
from cli.exchange_commands import export, import_
from cli.exit_codes import ExitCode, code_of_error
from cli.help_text import HELP_OPTIONS, examples
from cli.ingest_command import ingest
from cli.lineage_commands import publish, sync
from cli.link_commands import link, links
from cli.query_command import query
from cli.serve_command import serve
from cli.terminal_text import one_line
from cli.watch_commands import retry, status, watch
from records import PaperlineageError

HELP = """From research papers (PDF) and your own runs to a graph of cited facts.

All state lives in PAPERLINEAGE_HOME (default ~/.paperlineage).
"""

GARBAGE_THRESHOLD = 100_000  # new objects; Python's own is 700

app = typer.Typer(
    name="paperlineage",
    help=HELP,
    epilog=examples(
        "ingest papers/",
        "serve ~/inbox",
        'ask introduced "byte-pair encoding"',
        "ask impact SQuAD",
        'query "MATCH (p:Paper) RETURN p.title LIMIT 5"',
    ),
    context_settings=HELP_OPTIONS,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
# In the order of the help, where groups come last: papers, lineage, questions, the graph as a whole.
COMMANDS = (
    (ingest, ("ingest paper.pdf", "ingest ~/papers more/*.pdf --json")),
    (watch, ("watch ~/inbox", "watch s3://papers/incoming", "watch ~/inbox --once")),
    (serve, ("serve ~/inbox", "serve s3://papers/incoming --port 9000")),
    (status, ("status", "status --state refused", "status --json")),
    (retry, ("retry paper.pdf", "retry --all")),
    (publish, ("publish run.json", "publish - < runs.json")),
    (links, ("links", "links --proposed", "links --json")),
    (
        query,
        (
            'query "MATCH (p:Paper) RETURN p.title, p.year ORDER BY p.year LIMIT 10"',
            'query "MATCH (p:Paper)-[:INTRODUCES]->(s:PreprocessingStep) RETURN s.name, p.title" --json',
        ),
    ),
    (export, ("export graph.jsonl", "export - | gzip > graph.jsonl.gz")),
    (import_, ("import graph.jsonl", "import --merge colleague.jsonl", "import - < graph.jsonl")),
)
for command, lines in COMMANDS:
    name = command.__name__.rstrip("_")  # import is a word of Python's
    app.command(name=name, context_settings=HELP_OPTIONS, epilog=examples(*lines))(command)
for group in (ask, sync, link):
    app.add_typer(group)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from flows.code_version import package_version

        typer.echo(f"paperlineage {package_version()}")
        raise typer.Exit


@app.callback()
def _program(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Holds the options of the program itself."""


def main() -> None:
    """Runs the program; ends it with an exit code and at most one line about what went wrong."""
    # Imports and answers make many objects and little garbage: looking for it less often saves a tenth.
    gc.set_threshold(GARBAGE_THRESHOLD)
    for stream in (sys.stdout, sys.stderr):
        # Papers hold characters that a terminal's encoding may lack: better odd than a traceback.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app(prog_name="paperlineage")
    except PaperlineageError as error:
        print(f"paperlineage: {one_line(str(error))}", file=sys.stderr)  # noqa: T201
        sys.exit(code_of_error(error))
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
