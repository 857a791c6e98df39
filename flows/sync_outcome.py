"""What became of a reading of somebody else's lineage, and of lineage that was published."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCounts:
    """How many of a kind were new to the graph, said something else than before, or were as before; vanished
    are those that the source no longer has."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRun:
    """A run that cannot be as it is told."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncOutcome:
    """What a sync did: `full` if everything was read; `nodes` and `edges` are by how much the graph grew.

    `linked` and `proposed` are links to what papers call the same things.
    """

    source: str
    uri: str
    full: bool
    runs: KindCounts
    dataset_versions: KindCounts
    model_versions: KindCounts
    refused: tuple[RefusedRun, ...]
    nodes: int
    edges: int
    linked: int
    proposed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publishing did; `placeholders` are references to what no source has described yet.

    `linked` and `proposed` are links to what papers call the same things.
    """

    run_ids: tuple[str, ...]
    nodes: int
    edges: int
    placeholders: tuple[str, ...]
    linked: int
    proposed: int
