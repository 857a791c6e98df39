"""`paperlineage export` and `import`: the graph as a file of JSON lines, whichever store holds it."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.exit_codes import ExitCode
from records import UnavailableError

STANDARD = Path("-")


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, - for stdout.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Write the whole graph to a file of JSON lines.

    A header, then a line for each node and each edge, in a fixed order: the same graph gives the same
    file from every store. The file is there whole or not at all. Writers to a server wait meanwhile.
    """
    from cli.plain_output import print_json, print_note
    from flows.exchange import export_to_file, export_to_stream
    from flows.settings import load_settings

    settings = load_settings()
    if file == STANDARD:
        try:
            counts = export_to_stream(sys.stdout.buffer, settings)
        except BrokenPipeError:
            # Whoever read the lines has had enough; Python would complain once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(ExitCode.DONE) from None
        except OSError as error:
            raise UnavailableError(f"the graph cannot be written to stdout: {error.strerror}") from error
    else:
        counts = export_to_file(file, settings)
    if as_json and file != STANDARD:
        print_json(counts)
    else:
        print_note(f"Exported {counts.nodes} nodes and {counts.edges} edges.")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that export wrote, - for stdin.")],
    *,
    merge: Annotated[bool, typer.Option("--merge", help="Join it to a graph that is not empty.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Read a file that export wrote into the graph, all of it or nothing.

    The file is checked to its last line first. A graph that is not empty is left alone, unless --merge
    joins the two: what was read from papers comes out as if all of it had been ingested into one graph,
    the newest reading of each document being its current one. Of runs, dataset and model versions the
    file's account stands; of two judgements of a link a person's, or else the later one. Nothing goes away
    that only the graph has.
    """
    from cli.plain_output import print_json, print_note
    from flows.exchange import import_from_file, import_from_stream
    from flows.settings import load_settings

    settings = load_settings()
    if file == STANDARD:
        counts = import_from_stream(sys.stdin.buffer, settings, merge=merge)
    else:
        counts = import_from_file(file, settings, merge=merge)
    if as_json:
        print_json(counts)
    else:
        print_note(
            f"Imported {counts.nodes} nodes and {counts.edges} edges; "
            f"{counts.new_nodes} and {counts.new_edges} of them are new."
        )
