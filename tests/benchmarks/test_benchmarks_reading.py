import json
from pathlib import Path

from benchmarks.reading import report, with_gold

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PAPER = "span-relay"


def test_what_the_gold_lacks_is_null_and_left_out_of_the_means(tmp_path: Path) -> None:
    (tmp_path / f"{PAPER}.json").write_text(json.dumps({"headings": ["Introduction"], "references": None}))
    found = report(list(with_gold([SAMPLES], [tmp_path])))
    (row,) = found["papers"]
    assert row["paper"] == PAPER
    assert row["word"] is row["char"] is row["order"] is row["reference_f1"] is None
    assert 0.0 < float(row["heading_f1"] or 0.0) < 1.0, "only one of its headings is given"
    assert float(row["pages_per_cpu_second"] or 0.0) > 0.0
    assert found["mean"] == {key: value for key, value in row.items() if key != "paper"}
