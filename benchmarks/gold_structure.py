"""Headings and bibliography entries of a document against those of the gold."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from benchmarks.gold_text import unified
from records import Document, Reference

ALIKE = 0.88
_WORD = re.compile(r"[^\W_]+")
_UNCOUNTED = frozenset({"abstract", "references", "bibliography", "acknowledgments", "acknowledgements"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchScore:
    """How many of one list are matched one to one with another, as shares of both in [0, 1]."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def heading_score(document: Document, gold: Sequence[str]) -> MatchScore:
    """The section titles, numbers left out; what every paper has around its text is not counted."""
    titles = [plain(section.title) for section in document.sections if section.heading]
    return _score(_counted(titles), _counted([plain(title) for title in gold]), _similarity)


def _counted(titles: Sequence[str]) -> list[str]:
    return [title for title in titles if title and title not in _UNCOUNTED]


def reference_score(document: Document, gold: Sequence[str]) -> MatchScore:
    """The bibliography's entries; a gold entry that is a title alone has to be found within ours."""
    entries = [plain(_entry(document, reference)) for reference in document.references]
    return _score(entries, [plain(entry) for entry in gold], _entry_similarity)


def _entry(document: Document, reference: Reference) -> str:
    return document.text[reference.span.start : reference.span.end]


def plain(text: str) -> str:
    """The words in lower case, without punctuation."""
    return " ".join(_WORD.findall(unified(text).casefold()))


def _similarity(one: str, other: str) -> float:
    return fuzz.ratio(one, other) / 100


def _entry_similarity(ours: str, gold: str) -> float:
    whole = _similarity(ours, gold)
    if whole >= ALIKE or len(gold) > 0.8 * len(ours):
        return whole
    return fuzz.partial_ratio(gold, ours) / 100


def _score(ours: Sequence[str], gold: Sequence[str], similarity: Callable[[str, str], float]) -> MatchScore:
    """Pairs the most alike first, each at most once."""
    pairs = sorted(
        (
            (value, index, place)
            for index, one in enumerate(ours)
            for place, other in enumerate(gold)
            if (value := similarity(one, other)) >= ALIKE
        ),
        reverse=True,
    )
    used: set[int] = set()
    matched: set[int] = set()
    for _, index, place in pairs:
        if index not in used and place not in matched:
            used.add(index)
            matched.add(place)
    return MatchScore(
        precision=len(used) / len(ours) if ours else 0.0, recall=len(matched) / len(gold) if gold else 0.0
    )
