"""`paperlineage ask`: the questions that the graph answers."""

from typing import Annotated

import typer

from cli.ask_lineage_commands import baselines, impact, origins, untried, uses
from cli.asking import AsJson, asked
from cli.help_text import HELP_OPTIONS, examples

ask = typer.Typer(
    name="ask",
    help="Ask who introduced what, what a paper says, and what of yours rests on it.",
    context_settings=HELP_OPTIONS,
    no_args_is_help=True,
    rich_markup_mode=None,
)


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
    from flows.questions import IntroducedAnswer, who_introduced
    from flows.settings import load_settings

    def show(answer: IntroducedAnswer) -> None:
        from cli.answers import print_introductions

        print_introductions(answer)

    asked(
        lambda store: who_introduced(store, " ".join(name), load_settings().belief.thresholds),
        show,
        as_json=as_json,
        in_json=lambda answer: answer.introductions,
        unknown_in_json=[],  # a list all the same, for whoever reads it
    )


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
    from flows.questions import paper_named
    from flows.settings import load_settings
    from graph import PaperAnswer

    def show(answer: PaperAnswer) -> None:
        from cli.answers import print_paper

        print_paper(answer)

    asked(
        lambda store: paper_named(store, " ".join(wanted), load_settings().belief.thresholds),
        show,
        as_json=as_json,
    )


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
    from graph import FactAnswer, fact_provenance

    def show(answer: FactAnswer) -> None:
        from cli.answers import print_fact

        print_fact(answer)

    asked(lambda store: fact_provenance(store, fact_id), show, as_json=as_json)


ask.command(
    context_settings=HELP_OPTIONS,
    epilog=examples(
        'ask impact "byte-pair encoding"', "ask impact SQuAD --json", "ask impact paper:1f2e3d4c"
    ),
)(impact)
ask.command(
    context_settings=HELP_OPTIONS,
    epilog=examples("ask origins churn", "ask origins churn/3", "ask origins models:/churn/3 --json"),
)(origins)
ask.command(context_settings=HELP_OPTIONS, epilog=examples("ask uses SQuAD", "ask uses mixup --json"))(uses)
ask.command(
    context_settings=HELP_OPTIONS,
    epilog=examples("ask baselines BERT", 'ask baselines "attention is all you need" --json'),
)(baselines)
ask.command(
    context_settings=HELP_OPTIONS,
    epilog=examples("ask untried", 'ask untried --task "question answering" --limit 5'),
)(untried)
