"""A noun beside a name tells a data set from a method, across a document and against the model's leaning."""

from collections.abc import Mapping

import numpy as np
import pytest

from extract.recognition.agreement import Tagged, tagged
from extract.recognition.data_nouns import told_by_nouns
from extract.recognition.spans_of_tags import spans_in, tag_ids, transitions

METHOD, DATASET, TASK = range(3)
ALLOWED = transitions(3)


def sentence(text: str, span: tuple[int, int], kinds: Mapping[int, float]) -> Tagged:
    """A sentence with one name, to which the model gives types with these chances."""
    words = text.split()
    chances = np.zeros((len(words), len(ALLOWED)), dtype=np.float32)
    chances[:, 0] = 1.0
    start, end = span
    chances[start:end, 0] = 1 - sum(kinds.values())
    for kind, chance in kinds.items():
        tags = tag_ids(end - start, [(0, end - start, kind)])
        chances[np.arange(start, end), tags] = chance
    return tagged([words], [chances], ALLOWED)[0]


def kinds(sentences: list[Tagged]) -> list[int]:
    told = told_by_nouns(sentences, method=METHOD, dataset=DATASET)
    return [kind for each in told for _, _, kind in spans_in(each.tags)]


IN_DOUBT = {METHOD: 0.6, DATASET: 0.3}


@pytest.mark.parametrize(
    "text",
    [
        "few shot dataset",
        "dataset few shot",
        "dataset ( few shot )",
        "benchmark : few shot",
        "few shot corpora",
    ],
)
def test_a_noun_beside_a_name_in_doubt_makes_it_a_data_set_everywhere(text: str) -> None:
    place = text.split().index("few")
    named = sentence(text, (place, place + 2), IN_DOUBT)
    elsewhere = sentence("results on few shot follow", (2, 4), IN_DOUBT)
    assert kinds([elsewhere]) == [METHOD]
    assert kinds([elsewhere, named]) == [DATASET, DATASET]


def test_the_confidence_is_that_of_the_odds() -> None:
    told = told_by_nouns(
        [sentence("cora dataset", (0, 1), {METHOD: 0.5, DATASET: 0.4})], method=METHOD, dataset=DATASET
    )
    assert told[0].chances[0].max() == pytest.approx(4.0 / (0.1 + 0.5 + 4.0))
    assert told[0].chances.sum(axis=1) == pytest.approx(np.ones(2))


@pytest.mark.parametrize(
    ("text", "chances"),
    [
        ("bert dataset", {METHOD: 0.97, DATASET: 0.01}),
        ("summaries dataset", {TASK: 0.6, DATASET: 0.3}),
        ("bert , dataset", IN_DOUBT),
        ("bert model", IN_DOUBT),
    ],
    ids=["sure", "task", "apart", "no noun"],
)
def test_other_names_stay_as_they_are(text: str, chances: dict[int, float]) -> None:
    given = sentence(text, (0, 1), chances)
    assert told_by_nouns([given], method=METHOD, dataset=DATASET) == [given]
