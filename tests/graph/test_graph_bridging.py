"""Links between lineage and entities: written once, decided by people, never forgotten."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from builders import entity
from graph_dump import dump
from lineage_builders import dataset_version, lineage, model_version, run

from graph import (
    BridgeCounts,
    BridgeLink,
    GraphStore,
    Judgement,
    LinkCandidate,
    bridge_links,
    judge_links,
    write_lineage,
    write_links,
)
from graph.bridge_reading import has_lineage, linkable_lineage
from records import Derivation, Entity, EntityType, RejectedInputError, content_id

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 2, tzinfo=UTC)
SQUAD = entity("SQuAD", EntityType.DATASET, vocabulary="datasets")
GLUE = entity("GLUE", EntityType.DATASET, vocabulary="datasets")
BERT = entity("BERT")
BPE = entity("byte-pair encoding", EntityType.PREPROCESSING_STEP, vocabulary="preprocessing_steps")
HOSTILE = "ds:'; MATCH (n) DETACH DELETE n //\N{PILE OF POO}\n\x1b[2J"


def candidate(
    node: str = "ds:squad:1a2b",
    to: Entity = SQUAD,
    *,
    label: str = "DatasetVersion",
    score: float = 0.9,
    confident: bool = True,
    reasons: tuple[str, ...] = ("Its name says so.",),
) -> LinkCandidate:
    return LinkCandidate(
        node_label=label,
        node_id=node,
        entity=to,
        score=score,
        reasons=reasons,
        confident=confident,
    )


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    write_lineage(
        store,
        lineage(
            runs=[
                run(trained_on=["ds:squad:1a2b"], parameters={"lowercase": "True"}),
                run("gone", deleted=True),
            ],
            datasets=[
                dataset_version("squad", source="hf://datasets/squad"),
                dataset_version(reference=HOSTILE),
            ],
            models=[
                model_version(
                    run_id="run-1", bases={"hf://gpt2": Derivation.FINE_TUNED_FROM}, tags={"a": "b"}
                )
            ],
        ),
    )
    return store


def only(store: GraphStore) -> BridgeLink:
    [link] = bridge_links(store)
    return link


def write(store: GraphStore, *candidates: LinkCandidate, at: datetime = NOW) -> BridgeCounts:
    return write_links(store, candidates, judged_by="ada", judged_at=at)


def test_a_confident_link_holds_at_once_with_all_that_is_known_of_it(filled: GraphStore) -> None:
    assert write(filled, candidate()) == BridgeCounts(linked=1, proposed=0)
    assert only(filled) == BridgeLink(
        id=content_id("link", "ds:squad:1a2b", "SPECIALIZATION_OF", SQUAD.id),
        node_label="DatasetVersion",
        node_id="ds:squad:1a2b",
        relation="SPECIALIZATION_OF",
        entity_id=SQUAD.id,
        entity_name="SQuAD",
        entity_type=EntityType.DATASET,
        judgement=Judgement.AUTOMATIC,
        score=0.9,
        reasons=("Its name says so.",),
        judged_by="ada",
        judged_at=NOW,
    )
    edges = filled.read("MATCH (:DatasetVersion)-[r]->(:Dataset) RETURN type(r) AS edge")
    assert edges == [{"edge": "SPECIALIZATION_OF"}]


@pytest.mark.parametrize(
    ("label", "node", "to", "relation"),
    [
        ("DatasetVersion", "ds:squad:1a2b", SQUAD, "SPECIALIZATION_OF"),
        ("ModelVersion", "models:/churn/1", BERT, "SPECIALIZATION_OF"),
        ("ModelVersion", "hf://gpt2", BERT, "SPECIALIZATION_OF"),  # a placeholder
        ("ExperimentRun", "run-1", BPE, "APPLIES"),
        ("DatasetVersion", HOSTILE, GLUE, "SPECIALIZATION_OF"),
    ],
)
def test_each_kind_of_node_has_its_own_edge(
    filled: GraphStore, label: str, node: str, to: Entity, relation: str
) -> None:
    for confident, edge in ((False, "PROPOSED_AS"), (True, relation)):
        write(filled, candidate(node, to, label=label, confident=confident))
        rows = filled.read(
            "MATCH (n)-[r]->(e) WHERE r.link_id IS NOT NULL RETURN n.id AS node, type(r) AS edge"
        )
        assert rows == [{"node": node, "edge": edge}]
        assert only(filled).relation == relation


def test_an_entity_that_no_paper_named_becomes_a_node_and_one_that_is_there_stays_as_it_is(
    filled: GraphStore,
) -> None:
    write(filled, candidate())
    before = dump(filled)
    renamed = replace(SQUAD, name="Another name", aliases=("x",))
    write(filled, candidate("ds:squad:1a2b", renamed, score=0.5))
    assert dump(filled) == before
    assert filled.read("MATCH (n:Dataset) RETURN n.id AS id, n.name AS name, n.vocabulary AS vocabulary") == [
        {"id": SQUAD.id, "name": "SQuAD", "vocabulary": "datasets"}
    ]


def test_writing_the_same_links_again_changes_nothing(filled: GraphStore) -> None:
    found = [candidate(), candidate(HOSTILE, GLUE, confident=False)]
    assert write(filled, *found) == BridgeCounts(linked=1, proposed=1)
    before = dump(filled)
    assert write(filled, *found, at=LATER) == BridgeCounts(linked=0, proposed=0)
    assert dump(filled) == before


def test_a_surer_candidate_brings_its_score_and_reasons(filled: GraphStore) -> None:
    write(filled, candidate(score=0.8))
    surer = candidate(score=0.95, reasons=("Its source says so.", "Its name says so."))
    assert write(filled, surer, at=LATER) == BridgeCounts(linked=0, proposed=0)  # it is no new link
    assert (only(filled).score, only(filled).judged_at) == (0.95, LATER)
    write(filled, candidate(score=0.7, confident=False), at=LATER)
    assert (only(filled).score, only(filled).judgement) == (0.95, Judgement.AUTOMATIC)


def test_a_proposal_comes_true_when_a_better_candidate_appears(filled: GraphStore) -> None:
    write(filled, candidate(score=0.6, confident=False))
    assert only(filled).judgement is Judgement.PROPOSED
    assert write(filled, candidate(score=0.9), at=LATER) == BridgeCounts(linked=1, proposed=0)
    assert only(filled).judgement is Judgement.AUTOMATIC


def test_what_a_person_rejected_never_comes_back(filled: GraphStore) -> None:
    write(filled, candidate())
    [rejected] = judge_links(filled, [only(filled).id[:8]], accept=False, judged_by="emmy", judged_at=LATER)
    assert (rejected.judgement, rejected.judged_by, rejected.judged_at) == ("rejected", "emmy", LATER)
    assert (rejected.score, rejected.reasons) == (0.9, ("Its name says so.",))  # nothing is forgotten
    assert not filled.read("MATCH (:DatasetVersion)-[r:SPECIALIZATION_OF]->() RETURN r.link_id AS id")
    before = dump(filled)
    assert write(filled, candidate(score=1.0), at=LATER) == BridgeCounts(linked=0, proposed=0)
    assert dump(filled) == before


def test_what_a_person_accepted_stays(filled: GraphStore) -> None:
    write(filled, candidate(score=0.6, confident=False))
    judge_links(filled, [only(filled).id], accept=True, judged_by="emmy", judged_at=LATER)
    assert only(filled).judgement is Judgement.ACCEPTED
    before = dump(filled)
    write(filled, candidate(score=0.99), at=LATER)
    assert dump(filled) == before


def test_a_judgement_can_be_taken_back_and_repeated(filled: GraphStore) -> None:
    write(filled, candidate())
    for accept, judgement in (
        (True, "accepted"),
        (False, "rejected"),
        (False, "rejected"),
        (True, "accepted"),
    ):
        [link] = judge_links(filled, [only(filled).id], accept=accept, judged_by="emmy", judged_at=LATER)
        assert link == only(filled)
        assert link.judgement == judgement


@pytest.mark.parametrize(
    ("link_id", "message"),
    [
        ("abc", "at least its first 6 hex digits"),
        ("no link", "is no link id"),
        ("0123456789ab", "no link 0123456789ab"),
        ("", "is no link id"),
    ],
)
def test_an_id_that_names_no_link_is_refused_and_nothing_is_judged(
    filled: GraphStore, link_id: str, message: str
) -> None:
    write(filled, candidate())
    before = dump(filled)
    with pytest.raises(RejectedInputError, match=message):
        judge_links(filled, [only(filled).id, link_id], accept=False, judged_by="emmy", judged_at=LATER)
    assert dump(filled) == before


def test_an_ambiguous_id_lists_the_links(filled: GraphStore) -> None:
    write(filled, candidate(), candidate(HOSTILE, GLUE))
    with filled.transaction() as transaction:
        transaction.run(
            "MATCH (n:DatasetVersion)-[r:SPECIALIZATION_OF]->(e:Dataset) SET r.link_id = 'abcdef01' + e.id"
        )
    with pytest.raises(RejectedInputError, match=r"(?s)2 links start with abcdef: .*as GLUE\); .*as SQuAD"):
        judge_links(filled, ["abcdef"], accept=True, judged_by="emmy", judged_at=LATER)


def test_the_lineage_is_read_as_it_was_told(filled: GraphStore) -> None:
    known = linkable_lineage(filled)
    assert [version.id for version in known.dataset_versions] == sorted([HOSTILE, "ds:squad:1a2b"])
    [squad] = [version for version in known.dataset_versions if version.dataset_name]
    assert (squad.dataset_name, squad.digest, squad.source_uri) == ("squad", "1a2b", "hf://datasets/squad")
    assert [model.id for model in known.model_versions] == ["hf://gpt2", "models:/churn/1"]
    assert known.model_versions[1].derived_from[0].base_id == "hf://gpt2"
    assert known.model_versions[1].tags == (("a", "b"),)
    assert [one.id for one in known.runs] == ["run-1"]
    assert known.makers["models:/churn/1"].parameters == (("lowercase", "True"),)


def test_a_graph_without_lineage_says_so(store: GraphStore) -> None:
    assert not has_lineage(store)
    assert bridge_links(store) == ()
