"""Claims weighed: what is kept, how sure, and by which quotes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from said import BERT, STAMP, said
from written import written

from canonicalize import Linker, Weigher, job_output
from canonicalize.claim_features import ClaimFeatures
from canonicalize.claims import Claims
from canonicalize.evidence import NO_ENTRY, NOT_REFOUND, UNCERTAIN, is_refound
from canonicalize.papers import cited_papers, paper_of_document
from canonicalize.weighing import KindWeights
from records import Annotations, Document, JobOutput, Polarity, Predicate, Relation, Span

KIND = "COMPARES_AGAINST, own"
SENTENCES = "We beat BERT. We do not use BERT. It is like BERT here."


def weigher(bias: float, **weights: float) -> Weigher:
    return Weigher({KIND: KindWeights(bias=bias, weights=weights)})


def candidate(document: Document, sentence: str, *signals: str) -> Relation:
    start = document.text.index(sentence)
    relation = said(document, "BERT", Predicate.COMPARES_AGAINST, confidence=0.0)
    place = document.text.index("BERT", start)
    mention = replace(relation.object, span=Span(start=place, end=place + 4))
    span = Span(start=start, end=start + len(sentence))
    return replace(relation, object=mention, sentence=span, signals=signals)


def weighed(document: Document, weigher: Weigher, *candidates: Relation) -> JobOutput:
    annotations = Annotations(document_id=document.id, mentions=(), relations=(), candidates=candidates)
    return job_output(document, annotations, Linker([BERT]), stamp=STAMP, weigher=weigher)


def test_a_claim_is_as_sure_as_its_weights_say_and_led_by_the_most_telling_quote() -> None:
    document = written(SENTENCES, title="A title of the paper")
    first = candidate(document, "We beat BERT.", "beaten")
    last = candidate(document, "It is like BERT here.")
    output = weighed(document, weigher(0.0, **{"test: beaten": 2.0}), last, first)
    assert [item.confidence for item in output.evidence] == pytest.approx([0.8808, 0.8808 * 0.99], abs=1e-4)
    assert output.evidence[0].quote == "We beat BERT."
    assert output.evidence[0].reasons == ("+ test: beaten",)


def test_what_is_unlikely_is_dropped_and_counted() -> None:
    document = written(SENTENCES, title="A title of the paper")
    output = weighed(document, weigher(-2.0), candidate(document, "We beat BERT."))
    assert (output.evidence, dict(output.job.dropped)[UNCERTAIN]) == ((), 1)


def test_what_denies_a_likely_claim_is_kept_beside_it() -> None:
    document = written(SENTENCES, title="A title of the paper")
    against = replace(candidate(document, "We do not use BERT."), polarity=Polarity.NEGATED)
    output = weighed(document, weigher(2.0), candidate(document, "We beat BERT."), against)
    assert {item.polarity for item in output.evidence} == {Polarity.AFFIRMED, Polarity.NEGATED}


def test_a_candidate_that_is_only_denied_is_no_evidence() -> None:
    document = written(SENTENCES, title="A title of the paper")
    against = replace(candidate(document, "We do not use BERT."), polarity=Polarity.NEGATED)
    assert weighed(document, weigher(2.0), against).evidence == ()


def test_kinds_that_nothing_was_learned_of_keep_what_rules_said() -> None:
    document = written("We use BERT here.", title="A title of the paper")
    used = said(document, "BERT", Predicate.USES, confidence=0.7)
    annotations = Annotations(document_id=document.id, mentions=(), relations=(used,))
    (item,) = job_output(document, annotations, Linker([BERT]), stamp=STAMP, weigher=weigher(-9.0)).evidence
    assert item.confidence == 0.7


def test_citations_that_lead_nowhere_are_counted() -> None:
    document = written("We use BERT [17] here.", title="A title of the paper")
    assert dict(weighed(document, weigher(0.0)).job.dropped)[NO_ENTRY] == 1


def test_a_quote_that_is_not_the_documents_text_is_found_out() -> None:
    document = written(SENTENCES, title="A title of the paper")
    (item,) = weighed(document, weigher(2.0), candidate(document, "We beat BERT.")).evidence
    assert is_refound(document, item)
    assert not is_refound(document, replace(item, quote="We beat BART."))
    assert not is_refound(document, replace(item, span=Span(start=0, end=3)))
    assert NOT_REFOUND not in dict(weighed(document, weigher(2.0)).job.dropped)


def test_a_work_that_the_paper_cites_for_a_name_is_told_from_its_rivals() -> None:
    document = written(
        "We use BERT {a|[1]} and BERT {b|[2]}.",
        title="A title of the paper",
        cited={"a": "First", "b": "Second"},
    )
    relations = [
        replace(said(document, "BERT", Predicate.INTRODUCES, cited=key, confidence=0.0), signals=("x",))
        for key in ("a", "b")
    ]
    annotations = Annotations(document_id=document.id, mentions=(), relations=(), candidates=tuple(relations))
    linker = Linker([BERT])
    own, cited = paper_of_document(document), cited_papers(document)
    claims = Claims(annotations, linker, own=own, cited=cited)
    features = ClaimFeatures(document, annotations, linker, claims)
    told = [features.of(claim) for claim in claims]
    assert [one["log rival works"] for one in told] == pytest.approx([0.6931, 0.6931], abs=1e-4)
    assert all(one["share of the name's citations"] == 0.5 and one["test: x"] == 1.0 for one in told)


def test_reasons_are_the_weightiest_features_first() -> None:
    weights = KindWeights(bias=0.0, weights={"small": 0.1, "against": -3.0, "for": 2.0, "nothing": 0.0})
    told = {"for": 1.0, "small": 1.0, "against": 1.0, "unknown": 1.0, "nothing": 1.0}
    assert weights.reasons(told) == ("- against", "+ for", "+ small")


@given(st.dictionaries(st.sampled_from("abcd"), st.floats(-1e6, 1e6)), st.floats(-50, 50))
def test_a_probability_stays_one_whatever_is_told(features: dict[str, float], bias: float) -> None:
    weights = KindWeights(bias=bias, weights={"a": 3.0, "b": -3.0})
    assert 0.0 < weights.probability(features) < 1.0


def test_the_shipped_weights_know_every_kind_but_results() -> None:
    kinds = set(Weigher.shipped().kinds)
    own = {f"{predicate.value}, own" for predicate in Predicate if predicate is not Predicate.REPORTS}
    assert kinds == own | {"INTRODUCES, cited"}
