"""How far a fact may be believed, from the independent sources that affirm it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from records import normalised_title
from records.papers import surname_of

NOT_NAMES = frozenset({"etal", "al", "others"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A paper that affirms a fact: its id, its authors as printed, and the confidence of one quote."""

    paper_id: str
    authors: tuple[str, ...]
    confidence: float


def belief(sources: Sequence[Source]) -> float:
    """The probability that at least one independent source is right (noisy-or), in [0, 1].

    Independent are papers that share no author, directly or through others; of each such group only the
    best quote counts, so that repeats in a paper, a preprint, and a group's own follow-ups add nothing.
    """
    best: dict[int, float] = {}
    for group, source in zip(_groups(sources), sources, strict=True):
        best[group] = max(best.get(group, 0.0), min(max(source.confidence, 0.0), 1.0))
    # Sorted, so that the last bit does not depend on the order of the sources.
    return 1.0 - math.prod(1.0 - confidence for confidence in sorted(best.values()))


def author_key(author: str) -> str:
    """Surname and first initial, normalised: "R. Sennrich", "Sennrich, Rico" and "Rico Sennrich" agree.

    Empty for what is no name ("et al."). Two people may share a key: counting them once believes too
    little, never too much.
    """
    before, comma, after = author.partition(",")
    surname = surname_of(before)  # the last word, so that "van der Maaten, L." is "Laurens van der Maaten"
    if not surname or surname in NOT_NAMES or normalised_title(author) in NOT_NAMES:
        return ""
    given = after if comma else " ".join(before.split()[:-1])
    return f"{surname} {normalised_title(given)[:1]}".rstrip()


def _groups(sources: Sequence[Source]) -> Iterable[int]:
    """For each source the number of its group: union-find over papers and authors."""
    parent = list(range(len(sources)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first_with: dict[tuple[str, str], int] = {}
    for index, source in enumerate(sources):
        names = {name for author in source.authors if (name := author_key(author))}
        for key in [("paper", source.paper_id), *(("author", name) for name in names)]:
            parent[root(index)] = root(first_with.setdefault(key, index))
    return [root(index) for index in range(len(sources))]
