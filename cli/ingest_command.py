"""`paperlineage ingest`: PDFs into the graph."""

from pathlib import Path
from typing import Annotated

import typer

from cli.exit_codes import ExitCode, code_of_outcomes


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="PDF files, and folders of them.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcomes as JSON.")] = False,
) -> None:
    """Read PDFs into the graph; what was read before is left alone.

    Ends with 0 when all is in the graph, 1 when files were refused, 3 when something was unavailable.
    """
    from cli.plain_output import print_json, print_note
    from cli.progress import IngestionProgress
    from cli.rendering import print_outcomes, print_reasons
    from flows.ingesting import ingest_paths
    from flows.settings import load_settings

    settings = load_settings()
    with IngestionProgress() as progress:
        try:
            outcomes = ingest_paths(paths, settings, listener=progress)
            code = code_of_outcomes(outcomes)
        except KeyboardInterrupt:
            outcomes = progress.outcomes
            code = ExitCode.INTERRUPTED
    if as_json:
        print_json(outcomes)
    else:
        print_outcomes(outcomes)
    print_reasons(outcomes)
    if progress.flow_run_url:
        print_note(f"Prefect flow run: {progress.flow_run_url}")
    if code is ExitCode.INTERRUPTED:
        left = progress.input_count - len(outcomes)
        print_note(f"Interrupted: {left} inputs to go. The graph holds whole documents; run it again.")
    raise typer.Exit(code)
