"""Precision, recall and F1 over exact matches."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

Scores = dict[str, float | int]


@dataclass(slots=True)
class Tally:
    """How many things were right, predicted and expected."""

    right: int = 0
    predicted: int = 0
    expected: int = 0

    def add(self, predicted: Iterable[Hashable], expected: Iterable[Hashable]) -> None:
        """Counts the matches of two collections in which each element matches at most once."""
        ours, theirs = Counter(predicted), Counter(expected)
        self.right += (ours & theirs).total()
        self.predicted += ours.total()
        self.expected += theirs.total()

    def include(self, other: "Tally") -> None:
        """Adds another tally's counts."""
        self.right += other.right
        self.predicted += other.predicted
        self.expected += other.expected

    def scores(self) -> Scores:
        """Precision, recall and F1 in [0, 1], 0 where nothing is to divide by, and how many were expected."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.right / self.expected if self.expected else 0.0
        both = precision + recall
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / both, 4) if both else 0.0,
            "expected": self.expected,
        }
