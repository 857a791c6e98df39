"""Verdicts on what papers use are found by any of the names, and doubted where they disagree."""

import json
from pathlib import Path

import pytest

from training.judged_uses import judged_uses

PAPER = {
    "paper": "a",
    "uses": [
        {"names": ["Adam", "Adam optimizer"], "right": True},
        {"names": ["ELMo"], "right": False},
        {"names": ["attention"], "right": None},
    ],
}


@pytest.mark.parametrize(
    ("names", "right"),
    [
        (["adam"], True),
        (["ELMo", "elmo vectors"], False),
        (["attention"], None),
        (["GloVe"], None),  # nobody has judged it
        (["Adam", "ELMo"], None),  # two verdicts
    ],
)
def test_a_verdict_is_found_by_the_names_of_a_thing(
    names: list[str], right: bool | None, tmp_path: Path
) -> None:
    path = tmp_path / "uses.jsonl"
    path.write_text(json.dumps(PAPER) + "\n", encoding="utf-8")
    assert judged_uses(path)["a"].verdict(names) is right
