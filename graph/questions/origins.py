"""Which papers a model version rests on: the hops from a model down to what papers introduced."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.bridge_answers import Origin
from graph.bridge_statements import BRIDGES
from graph.lineage_statements import DATASET_VERSION, MODEL_VERSION, RUN
from graph.questions.introducing import facts_about, introducing
from graph.questions.path_words import in_words, path_from_start
from graph.questions.resting import (
    ALTERNATE_OF,
    ALTERNATES,
    DERIVATIONS,
    MAKERS_OF_MODELS,
    PARENTS_OF_RUNS,
    PARTS_OF_RUNS,
    hop_text,
)
from graph.questions.walking import NAMED_COLUMNS, Freedom, Hop, Stop, walk
from graph.schema import ENTITY_LABELS
from graph.store import GraphReader
from records import DEFAULT_THRESHOLDS, BeliefThresholds, Predicate

LINKED_ENTITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        label: hop_text(
            f"(m:{label} {{id: from_id}})-[r:{relation}]->(n:{entity})", against=False, columns=NAMED_COLUMNS
        )
        for label, (relation, entity) in BRIDGES.items()
    }
)
BASES_OF_MODELS: Final = hop_text(
    f"(m:{MODEL_VERSION} {{id: from_id}})-[r:{DERIVATIONS}]->(n:{MODEL_VERSION})", against=False
)
DATASETS_OF_RUNS: Final = hop_text(
    f"(m:{RUN} {{id: from_id}})-[r:USED|TRAINED_ON]->(n:{DATASET_VERSION})", against=False
)
EVALUATION_DATASETS_OF_RUNS: Final = hop_text(
    f"(m:{RUN} {{id: from_id}})-[r:EVALUATED_ON]->(n:{DATASET_VERSION})", against=False
)

RESTS_ON: Final[Mapping[str, tuple[Hop, ...]]] = MappingProxyType(
    {
        MODEL_VERSION: (
            Hop(cypher=LINKED_ENTITIES[MODEL_VERSION]),
            Hop(cypher=BASES_OF_MODELS),
            Hop(cypher=ALTERNATES),
            Hop(cypher=ALTERNATE_OF),
            Hop(cypher=MAKERS_OF_MODELS),
        ),
        RUN: (
            Hop(cypher=LINKED_ENTITIES[RUN]),
            Hop(cypher=DATASETS_OF_RUNS),
            Hop(cypher=PARENTS_OF_RUNS, arrives=Freedom.RISEN),
            Hop(cypher=PARTS_OF_RUNS, downward=True),
        ),
        DATASET_VERSION: (Hop(cypher=LINKED_ENTITIES[DATASET_VERSION]),),
    }
)
MEASURED_ON: Final[Mapping[str, tuple[Hop, ...]]] = MappingProxyType(
    {
        RUN: (Hop(cypher=EVALUATION_DATASETS_OF_RUNS),),
        DATASET_VERSION: (Hop(cypher=LINKED_ENTITIES[DATASET_VERSION]),),
    }
)


def origins_of(
    store: GraphReader, model: Stop, thresholds: BeliefThresholds = DEFAULT_THRESHOLDS
) -> tuple[tuple[Origin, ...], tuple[Stop, ...]]:
    """The papers that the model version rests on, weakest first, and the entities whose papers are unknown.

    Papers behind datasets that only measured the model come last.
    """
    made = walk(store, [model], RESTS_ON)
    measured = walk(store, [stop for stop in made if stop.label == RUN], MEASURED_ON)
    known = {stop.id for stop in made}
    entities = [(stop, False) for stop in made if stop.label in ENTITY_LABELS]
    entities += [(stop, True) for stop in measured if stop.label in ENTITY_LABELS and stop.id not in known]
    named = [(stop.label, stop.id) for stop, _ in entities]
    papers = introducing(facts_about(store, named, (Predicate.INTRODUCES,), thresholds))
    origins = []
    for stop, evaluated_only in entities:
        path = path_from_start(stop)
        origins += [
            Origin(
                source=paper,
                strength=round(stop.strength * paper.belief, 6),
                evaluated_only=evaluated_only,
                path=path,
                in_words=in_words(model, path, paper),
            )
            for paper in papers
            if paper.entity.id == stop.id
        ]
    with_paper = {paper.entity.id for paper in papers}
    without = tuple(stop for stop, _ in entities if stop.id not in with_paper)
    return tuple(sorted(origins, key=_order)), without


def _order(origin: Origin) -> tuple[bool, float, str, str]:
    paper = origin.source.paper
    return origin.evaluated_only, origin.strength, paper.title, origin.source.entity.id
