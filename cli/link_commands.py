"""`paperlineage links` and `paperlineage link`: what is linked across the bridge, and deciding on it."""

from typing import Annotated

import typer

from cli.asking import AsJson, asked
from cli.help_text import HELP_OPTIONS, examples

link = typer.Typer(
    name="link",
    help="Decide on a link between your lineage and what papers write about.",
    context_settings=HELP_OPTIONS,
    no_args_is_help=True,
    rich_markup_mode=None,
)

LinkIds = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Links' ids, or their first digits, from 6 on.")
]


def links(
    *,
    proposed: Annotated[
        bool, typer.Option("--proposed", help="Only those that wait for a decision.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What of your lineage is linked to which dataset, method or step, why, and who decided."""
    from graph import BridgeLink, Judgement, bridge_links

    def show(answer: tuple[BridgeLink, ...]) -> None:
        from cli.lineage_answers import print_links

        print_links(answer)

    asked(
        lambda store: tuple(
            one for one in bridge_links(store) if not proposed or one.judgement is Judgement.PROPOSED
        ),
        show,
        as_json=as_json,
    )


@link.command(
    context_settings=HELP_OPTIONS, epilog=examples("link accept 1f2e3d4c", "link accept 1f2e3d 9a8b7c")
)
def accept(link_ids: LinkIds, *, as_json: AsJson = False) -> None:
    """Say that the links are right: questions follow them from now on. `link reject` takes it back."""
    _judge(link_ids, accepted=True, as_json=as_json)


@link.command(context_settings=HELP_OPTIONS, epilog=examples("link reject 1f2e3d4c"))
def reject(link_ids: LinkIds, *, as_json: AsJson = False) -> None:
    """Say that the links are wrong: they hold no more and never come back. `link accept` takes it back."""
    _judge(link_ids, accepted=False, as_json=as_json)


def _judge(link_ids: list[str], *, accepted: bool, as_json: bool) -> None:
    from datetime import UTC, datetime

    from cli.plain_output import print_json
    from flows.compose import open_graph
    from flows.settings import load_settings
    from graph import judge_links

    settings = load_settings()
    with open_graph(settings) as store:
        judged = judge_links(
            store, link_ids, accept=accepted, judged_by=settings.operator, judged_at=datetime.now(UTC)
        )
    if as_json:
        print_json(judged)
        return
    from cli.answer_lines import line

    for one in judged:
        line(f"{one.judgement}: {one.node_id} as {one.entity_name} ({one.entity_type}), link {one.id}")
