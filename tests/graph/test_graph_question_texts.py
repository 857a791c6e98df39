"""The page of questions: it holds the very Cypher that each of them asks."""

from pathlib import Path

import pytest
from builders import entity
from graph_places import GraphPlace
from lineage_builders import lineage, link, model_version, run

from graph import write_lineage
from graph.questions import (
    facts,
    introducing,
    introductions,
    models,
    origins,
    papers,
    resting,
    results,
    untried,
)
from records import Derivation, EntityType

TEXTS = {
    "introduced": [introductions.INTRODUCED],
    "paper": [
        papers.PAPERS_BY_ID,
        papers.PAPERS_BY_WORDS,
        papers.DOCUMENTS_OF_PAPER,
        papers.CITATION_COUNT,
        papers.FACTS_OF_PAPER,
        results.RESULTS_OF_PAPER,
    ],
    "fact": [
        facts.FACTS_BY_ID,
        facts.EVIDENCE_OF_FACT,
        facts.INVALIDATIONS_OF_FACT,
        results.ONE_RESULT,
    ],
    "impact": [
        introducing.FACTS_OF_PAPERS,
        *resting.LINKED_TO_ENTITY.values(),
        resting.RUNS_ON_DATASETS,
        resting.RUNS_EVALUATED_ON_DATASETS,
        resting.MODELS_OF_RUNS,
        resting.PARENTS_OF_RUNS,
        resting.PARTS_OF_RUNS,
        resting.MODELS_FROM_MODELS,
        resting.ALTERNATES,
        resting.ALTERNATE_OF,
        resting.MAKERS_OF_MODELS,
    ],
    "origins": [
        models.MODEL_VERSIONS,
        *origins.LINKED_ENTITIES.values(),
        origins.BASES_OF_MODELS,
        origins.DATASETS_OF_RUNS,
        origins.EVALUATION_DATASETS_OF_RUNS,
    ],
    "uses": [introducing.FACTS_ABOUT_ENTITIES["Dataset"]],
    "baselines": [introducing.FACTS_ABOUT_ENTITIES["Method"]],
    "untried": [untried.UNTRIED, untried.UNTRIED_FOR_TASK],
}
PAGE = Path(__file__).parents[2] / "docs" / "questions.md"


@pytest.mark.parametrize("question", TEXTS)
def test_the_page_of_questions_holds_the_very_cypher_of_each(question: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    _, heading, section = page.partition(f"\n## ask {question}\n")
    assert heading, f"docs/questions.md has no section for ask {question}"
    section = section.partition("\n## ")[0]
    for cypher in TEXTS[question]:
        assert f"```cypher\n{cypher.strip()}\n```" in section


def test_the_picture_of_an_impact_is_a_query_that_neo4j_takes(neo4j_place: GraphPlace) -> None:
    _, _, after = PAGE.read_text(encoding="utf-8").partition("as a picture")
    cypher = after.split("```cypher\n")[1].split("```")[0]
    with neo4j_place.open() as store:
        write_lineage(
            store,
            lineage(
                runs=[run("train", trained_on=["ds:squad:1a2b"], models=["models:/qa/1"])],
                models=[model_version("models:/b/1", bases={"models:/qa/1": Derivation.FINE_TUNED_FROM})],
            ),
        )
        link(store, "DatasetVersion", "ds:squad:1a2b", entity("SQuAD", EntityType.DATASET))
        assert len(store.read(cypher)) == 3  # to the run, to its model, and to the model made from that
