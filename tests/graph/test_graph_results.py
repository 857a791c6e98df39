"""Results that papers report: one node for a figure, however many papers report it."""

from pathlib import Path

import pytest
from builders import document, entity, job_output, paper, reported
from graph_exports import exported, imported
from graph_places import GraphPlace, embedded

from graph import GraphStore, fact_provenance, paper_facts, write_job
from graph.answers import ResultSummary
from records import BeliefThresholds, EntityType, Evidence, JobOutput, RejectedInputError, Standing

BERT, ELMO = entity("BERT"), entity("ELMo")
SQUAD = entity("SQuAD", EntityType.DATASET, vocabulary="datasets")
F1 = entity("F1", EntityType.METRIC, vocabulary="metrics")
OWN = paper("Words and what they mean to us", authors=["Ada Byron"])
OTHER = paper("Others and what they mean to us", authors=["Emmy Noether"])
PDF, OTHER_PDF = document("own.pdf"), document("other.pdf")


def jobs() -> list[JobOutput]:
    own = [
        reported(OWN, 93.2, (BERT, SQUAD, F1), document=PDF, setting="Test", best=True),
        reported(OWN, 85.8, (ELMO, SQUAD, F1), document=PDF, start=50, copied=True, confidence=0.5),
    ]
    same = [reported(OTHER, 93.2, (BERT, SQUAD, F1), document=OTHER_PDF, copied=True)]
    return [job_output(PDF, OWN, evidence=own), job_output(OTHER_PDF, OTHER, evidence=same, minute=1)]


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    for job in jobs():
        write_job(store, job)
    return store


def test_a_paper_answers_with_what_it_reports(filled: GraphStore) -> None:
    answer = paper_facts(filled, OWN.id)
    assert answer.facts == ()
    assert [
        (one.result.method.name, one.result.dataset.name, one.result.metric.name, one.result.value)
        for one in answer.results
    ] == [("BERT", "SQuAD", "F1", 93.2), ("ELMo", "SQuAD", "F1", 85.8)]
    first, second = answer.results
    assert (first.best, first.copied, first.standing, first.result.written) == (
        True,
        False,
        Standing.ACCEPTED,
        "93.2*",
    )
    assert (first.setting, second.setting) == ("Test", "")
    assert (second.best, second.copied, second.standing) == (False, True, Standing.PROPOSED)


def test_doubted_results_are_left_out(filled: GraphStore) -> None:
    thresholds = BeliefThresholds(accepted=0.9, proposed=0.6)
    assert [one.result.value for one in paper_facts(filled, OWN.id, thresholds).results] == [93.2]


def test_the_same_figure_in_two_papers_is_one_result(filled: GraphStore) -> None:
    rows = filled.read(
        "MATCH (p:Paper)-[r:REPORTS]->(x:Result)-[:OF_METHOD]->(m:Method {id: $bert}) "
        "RETURN x.id AS result, p.title AS title ORDER BY title",
        {"bert": BERT.id},
    )
    assert len({row["result"] for row in rows}) == 1
    assert [row["title"] for row in rows] == [OTHER.title, OWN.title]


def test_a_reported_fact_has_its_provenance(filled: GraphStore) -> None:
    fact_id = paper_facts(filled, OWN.id).results[0].id
    answer = fact_provenance(filled, fact_id)
    assert isinstance(answer.object, ResultSummary)
    assert (answer.object.method.name, answer.object.value) == ("BERT", 93.2)
    assert [(one.document.name, one.setting) for one in answer.evidence] == [("own.pdf", "Test")]


def test_a_result_of_things_that_the_job_lacks_is_refused(store: GraphStore) -> None:
    (whole, _) = jobs()

    def lacking(items: tuple[Evidence, ...]) -> JobOutput:
        made = job_output(PDF, OWN, evidence=items)
        return type(made)(
            job=made.job,
            pipeline_version=made.pipeline_version,
            agent=made.agent,
            document=made.document,
            paper=made.paper,
            cited=made.cited,
            entities=tuple(each for each in made.entities if each.id != SQUAD.id),
            evidence=made.evidence,
        )

    with pytest.raises(RejectedInputError, match="does not hold"):
        write_job(store, lacking(whole.evidence))


def test_results_make_the_round_trip(place: GraphPlace, tmp_path: Path) -> None:
    with place.open() as store:
        for job in jobs():
            write_job(store, job)
    text, back = exported(place), embedded(tmp_path, "back")
    imported(text, back)
    assert exported(back) == text
    assert '"OF_METHOD"' in text
