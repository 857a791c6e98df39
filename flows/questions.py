"""Questions as people ask them: names found however they are typed, then answered by the graph."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, cast

from canonicalize import Linker, load_vocabularies
from graph import (
    GraphReader,
    Introduction,
    PaperAnswer,
    PaperSummary,
    all_entities,
    introduced,
    paper_facts,
    papers_matching,
)
from graph.schema import ENTITY_LABELS
from records import DEFAULT_THRESHOLDS, BeliefThresholds, Entity, Predicate, RejectedInputError, Standing

SUGGESTED: Final = 5

# Everything that papers do with an entity, introducing it aside.
MENTIONED_BY: Final = f"""
MATCH (o:{"|".join(ENTITY_LABELS)} {{id: $entity}})<-[:OBJECT]-(f:Fact)-[:SUBJECT]->(p:Paper)
WHERE f.belief > 0 AND f.belief >= $proposed
RETURN f.predicate AS predicate, p.title AS title, p.year AS year, f.belief AS belief, f.id AS fact
ORDER BY belief DESC, title
"""
DOCUMENT_NAMES: Final = """
UNWIND $documents AS document
MATCH (d:Document {id: document})
RETURN d.id AS document, d.file_name AS file_name
"""


class UnknownNameError(RejectedInputError):
    """A name that the graph does not have; the message suggests near ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """What a paper does with an entity, in short; `fact_id` leads to the quotes."""

    predicate: Predicate
    title: str
    year: int | None
    belief: float
    standing: Standing
    fact_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroducedAnswer:
    """Who introduced the things that a name stands for, best first.

    Where nobody is known to, `otherwise` holds what papers do with them. `document_names` pairs the ids of
    the quoted documents with the names of their files.
    """

    entities: tuple[Entity, ...]
    introductions: tuple[Introduction, ...]
    otherwise: tuple[Relationship, ...]
    document_names: tuple[tuple[str, str], ...]


def who_introduced(
    store: GraphReader, name: str, thresholds: BeliefThresholds = DEFAULT_THRESHOLDS
) -> IntroducedAnswer:
    """The papers that introduced what the name stands for, of whatever type; raises UnknownNameError."""
    entities = entities_named(store, name)
    introductions = sorted(
        (found for entity in entities for found in introduced(store, entity.id, thresholds)),
        key=lambda found: -found.belief,
    )
    otherwise = () if introductions else tuple(_relationships(store, entities, thresholds))
    documents = {quote.document for found in introductions for quote in found.evidence}
    return IntroducedAnswer(
        entities=entities,
        introductions=tuple(introductions),
        otherwise=otherwise,
        document_names=document_names(store, documents),
    )


def entities_named(store: GraphReader, name: str) -> tuple[Entity, ...]:
    """The entities of the graph that the name stands for, best first; raises UnknownNameError."""
    match = Linker(all_entities(store)).find(name)
    if match.entities:
        return match.entities
    # A name that only the vocabularies know is spelt right: it is the papers that are silent.
    if known := Linker(load_vocabularies().entities).find(name).entities:
        raise UnknownNameError(f"no paper in the graph says anything of {known[0].name} ({known[0].type})")
    suggestions = ", ".join(dict.fromkeys(entity.name for entity in match.suggestions[:SUGGESTED]))
    hint = f"; did you mean: {suggestions}?" if suggestions else ""
    raise UnknownNameError(f"nothing in the graph is called {name!r}{hint}")


def paper_named(
    store: GraphReader, wanted: str, thresholds: BeliefThresholds = DEFAULT_THRESHOLDS
) -> PaperAnswer:
    """What is known of the one paper that an id or title names; raises UnknownNameError for none or many."""
    matches = papers_matching(store, wanted)
    if len(matches.papers) == 1:
        return paper_facts(store, matches.papers[0].id, thresholds)
    if matches.papers:
        count = len(matches.papers)
        raise UnknownNameError(f"{count} papers fit {wanted!r}, name one by its id: {listed(matches.papers)}")
    hint = f"; did you mean: {listed(matches.suggestions)}?" if matches.suggestions else ""
    raise UnknownNameError(f"no paper in the graph is called {wanted!r}{hint}")


def document_names(store: GraphReader, documents: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of document id and file name, sorted."""
    rows = store.read(DOCUMENT_NAMES, {"documents": sorted(documents)})
    return tuple(sorted((str(row["document"]), str(row["file_name"])) for row in rows))


def _relationships(
    store: GraphReader, entities: Iterable[Entity], thresholds: BeliefThresholds
) -> Iterable[Relationship]:
    for entity in entities:
        for row in store.read(MENTIONED_BY, {"entity": entity.id, "proposed": thresholds.proposed}):
            belief = cast("float", row["belief"])
            yield Relationship(
                predicate=Predicate(str(row["predicate"])),
                title=str(row["title"]),
                year=cast("int | None", row["year"]),
                belief=belief,
                standing=thresholds.standing(belief),
                fact_id=str(row["fact"]),
            )


def listed(papers: Iterable[PaperSummary]) -> str:
    """The first few papers, each with its id, and how many more there are."""
    shown = list(papers)
    first = "; ".join(f"{paper.id} ({paper.title})" for paper in shown[:SUGGESTED])
    return f"{first}; and {len(shown) - SUGGESTED} more" if len(shown) > SUGGESTED else first
