"""Questions across the bridge: what rests on what, by which path, and what only measured it."""

import pytest
from builders import cited, document, entity, evidence, job_output, paper
from lineage_builders import LONG_AGO, dataset_version, lineage, link, model_version, run

from graph import GraphStore, bridge_links, judge_links, write_job, write_lineage
from graph.bridge_answers import Affected
from graph.questions import introducing
from graph.questions.introducing import facts_of
from graph.questions.models import models_matching
from graph.questions.origins import origins_of
from graph.questions.resting import Ground, affected_by
from records import Derivation, EntityType, Predicate

SQUAD = entity("SQuAD", EntityType.DATASET, vocabulary="datasets")
GLUE = entity("GLUE", EntityType.DATASET, vocabulary="datasets")
BPE = entity("byte-pair encoding", EntityType.PREPROCESSING_STEP, vocabulary="preprocessing_steps")
BERT = entity("BERT")
LSTM = entity("LSTM")
QA = entity("question answering", EntityType.TASK, vocabulary="tasks")
RAJPURKAR = cited("SQuAD: 100,000+ questions for machine comprehension", authors=["P. Rajpurkar"], year=2016)
SENNRICH = cited("Neural machine translation of rare words", authors=["R. Sennrich"], year=2016)
OWN = paper("BERT: pre-training of deep transformers", authors=["J. Devlin"], year=2018)
OTHER = paper("Another paper about reading comprehension", authors=["E. Noether"])
PDF, OTHER_PDF = document("bert.pdf"), document("other.pdf")


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    quotes = [
        evidence(OWN, Predicate.INTRODUCES, BERT, document=PDF, confidence=0.9, quote="We introduce BERT."),
        evidence(RAJPURKAR, Predicate.INTRODUCES, SQUAD, document=PDF, confidence=0.8, start=50),
        evidence(SENNRICH, Predicate.INTRODUCES, BPE, document=PDF, confidence=0.5, start=100),
        evidence(
            OWN, Predicate.COMPARES_AGAINST, LSTM, document=PDF, confidence=0.7, start=150, quote="It wins."
        ),
        evidence(OWN, Predicate.EVALUATES_ON, SQUAD, document=PDF, confidence=0.6, start=200),
    ]
    write_job(store, job_output(PDF, OWN, evidence=quotes, cited=[RAJPURKAR, SENNRICH]))
    more = [
        evidence(OTHER, Predicate.COMPARES_AGAINST, BERT, document=OTHER_PDF, confidence=0.7),
        evidence(OTHER, Predicate.USES, LSTM, document=OTHER_PDF, confidence=0.7, start=50),
        evidence(OTHER, Predicate.ADDRESSES, QA, document=OTHER_PDF, confidence=0.7, start=100),
    ]
    write_job(store, job_output(OTHER_PDF, OTHER, evidence=more, minute=1))
    write_lineage(
        store,
        lineage(
            runs=[
                run("train", name="qa-train", trained_on=["ds:squad:1a2b"], models=["models:/qa/1"]),
                run("measure", evaluated_on=["ds:squad:1a2b"], models=["models:/measured/1"]),
                run("sweep", name="sweep"),
                run("trial-1", parent="sweep", used=["ds:squad:1a2b"]),
                run("trial-2", parent="sweep", used=["ds:other:1"], models=["models:/trial/2"]),
                run("gone", deleted=True, trained_on=["ds:squad:1a2b"], models=["models:/old/1"]),
                run("tune", models=["models:/tuned/1"]),
                run("aside", used=["ds:other:1"], models=["models:/aside/1"]),
            ],
            datasets=[dataset_version("squad")],
            models=[
                model_version("models:/qa/1", same_as=["models:/m-1"]),
                model_version("models:/tuned/1", bases={"models:/m-1": Derivation.FINE_TUNED_FROM}),
                model_version("models:/small/1", bases={"models:/tuned/1": Derivation.DISTILLED_FROM}),
                model_version("models:/merged/1", bases={"models:/small/1": Derivation.MERGED_FROM}),
                model_version("models:/int8/1", bases={"models:/merged/1": Derivation.QUANTIZED_FROM}),
                model_version("models:/best/1", run_id="sweep"),
            ],
        ),
    )
    link(store, "DatasetVersion", "ds:squad:1a2b", SQUAD, score=0.95)
    return store


def by_id(affected: tuple[Affected, ...]) -> dict[str, Affected]:
    assert len({one.node.id for one in affected}) == len(affected)
    return {one.node.id: one for one in affected}


def test_what_rests_on_a_dataset_goes_through_runs_and_every_way_to_make_a_model_from_another(
    filled: GraphStore,
) -> None:
    found = by_id(affected_by(filled, [Ground(entity=SQUAD)]))
    again = {key for key, one in found.items() if one.consequence == "make again"}
    assert again == {
        "ds:squad:1a2b",
        "train",
        "models:/qa/1",
        "models:/m-1",
        "models:/tuned/1",
        "tune",  # it made a model from one that rests on the dataset
        "models:/small/1",
        "models:/merged/1",
        "models:/int8/1",
        "trial-1",
        "sweep",  # a part of it rests on the dataset
        "models:/best/1",
        "models:/old/1",  # a model outlives its deleted run
    }


def test_what_was_only_measured_with_it_is_told_apart(filled: GraphStore) -> None:
    found = by_id(affected_by(filled, [Ground(entity=SQUAD)]))
    measured = {key for key, one in found.items() if one.consequence == "measure again"}
    assert measured == {"measure", "models:/measured/1"}
    assert found["models:/measured/1"].in_words == (
        "model version measured/1 was generated by run measure, which was evaluated on ds:squad:1a2b, "
        "a version of SQuAD"
    )


def test_siblings_deleted_runs_and_unrelated_things_are_not_affected(filled: GraphStore) -> None:
    found = by_id(affected_by(filled, [Ground(entity=SQUAD)]))
    assert not {"gone", "trial-2", "models:/trial/2", "aside", "models:/aside/1", "ds:other:1"} & set(found)


def test_a_part_rests_on_the_run_that_it_is_part_of(filled: GraphStore) -> None:
    link(filled, "ExperimentRun", "sweep", BPE)
    found = by_id(affected_by(filled, [Ground(entity=BPE)]))
    assert set(found) == {"sweep", "trial-1", "trial-2", "models:/best/1", "models:/trial/2"}
    assert found["models:/trial/2"].in_words == (
        "model version trial/2 was generated by run trial-2, which is part of run sweep, "
        "which applies byte-pair encoding"
    )


def test_every_path_is_told_in_words_from_the_node_to_the_paper(filled: GraphStore) -> None:
    [introduction] = introducing.introducing(facts_of(filled, [RAJPURKAR.id], (Predicate.INTRODUCES,)))
    found = by_id(affected_by(filled, [Ground(entity=SQUAD, source=introduction)]))
    tuned = found["models:/tuned/1"]
    assert tuned.in_words == (
        "model version tuned/1 was fine-tuned from model version m-1, which has the same weights as "
        "model version qa/1, which was generated by run qa-train (train), which trained on ds:squad:1a2b, "
        "a version of SQuAD, which the paper “SQuAD: 100,000+ questions for machine comprehension” "
        "introduced (belief 0.80)"
    )
    assert [(step.subject, step.relation, step.object, step.against) for step in tuned.path] == [
        ("models:/tuned/1", "FINE_TUNED_FROM", "models:/m-1", False),
        ("models:/m-1", "ALTERNATE_OF", "models:/qa/1", True),
        ("models:/qa/1", "WAS_GENERATED_BY", "train", False),
        ("train", "TRAINED_ON", "ds:squad:1a2b", False),
        ("ds:squad:1a2b", "SPECIALIZATION_OF", SQUAD.id, False),
    ]
    assert tuned.strength == pytest.approx(0.95 * 0.8)
    assert found["tune"].in_words.startswith("run tune made model version tuned/1, which was fine-tuned from")
    assert found["models:/m-1"].node.placeholder
    assert not tuned.node.placeholder


def test_models_come_first_then_by_strength_and_what_is_measured_comes_last(filled: GraphStore) -> None:
    link(filled, "DatasetVersion", "ds:other:1", SQUAD, score=0.9)
    found = affected_by(filled, [Ground(entity=SQUAD)])
    keys = [
        (one.consequence == "measure again", one.node.kind != "model version", -one.strength) for one in found
    ]
    assert keys[0][:2] == (False, False)
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)
    models_again = [key[2] for key in keys if not key[0] and not key[1]]
    assert models_again == sorted(models_again)


def test_what_is_only_proposed_or_was_rejected_carries_nothing(filled: GraphStore) -> None:
    link(filled, "ModelVersion", "models:/qa/1", BERT, confident=False)
    assert affected_by(filled, [Ground(entity=BERT)]) == ()
    [proposed] = [one for one in bridge_links(filled) if one.entity_id == BERT.id]
    for accept in (True, False):
        judge_links(filled, [proposed.id], accept=accept, judged_by="emmy", judged_at=LONG_AGO)
        assert bool(affected_by(filled, [Ground(entity=BERT)])) == accept


def test_models_in_a_circle_end_the_walk(filled: GraphStore) -> None:
    write_lineage(
        filled,
        lineage(
            models=[model_version("models:/tuned/1", bases={"models:/int8/1": Derivation.FINE_TUNED_FROM})]
        ),
    )
    assert len(by_id(affected_by(filled, [Ground(entity=SQUAD)]))) == 15


def test_a_use_is_followed_to_the_models_but_not_to_models_made_from_those(filled: GraphStore) -> None:
    found = by_id(affected_by(filled, [Ground(entity=SQUAD)], derived=False))
    assert {"train", "models:/qa/1", "models:/m-1", "trial-1"} < set(found)
    assert not {"models:/tuned/1", "models:/small/1", "sweep"} & set(found)


def test_the_origins_of_a_model_are_papers_weakest_first(filled: GraphStore) -> None:
    link(filled, "ExperimentRun", "train", BPE, score=0.9)
    link(filled, "ModelVersion", "models:/qa/1", LSTM)
    [model] = models_matching(filled, "int8").models
    found, without = origins_of(filled, model)
    assert [one.source.paper.title for one in found] == [SENNRICH.title, RAJPURKAR.title]
    assert [one.strength for one in found] == pytest.approx([0.45, 0.76])
    assert found[0].source.quote.quote == "We propose it."
    assert found[1].in_words.startswith(
        "model version int8/1 was quantized from model version merged/1, which was merged from "
        "model version small/1, which was distilled from model version tuned/1, which was fine-tuned from "
    )
    assert [stop.name for stop in without] == ["LSTM"]


def test_papers_behind_a_dataset_that_only_measured_the_model_come_last(filled: GraphStore) -> None:
    write_lineage(filled, lineage(runs=[run("measure", evaluated_on=["ds:squad:1a2b"])]))
    link(filled, "ExperimentRun", "measure", BPE)
    [model] = models_matching(filled, "measured").models
    found, _ = origins_of(filled, model)
    assert [(one.source.entity.id, one.evaluated_only) for one in found] == [
        (BPE.id, False),
        (SQUAD.id, True),
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("models:/qa/1", ["models:/qa/1"]),
        ("qa/1", ["models:/qa/1"]),
        ("qa", ["models:/qa/2"]),  # its newest
        ("QA", ["models:/qa/2"]),
        ("qa@champion", ["models:/qa/1"]),
        ("models:/tun", ["models:/tuned/1"]),
        ("tun", ["models:/tuned/1"]),
        ("org/base", ["hf://org/base"]),
        ("me", ["models:/measured/1", "models:/merged/1"]),
        ("nothing", []),
        ("", []),
        ("' OR 1=1 //", []),
    ],
)
def test_a_model_is_found_as_people_name_it(filled: GraphStore, wanted: str, expected: list[str]) -> None:
    write_lineage(
        filled,
        lineage(
            models=[
                model_version(
                    "models:/qa/2", created_at=LONG_AGO, bases={"hf://org/base": Derivation.FINE_TUNED_FROM}
                ),
                model_version("models:/qa/1", aliases=["champion"]),
            ]
        ),
    )
    assert [model.id for model in models_matching(filled, wanted).models] == expected


def test_a_near_reference_is_suggested(filled: GraphStore) -> None:
    assert "models:/tuned/1" in models_matching(filled, "tunned/1").suggestions


def test_an_empty_graph_answers_with_nothing(store: GraphStore) -> None:
    assert affected_by(store, [Ground(entity=SQUAD)]) == ()
    assert affected_by(store, []) == ()
    assert models_matching(store, "churn").models == ()
