"""From annotations to the facts and the evidence that a job adds to the graph."""

import pytest
from said import BERT, STAMP, said
from written import written

from canonicalize import Linker, job_output
from records import (
    Annotations,
    Document,
    EntityType,
    JobOutput,
    PaperStatus,
    Polarity,
    Predicate,
    Relation,
)


def output(document: Document, *relations: Relation) -> JobOutput:
    annotations = Annotations(document_id=document.id, mentions=(), relations=relations)
    return job_output(document, annotations, Linker([BERT]), stamp=STAMP)


def test_evidence_quotes_the_document_word_for_word() -> None:
    document = written("We use BERT here.", title="A title of the paper")
    (evidence,) = output(document, said(document, "BERT", Predicate.USES)).evidence
    assert evidence.quote == document.text[evidence.span.start : evidence.span.end] == "We use BERT here."
    assert evidence.link.entity == BERT


def test_the_subject_is_the_paper_itself_or_the_cited_one() -> None:
    document = written(
        "We use BERT {a|[1]}.", title="A title of the paper", cited={"a": "The work behind it all"}
    )
    result = output(
        document,
        said(document, "BERT", Predicate.USES),
        said(document, "BERT", Predicate.INTRODUCES, cited="a"),
    )
    (cited,) = result.cited
    assert (cited.title, cited.status) == ("The work behind it all", PaperStatus.CITED)
    assert result.paper.status is PaperStatus.INGESTED
    subjects = {evidence.fact.predicate: evidence.fact.subject_id for evidence in result.evidence}
    assert subjects == {Predicate.USES: result.paper.id, Predicate.INTRODUCES: cited.id}


@pytest.mark.parametrize(
    ("predicate", "entity_type", "kept"),
    [
        (Predicate.TRAINS_ON, EntityType.DATASET, True),
        (Predicate.TRAINS_ON, EntityType.METHOD, False),
        (Predicate.APPLIES_STEP, EntityType.METHOD, False),
        (Predicate.ADDRESSES, EntityType.DATASET, False),
        (Predicate.INTRODUCES, EntityType.TASK, True),
    ],
)
def test_relations_outside_the_range_of_their_predicate_are_dropped_and_counted(
    predicate: Predicate, entity_type: EntityType, kept: bool
) -> None:
    document = written("We use Thing here.")
    result = output(document, said(document, "Thing", predicate, entity_type=entity_type))
    assert len(result.evidence) == int(kept)
    assert sum(count for _, count in result.job.dropped) == int(not kept)


def test_a_paper_does_not_use_what_it_introduces() -> None:
    document = written("We propose BERT.\n\nWe compare with BERT.")
    own = said(document, "BERT", Predicate.INTRODUCES)
    compared = said(document, "BERT", Predicate.COMPARES_AGAINST)
    assert [item.fact.predicate for item in output(document, own, compared).evidence] == [
        Predicate.INTRODUCES
    ]
    doubted = said(document, "BERT", Predicate.INTRODUCES, polarity=Polarity.NEGATED)
    assert len(output(document, doubted, compared).evidence) == 2


def test_one_quote_speaks_once_for_a_fact_with_its_best_confidence() -> None:
    document = written("We use BERT here.")
    result = output(
        document,
        said(document, "BERT", Predicate.USES, confidence=0.5),
        said(document, "BERT", Predicate.USES, confidence=0.7),
    )
    assert [item.confidence for item in result.evidence] == [0.7]


def test_the_same_document_gives_the_same_output_again() -> None:
    document = written("We use BERT and NewNet here.")
    relations = [said(document, "BERT", Predicate.USES), said(document, "NewNet", Predicate.USES)]
    first, second = output(document, *relations), output(document, *reversed(relations))
    assert first.evidence == second.evidence
    assert first.job.id == second.job.id
    assert {entity.id for entity in first.entities} == {"method:bert", "method:newnet"}
