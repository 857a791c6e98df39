"""Answers across the bridge as blocks that a person reads."""

from collections.abc import Iterable, Sequence

from cli.answer_lines import ID_DIGITS, belief, byline, cell, headline, line, named, print_quote, verb
from cli.rendering import output, table
from flows.lineage_questions import BaselinesAnswer, ImpactAnswer, OriginsAnswer, UntriedAnswer, UsesAnswer
from graph import BridgeLink, EntitySummary
from graph.bridge_answers import Affected, Consequence, LineageKind, PaperRelation

ITEMS_SHOWN = 20
# What is said of one and of several.
CONSEQUENCES = {
    Consequence.MAKE_AGAIN: ("rests on it and has to be made again", "rest on it and have to be made again"),
    Consequence.MEASURE_AGAIN: ("was only measured with it", "were only measured with it"),
}
KINDS_IN_ORDER = (LineageKind.MODEL_VERSION, LineageKind.DATASET_VERSION, LineageKind.RUN)


def print_impact(answer: ImpactAnswer) -> None:
    """Prints what was asked about, then what has to be made again, then what has to be measured again."""
    if answer.paper:
        line(headline(answer.paper), style="bold")
        line(f"{byline(answer.paper)} · {answer.paper.id}")
        for one in answer.introductions:
            fact = one.fact_id[:ID_DIGITS]
            line(f"introduced {named(one.entity)} · belief {belief(one)} · fact {fact}", indent=2)
        if not answer.introductions:
            line("No fact says that it introduced anything, so nothing is known to rest on it.")
            return
    else:
        _print_entities(answer.entities)
    for consequence, said in CONSEQUENCES.items():
        _print_affected([one for one in answer.affected if one.consequence is consequence], said)
    if not answer.affected:
        line("Nothing of yours is known to rest on it.")


def print_origins(answer: OriginsAnswer) -> None:
    """Prints the papers behind the model, weakest first, each with its path and its quote."""
    model = answer.model
    line(f"{model.kind} {model.name} · {model.id}", style="bold")
    if model.placeholder:
        line("It is only referred to so far: no source has described it.")
    names = dict(answer.document_names)
    for number, origin in enumerate(answer.origins, start=1):
        source = origin.source
        line("")
        line(f"{number}. {headline(source.paper)}", style="bold")
        only = " · its dataset only measured the model" if origin.evaluated_only else ""
        fact = source.fact_id[:ID_DIGITS]
        line(f"{byline(source.paper)} · strength {origin.strength:.2f} · fact {fact}{only}", indent=3)
        line(f"{origin.in_words}.", indent=3)
        print_quote(source.quote, document_names=names)
    if not answer.origins:
        line("No paper is known to stand behind it.")
    if answer.without_paper:
        line("")
        line(f"No paper is known to have introduced: {', '.join(map(named, answer.without_paper))}.")


def print_uses(answer: UsesAnswer) -> None:
    """Prints the papers that use it with their best quotes, then what of ours does."""
    _print_entities(answer.entities)
    _print_relations(answer.papers, names=dict(answer.document_names))
    if not answer.papers:
        line("No paper of the graph is known to use it.")
    _print_affected(answer.ours, ("uses it", "use it"))
    if not answer.ours:
        line("Nothing of yours is known to use it.")


def print_baselines(answer: BaselinesAnswer) -> None:
    """Prints what was compared against, then who compares against it."""
    names = dict(answer.document_names)
    for paper in answer.papers:
        line(headline(paper), style="bold")
        line(f"{byline(paper)} · {paper.id}")
    _print_entities(answer.entities)
    if not answer.papers:
        line("The graph knows no paper that introduced it.")
    _print_relations(answer.baselines, names=names)
    if answer.papers and not answer.baselines:
        line("No comparison with a baseline is known.")
    if answer.compared_by:
        line("")
        line("As a baseline it serves in:", style="bold")
        _print_relations(answer.compared_by, names=names)
    else:
        line("No other paper of the graph is known to compare against it.")


def print_untried(answer: UntriedAnswer) -> None:
    """Prints the methods as a table, those of most papers first."""
    if answer.task:
        line(f"In papers on {answer.task.name}:", style="bold")
    methods = table("method", "papers", "support", "introduced by", numbers=("papers", "support"))
    for one in answer.methods:
        paper = headline(one.introduced_by) if one.introduced_by else ""
        methods.add_row(cell(one.method.name), str(one.papers), f"{one.support:.2f}", cell(paper))
    if answer.methods:
        output().print(methods)
    else:
        line("Every method of these papers is in a run or model of yours, or the papers name none.")


def print_links(links: Sequence[BridgeLink]) -> None:
    """Prints the links as a table, each with its reasons and what was decided."""
    shown = table("what", "is linked to", "score", "judgement", "by", "reasons", "link", numbers=("score",))
    for link in links:
        relation = verb_of(link.relation)
        shown.add_row(
            cell(link.node_id),
            cell(f"{relation} {link.entity_name} ({link.entity_type})"),
            f"{link.score:.2f}",
            link.judgement.value,
            cell(f"{link.judged_by}, {link.judged_at:%Y-%m-%d %H:%M}"),
            cell(" ".join(link.reasons)),
            link.id[:ID_DIGITS],
        )
    if links:
        output().print(shown)
    else:
        line("There are no such links.")


def verb_of(relation: str) -> str:
    """The type of a link's edge as words."""
    return relation.lower().replace("_", " ")


def _print_entities(entities: Iterable[EntitySummary]) -> None:
    for entity in entities:
        line(f"{named(entity)} · {entity.id}", style="bold")


def _print_affected(found: Sequence[Affected], said: tuple[str, str]) -> None:
    for kind in KINDS_IN_ORDER:
        of_kind = [one for one in found if one.node.kind is kind]
        if of_kind:
            line("")
            one_only = len(of_kind) == 1
            line(
                f"{len(of_kind)} {kind}{'' if one_only else 's'} {said[0 if one_only else 1]}:", style="bold"
            )
        for one in of_kind[:ITEMS_SHOWN]:
            only = " It is only referred to so far." if one.node.placeholder else ""
            line(f"{one.in_words}.{only}", indent=2)
            line(f"strength {one.strength:.2f} · {one.node.id}", indent=4, style="dim")
        if len(of_kind) > ITEMS_SHOWN:
            line(f"and {len(of_kind) - ITEMS_SHOWN} more: --json lists them all", indent=2, style="dim")


def _print_relations(relations: Sequence[PaperRelation], *, names: dict[str, str]) -> None:
    for one in relations[:ITEMS_SHOWN]:
        line("")
        line(f"{headline(one.paper)} {verb(one.predicate)} {named(one.entity)}", indent=1)
        line(f"belief {belief(one)} · fact {one.fact_id[:ID_DIGITS]}", indent=3)
        print_quote(one.quote, document_names=names)
    if len(relations) > ITEMS_SHOWN:
        line(f"and {len(relations) - ITEMS_SHOWN} more: --json lists them all", indent=1, style="dim")
