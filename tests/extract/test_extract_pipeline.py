"""The pipeline as a whole: its contract, and what hostile text does to it."""

import pytest
import spacy
from spacy.language import Language
from written import written

from extract.attributes import register_attributes
from extract.pipeline import COMPONENTS, annotate, refuse_incomplete


def test_every_component_has_what_it_requires(nlp: Language) -> None:
    assert tuple(nlp.pipe_names) == COMPONENTS
    refuse_incomplete(nlp)


def test_a_pipeline_with_a_gap_is_refused_before_the_first_document() -> None:
    register_attributes()
    gap = spacy.blank("en")
    gap.add_pipe("own_claims")
    with pytest.raises(ValueError, match=r"own_claims.*doc\._\.templates"):
        refuse_incomplete(gap)


@pytest.mark.parametrize("unit", ["(", "a", "a-", "BERT-", "(a (b ", "⟦M0⟧ and ", "\n\n", "we use BERT and "])
def test_text_made_to_be_slow_ends_in_annotations(unit: str, nlp: Language) -> None:
    document = written(
        unit * (60_000 // len(unit))
    )  # a time in the square of this would run into the time limit
    annotations = annotate(document, nlp)
    assert all(
        document.text[each.span.start : each.span.end] == each.surface for each in annotations.mentions
    )


def test_marks_in_the_text_itself_are_no_marks(nlp: Language) -> None:
    assert annotate(written("We use ⟦M0⟧ and BERT."), nlp).relations == ()


def test_annotating_again_gives_the_same(nlp: Language) -> None:
    document = written(
        "We use BERT {a|(Devlin et al., 2019)} on the WikiHop dataset.", cited={"a": "BERT: Deep nets"}
    )
    assert annotate(document, nlp) == annotate(document, nlp)
