"""Walking along lineage, hop by hop: every node by its shortest path, each edge looked at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from graph.bridge_answers import LineageKind, LineageSummary
from graph.lineage_statements import DATASET_VERSION, MODEL_VERSION, RUN
from graph.questions.columns import Columns, number, text
from graph.store import GraphReader

MOST_HOPS: Final = 16
IDS_AT_ONCE: Final = 1000
RUN_ID_DIGITS: Final = 8

# A hop's rows: from `from_id` along `relation` to the node n; `against` where the edge leads from n to it.
LINEAGE_COLUMNS: Final = """n.id AS id, labels(n)[0] AS label, n.run_name AS run_name,
       n.model_name AS model_name, n.version AS version, n.placeholder AS placeholder, n.deleted AS deleted"""
NAMED_COLUMNS: Final = "n.id AS id, labels(n)[0] AS label, n.name AS name"
KINDS: Final = {
    RUN: LineageKind.RUN,
    DATASET_VERSION: LineageKind.DATASET_VERSION,
    MODEL_VERSION: LineageKind.MODEL_VERSION,
}


class Freedom(IntEnum):
    """Where a path may go on from a node.

    A run rests on its parts, and its parts on it, but not the parts on one another: from a parent that was
    reached through a part there is no way down. A run that is only named as the maker of an affected model
    ends its path.
    """

    ENDED = 0
    RISEN = 1
    FREE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One Cypher text, and with what freedom it arrives; `downward` hops need full freedom to leave."""

    cypher: str
    arrives: Freedom = Freedom.FREE
    downward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A node that was reached, and the steps to it from the start of its path."""

    id: str
    label: str
    name: str
    placeholder: bool = False
    deleted: bool = False
    freedom: Freedom = Freedom.FREE
    strength: float = 1.0
    steps: tuple["Edge", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An edge as it was walked: from a node, or against its direction."""

    start: Stop
    relation: str
    end: Stop
    against: bool
    score: float


def walk(store: GraphReader, starts: Iterable[Stop], hops: Mapping[str, tuple[Hop, ...]]) -> list[Stop]:
    """Every node that the hops lead to, the starts first, then the nearer ones; by its strongest path among
    the shortest ones."""
    reached: dict[tuple[str, str], Stop] = {}
    freedom: dict[tuple[str, str], Freedom] = {}
    frontier = list(starts)
    for stop in frontier:
        reached.setdefault((stop.label, stop.id), stop)
        freedom[stop.label, stop.id] = stop.freedom
    for _ in range(MOST_HOPS):
        arrived: dict[tuple[str, str], Stop] = {}
        for stop in _next_stops(store, frontier, hops):
            key = (stop.label, stop.id)
            other = arrived.get(key)
            better = other is None or (stop.freedom, stop.strength) > (other.freedom, other.strength)
            if better and stop.freedom > freedom.get(key, -1):
                arrived[key] = stop
        frontier = [arrived[key] for key in sorted(arrived)]
        for stop in frontier:
            reached.setdefault((stop.label, stop.id), stop)
            freedom[stop.label, stop.id] = stop.freedom
        if not frontier:
            break
    return list(reached.values())


def _next_stops(
    store: GraphReader, frontier: Iterable[Stop], hops: Mapping[str, tuple[Hop, ...]]
) -> Iterable[Stop]:
    by_label: dict[str, dict[str, Stop]] = {}
    for stop in frontier:
        by_label.setdefault(stop.label, {})[stop.id] = stop
    for label in sorted(by_label):
        for hop in hops.get(label, ()):
            least = Freedom.FREE if hop.downward else Freedom.RISEN
            ids = [stop.id for stop in by_label[label].values() if stop.freedom >= least]
            for at in range(0, len(ids), IDS_AT_ONCE):
                rows = store.read(hop.cypher, {"ids": ids[at : at + IDS_AT_ONCE]})
                yield from (_stop(row, by_label[label][text(row, "from_id")], hop) for row in _sorted(rows))


def _sorted(rows: Iterable[Columns]) -> list[Columns]:
    return sorted(
        rows, key=lambda row: (-_score(row), text(row, "from_id"), text(row, "relation"), text(row, "id"))
    )


def _stop(row: Columns, start: Stop, hop: Hop) -> Stop:
    score = _score(row)
    stop = replace(stop_of(row), freedom=min(start.freedom, hop.arrives), strength=start.strength * score)
    edge = Edge(
        start=start, relation=text(row, "relation"), end=stop, against=bool(row["against"]), score=score
    )
    return replace(stop, steps=(*start.steps, edge))


def stop_of(row: Columns) -> Stop:
    """The node of a row with LINEAGE_COLUMNS or NAMED_COLUMNS, where no step has been taken yet."""
    if "name" in row:
        return Stop(id=text(row, "id"), label=text(row, "label"), name=text(row, "name"))
    return Stop(
        id=text(row, "id"),
        label=text(row, "label"),
        name=_name(row),
        placeholder=bool(row["placeholder"]),
        deleted=bool(row["deleted"]),
    )


def _score(row: Columns) -> float:
    return 1.0 if row["score"] is None else number(row, "score")


def _name(row: Columns) -> str:
    node_id = text(row, "id")
    if text(row, "label") == MODEL_VERSION:
        named = text(row, "model_name") and text(row, "version")
        return (
            f"{text(row, 'model_name')}/{text(row, 'version')}" if named else node_id.removeprefix("models:/")
        )
    if (run_name := text(row, "run_name")) and run_name != node_id:
        return f"{run_name} ({node_id[:RUN_ID_DIGITS]})"
    return node_id


def lineage_summary(stop: Stop) -> LineageSummary:
    """The stop in short; only for lineage nodes."""
    return LineageSummary(id=stop.id, kind=KINDS[stop.label], name=stop.name, placeholder=stop.placeholder)
