"""What of ours rests on an entity: the hops from what is wrong to what has to be made or measured again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.answers import EntitySummary
from graph.bridge_answers import Affected, Consequence, IntroducingPaper
from graph.bridge_statements import BRIDGES
from graph.lineage_statements import DATASET_VERSION, MODEL_VERSION, RUN
from graph.questions.path_words import in_words, path_to_start
from graph.questions.walking import KINDS, LINEAGE_COLUMNS, Freedom, Hop, Stop, lineage_summary, walk
from graph.store import GraphReader
from records import Derivation, Entity

DERIVATIONS: Final = "|".join(Derivation)


def hop_text(matched: str, *, against: bool, columns: str = LINEAGE_COLUMNS) -> str:
    """A hop's Cypher; `matched` names the node it starts from `m`, the edge `r` and the node reached `n`."""
    return f"""
UNWIND $ids AS from_id
MATCH {matched}
RETURN m.id AS from_id, type(r) AS relation, {str(against).lower()} AS against, r.score AS score,
       {columns}
"""


# From an entity to what the bridge links to it, by the entity's label.
LINKED_TO_ENTITY: Final[Mapping[str, str]] = MappingProxyType(
    {
        entity.value: hop_text(f"(m:{entity} {{id: from_id}})<-[r:{relation}]-(n:{label})", against=True)
        for label, (relation, entity) in BRIDGES.items()
    }
)
RUNS_ON_DATASETS: Final = hop_text(
    f"(m:{DATASET_VERSION} {{id: from_id}})<-[r:USED|TRAINED_ON]-(n:{RUN})", against=True
)
RUNS_EVALUATED_ON_DATASETS: Final = hop_text(
    f"(m:{DATASET_VERSION} {{id: from_id}})<-[r:EVALUATED_ON]-(n:{RUN})", against=True
)
MODELS_OF_RUNS: Final = hop_text(
    f"(m:{RUN} {{id: from_id}})<-[r:WAS_GENERATED_BY]-(n:{MODEL_VERSION})", against=True
)
PARENTS_OF_RUNS: Final = hop_text(f"(m:{RUN} {{id: from_id}})-[r:PART_OF]->(n:{RUN})", against=False)
PARTS_OF_RUNS: Final = hop_text(f"(m:{RUN} {{id: from_id}})<-[r:PART_OF]-(n:{RUN})", against=True)
MODELS_FROM_MODELS: Final = hop_text(
    f"(m:{MODEL_VERSION} {{id: from_id}})<-[r:{DERIVATIONS}]-(n:{MODEL_VERSION})", against=True
)
ALTERNATES: Final = hop_text(
    f"(m:{MODEL_VERSION} {{id: from_id}})-[r:ALTERNATE_OF]->(n:{MODEL_VERSION})", against=False
)
ALTERNATE_OF: Final = hop_text(
    f"(m:{MODEL_VERSION} {{id: from_id}})<-[r:ALTERNATE_OF]-(n:{MODEL_VERSION})", against=True
)
MAKERS_OF_MODELS: Final = hop_text(
    f"(m:{MODEL_VERSION} {{id: from_id}})-[r:WAS_GENERATED_BY]->(n:{RUN})", against=False
)

_FROM_ENTITIES: Final = {label: (Hop(cypher=text),) for label, text in LINKED_TO_ENTITY.items()}
_FROM_RUNS: Final = (
    Hop(cypher=MODELS_OF_RUNS),
    Hop(cypher=PARENTS_OF_RUNS, arrives=Freedom.RISEN),
    Hop(cypher=PARTS_OF_RUNS, downward=True),
)
# The run that made an affected model has to be run again, whatever made the model affected.
_SAME_MODEL: Final = (
    Hop(cypher=ALTERNATES),
    Hop(cypher=ALTERNATE_OF),
    Hop(cypher=MAKERS_OF_MODELS, arrives=Freedom.ENDED),
)
MAKE_AGAIN: Final[Mapping[str, tuple[Hop, ...]]] = MappingProxyType(
    {
        **_FROM_ENTITIES,
        DATASET_VERSION: (Hop(cypher=RUNS_ON_DATASETS),),
        RUN: _FROM_RUNS,
        MODEL_VERSION: (Hop(cypher=MODELS_FROM_MODELS), *_SAME_MODEL),
    }
)
# What a dataset only measured: the numbers are wrong, the model is not. What is made from it measures itself.
MEASURE_AGAIN: Final[Mapping[str, tuple[Hop, ...]]] = MappingProxyType(
    {
        DATASET_VERSION: (Hop(cypher=RUNS_EVALUATED_ON_DATASETS),),
        RUN: (Hop(cypher=MODELS_OF_RUNS), Hop(cypher=PARENTS_OF_RUNS, arrives=Freedom.RISEN)),
        MODEL_VERSION: (Hop(cypher=ALTERNATES), Hop(cypher=ALTERNATE_OF)),
    }
)
USES_IT: Final[Mapping[str, tuple[Hop, ...]]] = MappingProxyType(
    {
        **_FROM_ENTITIES,
        DATASET_VERSION: (Hop(cypher=RUNS_ON_DATASETS),),
        RUN: (Hop(cypher=MODELS_OF_RUNS),),
        MODEL_VERSION: _SAME_MODEL,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What others rest on: an entity, and the paper that introduced it where a paper was asked about."""

    entity: Entity
    source: IntroducingPaper | None = None


def affected_by(
    store: GraphReader, grounds: Sequence[Ground], *, derived: bool = True
) -> tuple[Affected, ...]:
    """What of ours rests on the grounds: what must be made again first, then by kind, strongest first.

    Deleted runs are not listed, but what they made is: a model outlives its run. Without `derived`, only
    what uses the entity itself is followed, not models made from such models.
    """
    starts = [_start(ground) for ground in grounds]
    by_entity = {ground.entity.id: ground for ground in grounds}
    made = walk(store, starts, MAKE_AGAIN if derived else USES_IT)
    measured = walk(store, [stop for stop in made if stop.label == DATASET_VERSION], MEASURE_AGAIN)
    known = {(stop.label, stop.id) for stop in made}
    found = [_affected(stop, Consequence.MAKE_AGAIN, by_entity) for stop in made if _listed(stop)]
    found += [
        _affected(stop, Consequence.MEASURE_AGAIN, by_entity)
        for stop in measured
        if _listed(stop) and (stop.label, stop.id) not in known
    ]
    return tuple(sorted(found, key=_order))


def _start(ground: Ground) -> Stop:
    belief = ground.source.belief if ground.source else 1.0
    return Stop(id=ground.entity.id, label=ground.entity.type.value, name=ground.entity.name, strength=belief)


def _listed(stop: Stop) -> bool:
    return stop.label in KINDS and not stop.deleted


def _affected(stop: Stop, consequence: Consequence, by_entity: Mapping[str, Ground]) -> Affected:
    path = path_to_start(stop)
    ground = by_entity[path[-1].object]
    return Affected(
        node=lineage_summary(stop),
        consequence=consequence,
        entity=EntitySummary(id=ground.entity.id, name=ground.entity.name, type=ground.entity.type),
        paper=ground.source.paper if ground.source else None,
        strength=round(stop.strength, 6),
        path=path,
        in_words=in_words(stop, path, ground.source),
    )


def _order(found: Affected) -> tuple[bool, int, float, str]:
    kinds = list(KINDS.values())
    measured_only = found.consequence is Consequence.MEASURE_AGAIN
    return measured_only, -kinds.index(found.node.kind), -found.strength, found.node.id
