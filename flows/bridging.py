"""Bridging: runs, dataset versions and model versions linked to what papers call them, where that is sure."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from canonicalize import Linker, Vocabularies, load_vocabularies
from flows.matching import matches
from graph import BridgeCounts, GraphReader, GraphStore, LinkCandidate, all_entities, write_links
from graph.bridge_reading import LinkableLineage, has_lineage, linkable_lineage
from graph.bridge_statements import LINKED_TYPES
from graph.lineage_statements import DATASET_VERSION, MODEL_VERSION, RUN
from lineage.naming.candidates import Clue
from lineage.naming.dataset_clues import dataset_clues
from lineage.naming.model_clues import model_clues
from lineage.naming.step_clues import step_clues
from records import Entity
from records.entities import PROVISIONAL


def bridge(store: GraphStore, *, operator: str) -> BridgeCounts:
    """Links what names an entity beyond doubt, and proposes what may; how many links of each are new.

    Running it again changes nothing. What a person rejected never comes back, what one accepted stays, and a
    better candidate that appears later is added. A graph without lineage costs one count.
    """
    if not has_lineage(store):
        return BridgeCounts(linked=0, proposed=0)
    found = link_candidates(linkable_lineage(store), _linker_for(store))
    return write_links(store, found, judged_by=operator, judged_at=datetime.now(UTC))


def link_candidates(lineage: LinkableLineage, linker: Linker) -> Iterator[LinkCandidate]:
    """Yields what may be linked to what, with scores and reasons."""
    for label, node_id, clues in _clues(lineage):
        for match in matches(clues, linker):
            yield LinkCandidate(
                node_label=label,
                node_id=node_id,
                entity=match.entity,
                score=match.score,
                reasons=match.reasons,
                confident=match.confident,
            )


def _clues(lineage: LinkableLineage) -> Iterator[tuple[str, str, tuple[Clue, ...]]]:
    for version in lineage.dataset_versions:
        yield DATASET_VERSION, version.id, dataset_clues(version)
    for model in lineage.model_versions:
        yield MODEL_VERSION, model.id, model_clues(model, lineage.makers.get(model.id))
    for run in lineage.runs:
        yield RUN, run.id, step_clues(run)


def _linker_for(store: GraphReader) -> Linker:
    """Over the vocabularies, and over what only the papers of this graph know."""
    provisional = (entity for entity in all_entities(store) if entity.vocabulary == PROVISIONAL)
    return _linker(_vocabularies(), tuple(entity for entity in provisional if entity.type in LINKED_TYPES))


@lru_cache(maxsize=1)
def _vocabularies() -> Vocabularies:
    return load_vocabularies()


@lru_cache(maxsize=1)
def _linker(vocabularies: Vocabularies, provisional: tuple[Entity, ...]) -> Linker:
    known = (entity for entity in vocabularies.entities if entity.type in LINKED_TYPES)
    return Linker((*known, *provisional))
