"""Where the words of known sentences stand in a text that was read from a PDF."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

RUN = 3
MOST_PLACES = 30
"""A run of words that stands in more places says nothing of where a sentence is."""

SLACK = 12
LEAST_SHARE = 0.5


class ReadWords:
    """The words of a text in reading order, asked for sentences; letters' case does not count."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = [word.casefold() for word in words]
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, run in enumerate(_runs(self._words)):
            self._places[run].append(place)

    def places(self, sentence: Sequence[str], *, after: int = 0) -> list[int | None]:
        """The place of each of a sentence's words, None for those that are missing; all None if most are.

        The sentence is looked for where most of its runs of three words stand in their order, citations and
        line ends between them aside, and of several such places in the first one that is not before `after`;
        inside that window, words are paired by their longest common runs.
        """
        wanted = [word.casefold() for word in sentence]
        found: list[int | None] = [None] * len(wanted)
        start = self._likely_start(wanted, after // SLACK)
        if start is None:
            return found
        low = max(0, start - SLACK)
        window = self._words[low : start + 2 * len(wanted) + 3 * SLACK]
        for block in SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks():
            for step in range(block.size):
                found[block.a + step] = low + block.b + step
        missing = found.count(None)
        return found if missing <= (1 - LEAST_SHARE) * len(found) else [None] * len(wanted)

    def _likely_start(self, wanted: Sequence[str], after: int) -> int | None:
        votes: Counter[int] = Counter()
        for offset, run in enumerate(_runs(wanted)):
            places = self._places.get(run, ())
            if len(places) <= MOST_PLACES:
                votes.update({(place - offset) // SLACK for place in places})
        if not votes:
            return None
        best = max(votes, key=lambda bucket: (votes[bucket] + votes[bucket + 1], bucket >= after, -bucket))
        return max(0, best * SLACK)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
