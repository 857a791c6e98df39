"""How often the polarity of a statement is recognised.

Labels: benchmarks/gold/polarity-*.jsonl; rules are tuned on `dev`, `heldout` holds other documents.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from benchmarks.span_scores import Tally
from extract.polarity import polarity_of
from records import Polarity

GOLD = Path(__file__).parent / "gold"


def scores(rows: Iterable[tuple[Polarity, Polarity]]) -> dict[str, object]:
    """Accuracy, and precision, recall and F1 of each polarity, of pairs (predicted, expected)."""
    pairs = list(rows)
    tallies = {polarity: Tally() for polarity in Polarity}
    for predicted, expected in pairs:
        for polarity, tally in tallies.items():
            tally.add([1] * (predicted is polarity), [1] * (expected is polarity))
    right = sum(predicted is expected for predicted, expected in pairs)
    return {
        "statements": len(pairs),
        "accuracy": round(right / len(pairs), 4) if pairs else 0.0,
    } | {polarity.value: tally.scores() for polarity, tally in tallies.items()}


def judged(path: Path) -> Iterable[tuple[Polarity, Polarity]]:
    """Yields the recognised and the labelled polarity of each line of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield polarity_of(row["sentence"], row["start"], row["end"]), Polarity(row["polarity"])


def main() -> None:
    """Prints the scores on both halves, or on the files given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(GOLD.glob("polarity-*.jsonl")))
    files: list[Path] = parser.parse_args().files
    print(json.dumps({path.stem.removeprefix("polarity-"): scores(judged(path)) for path in files}, indent=2))


if __name__ == "__main__":
    main()
