"""Found results are right where figure, method, data set and metric agree with gold ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gold_results import gold_tables
from benchmarks.results import FoundResult, report

ROW: dict[str, Any] = {
    "method": "bidirectional LSTM",
    "method_aliases": ["BiLSTM"],
    "dataset": "SQuAD 1.1",
    "dataset_aliases": ["SQuAD"],
    "metric": "F1",
    "value": "1,080.1",
    "best": True,
    "copied": False,
    "decided": True,
    "certain": True,
}


def found(
    method: str = "BiLSTM",
    value: float = 1080.1,
    *,
    dataset: str = "SQuAD",
    best: bool = True,
    belief: float = 0.95,
) -> FoundResult:
    return FoundResult(
        methods=(method,),
        datasets=(dataset,),
        metrics=("F-score", "F1"),
        value=value,
        best=best,
        copied=False,
        belief=belief,
        quote="BiLSTM 1,080.1",
    )


def scores(one: FoundResult, folder: Path, **changes: object) -> dict[str, Any]:
    path = folder / "gold.jsonl"
    path.write_text(json.dumps({"paper": "a", "results": [{**ROW, **changes}]}) + "\n", encoding="utf-8")
    return report(gold_tables(path), {"a": [one]}, accepted=0.7)


def test_names_agree_by_any_alias(tmp_path: Path) -> None:
    told = scores(found(), tmp_path)
    assert (told["precision"], told["recall"]) == (1.0, {"decided": 1.0, "all": 1.0})
    assert (told["best_right"], told["wrong"], told["missing"]) == (1.0, [], [])


@pytest.mark.parametrize(
    "one", [found(value=80.1), found(method="GloVe"), found(dataset="GLUE"), found(belief=0.6)]
)
def test_what_differs_in_any_part_is_wrong_and_leaves_the_gold_missing(
    one: FoundResult, tmp_path: Path
) -> None:
    told = scores(one, tmp_path)
    assert told["recall"] == {"decided": 0.0, "all": 0.0}
    assert len(told["wrong"]) == (one.belief >= 0.7)
    assert [each["method"] for each in told["missing"]] == ["bidirectional LSTM"]


def test_uncertain_gold_counts_neither_way(tmp_path: Path) -> None:
    told = scores(found(), tmp_path, certain=False)
    assert (told["found"], told["wrong"], told["expected"]) == (1, [], {"decided": 0, "all": 0})


def test_undecided_gold_counts_in_all_only(tmp_path: Path) -> None:
    told = scores(found(best=False), tmp_path, decided=False)
    assert told["expected"] == {"decided": 0, "all": 1}
    assert (told["recall"]["all"], told["best_right"]) == (1.0, 0.0)


def test_a_line_that_is_no_gold_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"paper": "a", "results": [{"method": "x"}]}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        gold_tables(path)
