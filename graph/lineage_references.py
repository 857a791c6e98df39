"""What lineage refers to, and references that cannot be."""

from collections.abc import Iterable, Iterator, Sequence

from graph.lineage_statements import ARTIFACT, DATASET_VERSION, MODEL_VERSION, RUN
from records import ExperimentRun, Lineage, RejectedInputError


def references_of(lineage: Lineage) -> dict[str, list[str]]:
    """By label, the ids of all that the lineage mentions, described by it or not, each once and in order."""
    found: dict[str, dict[str, None]] = {}
    for label, reference in _references(lineage):
        found.setdefault(label, {})[reference] = None
    return {label: list(ids) for label, ids in found.items()}


def check_references(lineage: Lineage) -> None:
    """Raises RejectedInputError for an empty reference, a run among its own ancestors, and a model version
    made from itself."""
    if not lineage.source.id or not all(reference for _, reference in _references(lineage)):
        raise RejectedInputError(
            f"lineage of {lineage.source.id or 'a source without id'} holds an empty reference: "
            "runs, versions and artifacts all need an id"
        )
    for model in lineage.model_versions:
        if any(derivation.base_id == model.id for derivation in model.derived_from):
            raise RejectedInputError(f"model version {model.id} names itself as the one it was made from")
    for reason in parent_circles(lineage.runs).values():
        raise RejectedInputError(reason)


def parent_circles(runs: Iterable[ExperimentRun]) -> dict[str, str]:
    """By id, why a run cannot be: it names itself as its parent, or is among its own ancestors."""
    parents = {run.id: run.parent_id for run in runs if run.parent_id}
    circles: dict[str, str] = {}
    done: set[str] = set()
    for run in parents:
        path: dict[str, None] = {}
        at = run
        while at in parents and at not in done and at not in path:
            path[at] = None
            at = parents[at]
        if at in path:
            members = list(path)[list(path).index(at) :]
            circles.update((member, _reason(member, members)) for member in members)
        done.update(path)
    return circles


def _reason(run: str, members: Sequence[str]) -> str:
    if len(members) == 1:
        return f"run {run} names itself as its parent; correct its parent and publish it again"
    start = members.index(run)
    way = " -> ".join([*members[start:], *members[:start], run])
    return f"run {run} is among its own ancestors ({way}); correct their parents"


def _references(lineage: Lineage) -> Iterator[tuple[str, str]]:
    for run in lineage.runs:
        yield RUN, run.id
        yield from ((DATASET_VERSION, use.dataset_id) for use in run.datasets)
        yield from ((MODEL_VERSION, model) for model in run.models)
        yield from ((ARTIFACT, artifact) for artifact in run.artifacts)
        if run.parent_id:
            yield RUN, run.parent_id
    yield from ((DATASET_VERSION, version.id) for version in lineage.dataset_versions)
    for model in lineage.model_versions:
        yield MODEL_VERSION, model.id
        yield from ((MODEL_VERSION, derivation.base_id) for derivation in model.derived_from)
        yield from ((MODEL_VERSION, other) for other in model.same_as)
        if model.run_id:
            yield RUN, model.run_id
