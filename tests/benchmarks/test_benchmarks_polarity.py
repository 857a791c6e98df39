"""The labelled polarities, and how predictions are scored against them."""

import json

from benchmarks.polarity import GOLD, scores
from records import Polarity

AFFIRMED, NEGATED = Polarity.AFFIRMED, Polarity.NEGATED


def test_names_lie_in_their_sentences_and_no_document_is_on_both_sides() -> None:
    rows = {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in GOLD.glob("polarity-*.jsonl")
    }
    for row in (row for side in rows.values() for row in side):
        name = row["sentence"][row["start"] : row["end"]]
        assert name
        assert name == name.strip()
        assert Polarity(row["polarity"])
    dev, heldout = ({row["source"] for row in side} for side in rows.values())
    assert not dev & heldout


def test_each_polarity_has_its_own_scores() -> None:
    scored = scores([(AFFIRMED, AFFIRMED), (NEGATED, AFFIRMED), (NEGATED, NEGATED), (AFFIRMED, AFFIRMED)])
    assert scored["accuracy"] == 0.75
    assert scored["negated"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "expected": 1}
