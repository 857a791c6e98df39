"""The questions answer from what was written, in an order and shape that can be relied on."""

import dataclasses
import json

import pytest
from builders import cited, document, entity, evidence, job_output, paper

from graph import (
    GraphStore,
    all_entities,
    fact_provenance,
    introduced,
    paper_facts,
    papers_matching,
    write_job,
)
from records import Entity, EntityType, EvidenceKind, Polarity, Predicate, RejectedInputError

BPE = entity("byte-pair encoding", EntityType.PREPROCESSING_STEP, aliases=["BPE"], vocabulary="steps")
BERT = entity("BERT", aliases=["Bert model"])
SENNRICH = cited("Neural machine translation of rare words", authors=["Rico Sennrich"], year=2016)
GAGE = cited("A new algorithm for data compression", authors=["Philip Gage"], year=1994)
LATER_GAGE = cited("A newer algorithm for data compression", authors=["P. Gage"], year=1999)
OWN = paper("Some Words: about subwords", authors=["Ada Byron"], year=2020)
PDF = document("subwords.pdf", pages=3)
OTHER = paper("Other words altogether here", authors=["Emmy Noether"])
OTHER_PDF = document("other.pdf")
CITING = EvidenceKind.CITING_SENTENCE


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    quotes = [
        evidence(
            SENNRICH, Predicate.INTRODUCES, BPE, document=PDF, confidence=0.5, quote="weak", kind=CITING
        ),
        evidence(SENNRICH, Predicate.INTRODUCES, BPE, document=PDF, confidence=0.9, quote="strong", start=50),
        evidence(GAGE, Predicate.INTRODUCES, BPE, document=PDF, confidence=0.6, start=100),
        evidence(LATER_GAGE, Predicate.INTRODUCES, BPE, document=PDF, confidence=0.6, start=150),
        evidence(OWN, Predicate.USES, BERT, document=PDF, confidence=0.7, start=200),
        evidence(OWN, Predicate.APPLIES_STEP, BPE, document=PDF, confidence=0.4, start=250),
        evidence(OWN, Predicate.INTRODUCES, BERT, document=PDF, start=300, polarity=Polarity.NEGATED),
    ]
    write_job(store, job_output(PDF, OWN, evidence=quotes, cited=[SENNRICH, GAGE, LATER_GAGE]))
    agreeing = evidence(SENNRICH, Predicate.INTRODUCES, BPE, document=OTHER_PDF, confidence=0.4, quote="too")
    write_job(store, job_output(OTHER_PDF, OTHER, evidence=[agreeing], cited=[SENNRICH], minute=1))
    return store


def test_introductions_come_best_first_then_earliest(filled: GraphStore) -> None:
    found = introduced(filled, BPE.id)
    assert [(one.paper.title, round(one.belief, 6)) for one in found] == [
        (SENNRICH.title, 0.94),
        (GAGE.title, 0.6),
        (LATER_GAGE.title, 0.6),
    ]
    assert [quote.quote for quote in found[0].evidence] == ["strong", "weak", "too"]


def test_an_introduction_as_json_has_exactly_the_promised_shape(filled: GraphStore) -> None:
    [found] = json.loads(json.dumps([dataclasses.asdict(one) for one in introduced(filled, BPE.id)][1:2]))
    job = filled.read("MATCH (d:Document {id: $id}) RETURN d.current_job AS job", {"id": PDF.id})[0]["job"]
    assert found == {
        "entity": {
            "id": "step:byte-pair-encoding",
            "name": "byte-pair encoding",
            "type": "PreprocessingStep",
        },
        "paper": {
            "id": GAGE.id,
            "title": GAGE.title,
            "year": 1994,
            "authors": ["Philip Gage"],
            "status": "cited",
        },
        "belief": pytest.approx(0.6),
        "standing": "proposed",
        "evidence": [
            {
                "quote": "We propose it.",
                "page": 2,
                "document": PDF.id,
                "section": "introduction",
                "kind": "own claim",
                "polarity": "affirmed",
                "confidence": 0.6,
                "job": job,
            }
        ],
    }


@pytest.mark.parametrize("entity_id", [BERT.id, "step:unheard-of", "", "' OR 1=1 //"])
def test_what_nobody_introduced_has_no_introductions(filled: GraphStore, entity_id: str) -> None:
    assert introduced(filled, entity_id) == []


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (OWN.id, [OWN.title]),
        (OWN.id[: len("paper:") + 8], [OWN.title]),
        (OWN.id.removeprefix("paper:")[:6].upper(), [OWN.title]),
        ("some words about SUBWORDS", [OWN.title]),  # without the colon
        ("  words ", [OWN.title, OTHER.title, SENNRICH.title]),  # those that are ingested first
        ("data algorithm", [GAGE.title, LATER_GAGE.title]),
        ("A new algorithm for data compression", [GAGE.title]),  # "newer" holds "new", but is not it
        ("rare.*", [SENNRICH.title]),
    ],
)
def test_a_paper_is_found_as_people_name_it(filled: GraphStore, wanted: str, titles: list[str]) -> None:
    found = papers_matching(filled, wanted)
    assert sorted(one.title for one in found.papers) == sorted(titles)
    assert found.suggestions == ()


def test_ingested_papers_are_listed_first(filled: GraphStore) -> None:
    assert [one.status for one in papers_matching(filled, "words").papers] == [
        "ingested",
        "ingested",
        "cited",
    ]


@pytest.mark.parametrize(
    ("wanted", "suggested"),
    [("Nueral machine translaton of rare words", SENNRICH.title), ("zzzz", None), ("", None), ("???", None)],
)
def test_a_near_title_is_suggested(filled: GraphStore, wanted: str, suggested: str | None) -> None:
    found = papers_matching(filled, wanted)
    assert found.papers == ()
    assert (found.suggestions[0].title if found.suggestions else None) == suggested


def test_a_papers_facts_are_grouped_by_predicate_with_their_best_quotes(filled: GraphStore) -> None:
    answer = paper_facts(filled, OWN.id)
    assert answer.paper.title == OWN.title
    assert [(one.id, one.name, one.page_count) for one in answer.documents] == [(PDF.id, "subwords.pdf", 3)]
    assert answer.cited_by == 0
    assert [
        (group.predicate, [(fact.object.name, round(fact.belief, 6)) for fact in group.facts])
        for group in answer.facts
    ] == [("USES", [("BERT", 0.7)]), ("APPLIES_STEP", [("byte-pair encoding", 0.4)])]

    answer = paper_facts(filled, SENNRICH.id)
    assert (answer.cited_by, answer.documents) == (2, ())
    assert answer.facts[0].facts[0].quote.quote == "strong"


def test_an_unknown_paper_is_refused(filled: GraphStore) -> None:
    with pytest.raises(RejectedInputError, match="no paper paper:none"):
        paper_facts(filled, "paper:none")


def test_a_facts_provenance_is_whole(filled: GraphStore) -> None:
    fact = introduced(filled, BPE.id)[1]
    [row] = filled.read(
        "MATCH (f:Fact {predicate: 'INTRODUCES'})-[:SUBJECT]->(p {id: $id}) RETURN f.id AS id",
        {"id": GAGE.id},
    )
    answer = fact_provenance(filled, str(row["id"])[:10])
    assert (answer.id, answer.subject, answer.object) == (row["id"], fact.paper, fact.entity)
    assert (answer.predicate, answer.belief) == ("INTRODUCES", fact.belief)
    [one] = answer.evidence
    assert (one.quote, one.pages, one.live, one.invalidated_by) == ("We propose it.", (2, 3), True, ())
    assert one.boxes == ((1.0, 2.0, 3.0, 4.0), (5.5, 6.0, 7.0, 8.0))
    assert (one.surface, one.link_status, one.link_score) == ("byte-pair encoding", "exact", 1.0)
    assert one.link_reasons == ("The surface form is the name, character for character.",)
    assert one.document.name == "subwords.pdf"
    assert (one.job.operator, one.job.code_version) == ("ada", "1")
    assert (one.job.ended_at - one.job.started_at).total_seconds() == 2
    assert one.job.models == (("tagger", "a" * 64),)
    assert one.job.vocabularies == (("datasets", "b" * 64), ("methods", "c" * 64))
    assert one.job.parameters == (("ocr_dpi", "300"),)


def test_a_provenance_tells_what_counts_and_what_no_longer_does(filled: GraphStore) -> None:
    kept = evidence(OWN, Predicate.USES, BERT, document=PDF, start=900, quote="it is not used")
    denied = dataclasses.replace(kept, polarity=Polarity.NEGATED, confidence=0.99)
    newer = job_output(PDF, OWN, evidence=[denied], code_version="2", minute=9)
    write_job(filled, newer)
    answer = fact_provenance(filled, kept.fact.id)
    assert answer.belief == 0
    assert [(one.polarity, one.live, one.invalidated_by) for one in answer.evidence] == [
        ("negated", True, ()),
        ("affirmed", False, (newer.job.id,)),
    ]


@pytest.mark.parametrize(
    ("fact_id", "message"),
    [
        ("0000000000", "no fact 0000000000"),
        ("12345", "at least its first 6 hex digits"),
        ("not hex digits", "is no fact id"),
        ("", "is no fact id"),
        ("a" * 33, "is no fact id"),
    ],
)
def test_an_id_that_names_no_fact_is_refused(filled: GraphStore, fact_id: str, message: str) -> None:
    with pytest.raises(RejectedInputError, match=message):
        fact_provenance(filled, fact_id)


def test_an_ambiguous_fact_id_lists_the_facts(filled: GraphStore) -> None:
    with filled.transaction() as transaction:
        for ending in "ab":
            transaction.run(
                "MATCH (p:Paper {id: $paper}) MATCH (o:Method {id: $object}) "
                "MERGE (f:Fact {id: $id}) SET f.predicate = 'USES', f.belief = 0.0 "
                "MERGE (f)-[:SUBJECT]->(p) MERGE (f)-[:OBJECT]->(o)",
                {"paper": OWN.id, "object": BERT.id, "id": "abcdef" + "0" * 25 + ending},
            )
    with pytest.raises(RejectedInputError, match=r"2 facts start with abcdef: .*0a .*USES BERT.*; .*0b"):
        fact_provenance(filled, "ABCDEF")


def test_all_entities_are_given_back_as_records(filled: GraphStore) -> None:
    assert all_entities(filled) == (BERT, BPE)


def test_an_empty_graph_answers_every_question_with_nothing(store: GraphStore) -> None:
    no_entities: tuple[Entity, ...] = ()
    assert introduced(store, BPE.id) == []
    assert all_entities(store) == no_entities
    assert papers_matching(store, "anything at all").papers == ()
