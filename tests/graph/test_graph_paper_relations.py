"""What papers do with entities, and the methods that only papers have: doubted facts count for nothing."""

import pytest
from builders import cited, document, entity, evidence, job_output, paper
from lineage_builders import lineage, link, model_version

from graph import GraphStore, write_job, write_lineage
from graph.questions.introducing import facts_about, facts_of
from graph.questions.untried import untried_methods
from records import BeliefThresholds, EntityType, Predicate, Standing

SQUAD = entity("SQuAD", EntityType.DATASET, vocabulary="datasets")
BERT, LSTM, GRU = entity("BERT"), entity("LSTM"), entity("GRU")
QA = entity("question answering", EntityType.TASK, vocabulary="tasks")
RAJPURKAR = cited("SQuAD: 100,000+ questions for machine comprehension", authors=["P. Rajpurkar"], year=2016)
OWN = paper("BERT: pre-training of deep transformers", authors=["J. Devlin"], year=2018)
OTHER = paper("Another paper about reading comprehension", authors=["E. Noether"])
PDF, OTHER_PDF = document("bert.pdf"), document("other.pdf")
EVERYTHING = BeliefThresholds(accepted=0.7, proposed=0.0)


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    quotes = [
        evidence(OWN, Predicate.INTRODUCES, BERT, document=PDF, confidence=0.9, quote="We introduce BERT."),
        evidence(OWN, Predicate.INTRODUCES, GRU, document=PDF, confidence=0.29, start=50),
        evidence(
            OWN, Predicate.COMPARES_AGAINST, LSTM, document=PDF, confidence=0.7, start=150, quote="It wins."
        ),
        evidence(OWN, Predicate.EVALUATES_ON, SQUAD, document=PDF, confidence=0.6, start=200),
        evidence(OWN, Predicate.ADDRESSES, QA, document=PDF, confidence=0.28, start=250),
    ]
    write_job(store, job_output(PDF, OWN, evidence=quotes))
    more = [
        evidence(OTHER, Predicate.COMPARES_AGAINST, BERT, document=OTHER_PDF, confidence=0.7),
        evidence(OTHER, Predicate.USES, LSTM, document=OTHER_PDF, confidence=0.7, start=50),
        evidence(OTHER, Predicate.ADDRESSES, QA, document=OTHER_PDF, confidence=0.7, start=100),
    ]
    write_job(store, job_output(OTHER_PDF, OTHER, evidence=more, minute=1))
    write_lineage(store, lineage(models=[model_version("models:/qa/1")]))
    return store


def test_what_papers_do_comes_most_believed_first_each_with_its_best_quote(filled: GraphStore) -> None:
    found = facts_about(
        filled,
        [("Dataset", SQUAD.id), ("Method", LSTM.id)],
        (Predicate.EVALUATES_ON, Predicate.COMPARES_AGAINST),
    )
    assert [(one.paper.title, one.predicate, one.entity.name, one.quote.quote) for one in found] == [
        (OWN.title, "COMPARES_AGAINST", "LSTM", "It wins."),
        (OWN.title, "EVALUATES_ON", "SQuAD", "We propose it."),
    ]
    assert facts_about(filled, [("Method", "method:unknown")], tuple(Predicate)) == ()
    assert facts_of(filled, ["paper:none"], tuple(Predicate)) == ()


def test_untried_methods_are_those_without_a_model_most_papers_first(filled: GraphStore) -> None:
    found = untried_methods(filled, limit=5, tried=frozenset())
    assert [(one.method.name, one.papers) for one in found] == [("BERT", 2), ("LSTM", 2)]
    assert [one.support for one in found] == pytest.approx([1.6, 1.4])
    assert found[0].introduced_by is not None
    assert found[0].introduced_by.title == OWN.title
    assert found[1].introduced_by is None
    assert [one.method.name for one in untried_methods(filled, limit=1, tried=frozenset({BERT.id}))] == [
        "LSTM"
    ]
    of_task = untried_methods(filled, limit=5, tried=frozenset(), task=QA.id)
    assert [(one.method.name, one.papers) for one in of_task] == [("BERT", 1), ("LSTM", 1)]
    link(filled, "ModelVersion", "models:/qa/1", BERT)
    assert [one.method.name for one in untried_methods(filled, limit=5, tried=frozenset())] == ["LSTM"]


def test_a_method_without_facts_that_count_is_not_untried(store: GraphStore) -> None:
    assert untried_methods(store, limit=3, tried=frozenset()) == ()


def test_doubted_facts_are_left_out_and_the_others_tell_their_standing(filled: GraphStore) -> None:
    about = (filled, [("Dataset", SQUAD.id), ("Method", LSTM.id), ("Method", GRU.id)], tuple(Predicate))
    assert [(one.entity.name, one.standing) for one in facts_about(*about)] == [
        ("LSTM", Standing.ACCEPTED),
        ("LSTM", Standing.ACCEPTED),
        ("SQuAD", Standing.PROPOSED),
    ]
    strict = BeliefThresholds(accepted=0.95, proposed=0.65)
    assert {one.standing for one in facts_about(*about, strict)} == {Standing.PROPOSED}
    assert [one.entity.name for one in facts_of(filled, [OWN.id], (Predicate.INTRODUCES,))] == ["BERT"]
    doubted = facts_of(filled, [OWN.id], (Predicate.INTRODUCES,), EVERYTHING)[-1]
    assert (doubted.entity.name, doubted.standing) == ("GRU", Standing.PROPOSED)


def test_methods_and_tasks_of_doubted_facts_are_left_out_of_the_untried(filled: GraphStore) -> None:
    found = untried_methods(filled, limit=5, tried=frozenset(), thresholds=EVERYTHING)
    assert [one.method.name for one in found] == ["BERT", "LSTM", "GRU"]
    of_task = untried_methods(filled, limit=5, tried=frozenset(), task=QA.id, thresholds=EVERYTHING)
    assert [(one.method.name, one.papers) for one in of_task] == [("BERT", 2), ("LSTM", 2), ("GRU", 1)]
