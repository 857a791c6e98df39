"""Lineage and papers meet: links are found, decided upon and kept, and questions cross them by name."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from builders import cited, document, entity, evidence, job_output, paper
from graph_dump import dump
from lineage_builders import LONG_AGO, dataset_version, lineage, model_version, run

from flows.bridging import bridge
from flows.lineage_questions import baselines_of, impact_of, origins_of_model, untried, who_uses
from flows.questions import UnknownNameError
from graph import BridgeCounts, GraphStore, bridge_links, judge_links, write_job, write_lineage
from graph.store import Rows
from records import Derivation, EntityType, Predicate
from records.entities import PROVISIONAL

SQUAD = replace(
    entity("SQuAD", EntityType.DATASET, vocabulary="datasets"),
    aliases=("Stanford Question Answering Dataset",),
)
BERT = entity("BERT")
LSTM = replace(entity("long short-term memory"), id="method:long-short-term-memory", aliases=("LSTM",))
ADAM = entity("Adam")
QA = entity("question answering", EntityType.TASK, vocabulary="tasks")
FOLDING = entity("boundary-aware token folding", EntityType.PREPROCESSING_STEP, vocabulary=PROVISIONAL)
NEWS = entity("news", EntityType.DATASET, vocabulary=PROVISIONAL)
WIKIFOLD = entity("WikiFold", EntityType.DATASET, vocabulary=PROVISIONAL)
TICKETS = entity("support tickets", EntityType.DATASET, vocabulary=PROVISIONAL)
RAJPURKAR = cited("SQuAD: 100,000+ questions for machine comprehension", authors=["P. Rajpurkar"], year=2016)
OWN = paper("BERT: pre-training of deep transformers", authors=["J. Devlin"], year=2018)
PDF = document("bert.pdf")


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    quotes = [
        evidence(OWN, Predicate.INTRODUCES, BERT, document=PDF, confidence=0.9),
        evidence(RAJPURKAR, Predicate.INTRODUCES, SQUAD, document=PDF, confidence=0.8, start=50),
        evidence(OWN, Predicate.COMPARES_AGAINST, LSTM, document=PDF, confidence=0.7, start=100),
        evidence(OWN, Predicate.EVALUATES_ON, SQUAD, document=PDF, confidence=0.6, start=150),
        evidence(OWN, Predicate.USES, ADAM, document=PDF, confidence=0.6, start=200),
        evidence(OWN, Predicate.ADDRESSES, QA, document=PDF, confidence=0.6, start=250),
    ]
    papers_own = [FOLDING, NEWS, WIKIFOLD, TICKETS]
    write_job(store, job_output(PDF, OWN, evidence=quotes, cited=[RAJPURKAR], entities=papers_own))
    write_lineage(
        store,
        lineage(
            runs=[
                run(
                    "train",
                    trained_on=["ds:squad:1a2b"],
                    models=["models:/qa/1"],
                    parameters={"preprocessing": "boundary-aware token folding, bpe", "optimizer": "adam"},
                ),
                run("clicks", used=["ds:users:v12", "ds:news:1", "ds:wikifold:1", "ds:support tickets:1"]),
            ],
            datasets=[dataset_version("squad", source="hf://datasets/rajpurkar/squad")],
            models=[
                model_version(
                    "models:/qa/1", bases={"hf://google-bert/bert-base-uncased": Derivation.FINE_TUNED_FROM}
                )
            ],
        ),
    )
    return store


def links(store: GraphStore) -> set[tuple[str, str, str]]:
    return {(link.node_id, link.entity_name, link.judgement) for link in bridge_links(store)}


def test_what_names_an_entity_is_linked_and_what_may_is_proposed(filled: GraphStore) -> None:
    counts = bridge(filled, operator="ada")
    assert links(filled) == {
        ("ds:squad:1a2b", "SQuAD", "automatic"),
        ("hf://google-bert/bert-base-uncased", "BERT", "automatic"),
        ("hf://google-bert/bert-base-uncased", "BERT-base", "automatic"),
        ("models:/qa/1", "BERT", "automatic"),
        ("models:/qa/1", "BERT-base", "automatic"),
        ("train", "byte-pair encoding", "automatic"),  # which no paper of the graph knows yet
        ("train", "boundary-aware token folding", "automatic"),  # which only papers know
        ("ds:wikifold:1", "WikiFold", "automatic"),
        ("ds:support tickets:1", "support tickets", "proposed"),
    }
    assert counts == BridgeCounts(linked=8, proposed=1)
    [squad] = [link for link in bridge_links(filled) if link.entity_name == "SQuAD"]
    assert squad.reasons[0] == "The source hf://datasets/rajpurkar/squad names the dataset squad."
    assert (squad.judged_by, squad.score) == ("ada", 1.0)
    assert squad.judged_at.utcoffset() is not None


def test_bridging_again_changes_nothing(filled: GraphStore) -> None:
    bridge(filled, operator="ada")
    before = dump(filled)
    assert bridge(filled, operator="emmy") == BridgeCounts(linked=0, proposed=0)
    assert dump(filled) == before


def test_a_judgement_outlives_bridging_and_what_comes_later_is_added(filled: GraphStore) -> None:
    bridge(filled, operator="ada")
    ids = {link.entity_name: link.id for link in bridge_links(filled)}
    judge_links(filled, [ids["SQuAD"]], accept=False, judged_by="emmy", judged_at=LONG_AGO)
    judge_links(filled, [ids["support tickets"]], accept=True, judged_by="emmy", judged_at=LONG_AGO)
    told = dataset_version(reference="ds:users:v12", source="hf://datasets/stanfordnlp/imdb")
    write_lineage(filled, lineage(datasets=[told]))
    assert bridge(filled, operator="ada") == BridgeCounts(linked=1, proposed=0)
    assert {
        ("ds:squad:1a2b", "SQuAD", "rejected"),
        ("ds:support tickets:1", "support tickets", "accepted"),
        ("ds:users:v12", "IMDb", "automatic"),
    } <= links(filled)


def test_a_paper_that_is_read_later_meets_what_was_linked_before(filled: GraphStore) -> None:
    bridge(filled, operator="ada")
    bpe = replace(
        entity("byte-pair encoding", EntityType.PREPROCESSING_STEP, vocabulary="preprocessing_steps"),
        aliases=("BPE",),
    )
    pdf = document("sennrich.pdf")
    own = paper("Neural machine translation of rare words", authors=["R. Sennrich"])
    quote = evidence(own, Predicate.INTRODUCES, bpe, document=pdf)
    write_job(filled, job_output(pdf, own, evidence=[quote], minute=9))
    answer = impact_of(filled, "translation of rare words")
    assert [one.node.id for one in answer.affected] == ["models:/qa/1", "train"]
    assert answer.affected[0].paper == answer.paper


class Counting:
    """A reader that counts what it is asked."""

    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self.queries = 0

    def read(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        self.queries += 1
        return self.store.read(cypher, parameters)


def test_a_graph_without_lineage_costs_one_query(store: GraphStore) -> None:
    counting = Counting(store)
    assert bridge(counting, operator="ada") == BridgeCounts(linked=0, proposed=0)  # type: ignore[arg-type]
    assert counting.queries == 1


@pytest.mark.parametrize(
    "name",
    ["SQuAD", "squad", "stanford question answering dataset", "dataset:squad", RAJPURKAR.title, "100,000+"],
)
def test_an_impact_is_asked_by_any_name_of_an_entity_or_of_the_paper_behind_it(
    filled: GraphStore, name: str
) -> None:
    bridge(filled, operator="ada")
    answer = impact_of(filled, name)
    assert {one.node.id for one in answer.affected} == {"ds:squad:1a2b", "train", "models:/qa/1"}
    asked_paper = name in {RAJPURKAR.title, "100,000+"}
    assert (answer.paper is not None) == asked_paper
    assert [one.entity.name for one in answer.introductions] == (["SQuAD"] if asked_paper else [])
    assert ("introduced (belief 0.80)" in answer.affected[0].in_words) == asked_paper


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("question answering", "question answering is a Task: name a paper or one of"),
        ("SQuADD", "did you mean: .*SQuAD"),
        ("zzzzqqq", "no paper or entity in the graph is called 'zzzzqqq'$"),
        ("", "no paper or entity"),
        ("of", "2 papers fit 'of', name one by its id: paper:"),
        ("' OR 1=1 RETURN n //", "no paper or entity"),
    ],
)
def test_a_name_that_is_no_single_thing_is_refused_with_what_may_be_meant(
    filled: GraphStore, name: str, message: str
) -> None:
    other = paper("Reading of tables", authors=["E. Noether"])
    pdf = document("other.pdf")
    write_job(filled, job_output(pdf, other, minute=3))
    with pytest.raises(UnknownNameError, match=message):
        impact_of(filled, name)


def test_a_name_of_a_paper_and_of_an_entity_is_refused_with_both(filled: GraphStore) -> None:
    namesake = paper("squad", authors=["E. Noether"])
    write_job(filled, job_output(document("namesake.pdf"), namesake, minute=4))
    with pytest.raises(UnknownNameError, match=rf"2 things .*dataset:squad .*{namesake.id}"):
        impact_of(filled, "SQuAD")
    assert impact_of(filled, "dataset:squad").entities[0].name == "SQuAD"


def test_what_nothing_rests_on_answers_with_nothing(filled: GraphStore) -> None:
    assert impact_of(filled, "LSTM").affected == ()
    assert impact_of(filled, "SQuAD").affected == ()  # nothing is linked yet
    assert who_uses(filled, "LSTM").ours == ()


def test_the_origins_of_a_model_have_quotes_and_the_names_of_their_documents(filled: GraphStore) -> None:
    bridge(filled, operator="ada")
    answer = origins_of_model(filled, "qa")
    assert [one.source.paper.title for one in answer.origins] == [OWN.title, RAJPURKAR.title]
    assert [one.strength for one in answer.origins] == sorted(one.strength for one in answer.origins)
    assert dict(answer.document_names) == {PDF.id: "bert.pdf"}
    assert "byte-pair encoding" in [one.name for one in answer.without_paper]
    with pytest.raises(UnknownNameError, match=r"did you mean: .*models:/qa/1"):
        origins_of_model(filled, "qaa/1")
    write_lineage(filled, lineage(models=[model_version("models:/qa/2")]))
    with pytest.raises(UnknownNameError, match=r"2 model versions fit 'qa/'.*models:/qa/1; models:/qa/2"):
        origins_of_model(filled, "qa/")


def test_uses_are_those_of_papers_and_ours(filled: GraphStore) -> None:
    bridge(filled, operator="ada")
    answer = who_uses(filled, "squad")
    assert [(one.paper.title, one.predicate) for one in answer.papers] == [(OWN.title, "EVALUATES_ON")]
    assert {one.node.id for one in answer.ours} == {"ds:squad:1a2b", "train", "models:/qa/1"}


def test_baselines_are_asked_by_method_or_paper(filled: GraphStore) -> None:
    for name in ("BERT", OWN.title):
        answer = baselines_of(filled, name)
        assert [one.title for one in answer.papers] == [OWN.title]
        assert [one.entity.name for one in answer.baselines] == ["long short-term memory"]
        assert answer.compared_by == ()
    answer = baselines_of(filled, "LSTM")
    assert (answer.papers, answer.baselines) == ((), ())
    assert [one.paper.title for one in answer.compared_by] == [OWN.title]
    with pytest.raises(UnknownNameError, match="SQuAD is a Dataset"):
        baselines_of(filled, "dataset:squad")


def test_what_a_run_names_in_its_parameters_was_tried(filled: GraphStore) -> None:
    bridge(filled, operator="ada")  # BERT is behind a model, Adam in a parameter
    assert [one.method.name for one in untried(filled, limit=9).methods] == ["long short-term memory"]
    answer = untried(filled, limit=9, task="Question Answering")
    assert answer.task is not None
    assert [one.method.name for one in answer.methods] == ["long short-term memory"]
    with pytest.raises(UnknownNameError, match="no task in the graph is called 'SQuAD'"):
        untried(filled, limit=9, task="SQuAD")
