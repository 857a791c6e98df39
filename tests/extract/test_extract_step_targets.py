"""What steps are applied to."""

import pytest
from spacy.language import Language
from written import written

from extract.pipeline import annotate
from records import Predicate


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("We lowercased all words.", "all words"),
        ("All sentences were tokenized.", "All sentences"),
        ("The training data is then tokenized.", "The training data"),
        ("We applied BPE to the SQuAD dataset.", "the SQuAD dataset"),
        ("We used tokenization on SQuAD.", "SQuAD"),
        ("We applied BPE.", ""),
        ("We lowercased and counted.", ""),
    ],
)
def test_a_sentence_may_say_what_its_step_is_done_to(text: str, target: str, nlp: Language) -> None:
    annotations = annotate(written(text), nlp)
    said = [*annotations.relations, *annotations.candidates]
    found = {one.applied_to for one in said if one.predicate is Predicate.APPLIES_STEP}
    assert found == {target}
