"""`paperlineage ask`: the questions that the graph answers."""

from typing import Annotated

import typer

from cli.help_text import HELP_OPTIONS, examples

ask = typer.Typer(
    name="ask",
    help="Ask who introduced what, what a paper says, and where a fact comes from.",
    context_settings=HELP_OPTIONS,
    no_args_is_help=True,
    rich_markup_mode=None,
)
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]


@ask.command(
    context_settings=HELP_OPTIONS,
    epilog=examples('ask introduced "byte-pair encoding"', "ask introduced BPE --json"),
)
def introduced(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="A method, dataset, step, ...")],
    *,
    as_json: AsJson = False,
) -> None:
    """Which papers introduced it, with the quotes that say so.

    Case, plural, aliases and small slips do not matter. Ends with 1 for a name that the graph does not have.
    """
    from cli.plain_output import print_json
    from flows.compose import open_graph
    from flows.questions import UnknownNameError, who_introduced
    from flows.settings import load_settings

    with open_graph(load_settings(), read_only=True) as store:
        try:
            answer = who_introduced(store, " ".join(name))
        except UnknownNameError:
            if as_json:
                print_json([])  # a list all the same, for whoever reads it
            raise
    if as_json:
        print_json(answer.introductions)
    else:
        from cli.answers import print_introductions

        print_introductions(answer)


@ask.command(
    context_settings=HELP_OPTIONS,
    epilog=examples('ask paper "attention is all you need"', "ask paper paper:1f2e3d4c --json"),
)
def paper(
    wanted: Annotated[list[str], typer.Argument(metavar="ID|TITLE", help="An id, a title, or words of it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """What is known of a paper: its documents and its facts, each with its best quote."""
    from cli.plain_output import print_json
    from flows.compose import open_graph
    from flows.questions import paper_named
    from flows.settings import load_settings

    with open_graph(load_settings(), read_only=True) as store:
        answer = paper_named(store, " ".join(wanted))
    if as_json:
        print_json(answer)
    else:
        from cli.answers import print_paper

        print_paper(answer)


@ask.command(
    context_settings=HELP_OPTIONS,
    epilog=examples("ask fact 1f2e3d4c", "ask fact 1f2e3d4c --json"),
)
def fact(
    fact_id: Annotated[str, typer.Argument(metavar="ID", help="A fact's id, or its first digits.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Where a fact comes from: every quote, and the job, code, models and vocabularies that read it."""
    from cli.plain_output import print_json
    from flows.compose import open_graph
    from flows.settings import load_settings
    from graph import fact_provenance

    with open_graph(load_settings(), read_only=True) as store:
        answer = fact_provenance(store, fact_id)
    if as_json:
        print_json(answer)
    else:
        from cli.answers import print_fact

        print_fact(answer)
