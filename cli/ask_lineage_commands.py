"""The questions of `paperlineage ask` across the bridge: what of ours rests on papers, and on which."""

from typing import Annotated

import typer

from cli.asking import AsJson, asked

METHODS_SHOWN = 20

Name = Annotated[list[str], typer.Argument(metavar="NAME", help="A method, dataset, step, ...")]


def impact(
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="PAPER|STEP|METHOD|DATASET", help="A name, a paper's title or words of it, or an id."
        ),
    ],
    *,
    as_json: AsJson = False,
) -> None:
    """What of yours has to be made or measured again if it turns out wrong.

    Runs, model versions and dataset versions that rest on it, each with the path in words.
    """
    from flows.lineage_questions import ImpactAnswer, impact_of
    from flows.settings import load_settings

    def show(answer: ImpactAnswer) -> None:
        from cli.lineage_answers import print_impact

        print_impact(answer)

    asked(
        lambda store: impact_of(store, " ".join(name), load_settings().belief.thresholds),
        show,
        as_json=as_json,
    )


def origins(
    model: Annotated[
        str,
        typer.Argument(metavar="MODEL", help="A reference, a name with a version, or a name for its newest."),
    ],
    *,
    as_json: AsJson = False,
) -> None:
    """Which papers a model version rests on, weakest evidence first, with quotes and paths."""
    from flows.lineage_questions import OriginsAnswer, origins_of_model
    from flows.settings import load_settings

    def show(answer: OriginsAnswer) -> None:
        from cli.lineage_answers import print_origins

        print_origins(answer)

    asked(
        lambda store: origins_of_model(store, model, load_settings().belief.thresholds), show, as_json=as_json
    )


def uses(name: Name, *, as_json: AsJson = False) -> None:
    """Which papers use, apply, train or evaluate on it, and what of yours does."""
    from flows.lineage_questions import UsesAnswer, who_uses
    from flows.settings import load_settings

    def show(answer: UsesAnswer) -> None:
        from cli.lineage_answers import print_uses

        print_uses(answer)

    asked(
        lambda store: who_uses(store, " ".join(name), load_settings().belief.thresholds),
        show,
        as_json=as_json,
    )


def baselines(
    name: Annotated[
        list[str], typer.Argument(metavar="METHOD|PAPER", help="A method, or a paper's title or id.")
    ],
    *,
    as_json: AsJson = False,
) -> None:
    """What a paper, or the papers that introduced a method, compared against, and who compares against it."""
    from flows.lineage_questions import BaselinesAnswer, baselines_of
    from flows.settings import load_settings

    def show(answer: BaselinesAnswer) -> None:
        from cli.lineage_answers import print_baselines

        print_baselines(answer)

    asked(
        lambda store: baselines_of(store, " ".join(name), load_settings().belief.thresholds),
        show,
        as_json=as_json,
    )


def untried(
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many methods at most.")] = METHODS_SHOWN,
    task: Annotated[str, typer.Option("--task", metavar="NAME", help="Only from papers on this task.")] = "",
    as_json: AsJson = False,
) -> None:
    """Which methods are in papers and in no run or model of yours, those of most papers first."""
    from flows.lineage_questions import UntriedAnswer
    from flows.lineage_questions import untried as untried_methods
    from flows.settings import load_settings

    def show(answer: UntriedAnswer) -> None:
        from cli.lineage_answers import print_untried

        print_untried(answer)

    thresholds = load_settings().belief.thresholds
    asked(
        lambda store: untried_methods(store, limit=limit, task=task, thresholds=thresholds),
        show,
        as_json=as_json,
    )
