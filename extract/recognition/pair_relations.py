"""The relations between the mentions of a sentence, by the pair head."""

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.recognition.model_files import Manifest
from extract.recognition.pair_head import Pair, PairHead, Related, marks
from extract.recognition.recogniser import FoundMention, FoundRelation
from records import Span

MOST_PARTNERS = 16
"""A mention is paired with so many that follow it: relations seldom reach further, lists of names do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """A sentence with its mentions: its words' vectors, (words, size), and places."""

    words: NDArray[np.float32]
    places: Sequence[Span]
    mentions: Sequence[FoundMention]


class PairRelations:
    """Says which mentions are related, of the types and in the ways that the manifest allows."""

    def __init__(self, head: PairHead, manifest: Manifest) -> None:
        self._head = head
        self._manifest = manifest

    def between(self, sentences: Sequence[Mentioned]) -> list[tuple[FoundRelation, ...]]:
        """The relations of each sentence's mentions.

        Raises ValueError for a mention that begins or ends inside a word.
        """
        asked = {number: self._asked(each) for number, each in enumerate(sentences)}
        related = {number: each for number, (each, _) in asked.items() if each.pairs}
        chances = dict(zip(related, self._head.chances(list(related.values())), strict=True))
        return [
            tuple(self._found(related[number], asked[number][1], chances[number]))
            if number in related
            else ()
            for number in range(len(sentences))
        ]

    def _asked(self, sentence: Mentioned) -> tuple[Related, list[tuple[int, int]]]:
        """The sentence's pairs, and the numbers of their mentions."""
        mentions, types = sentence.mentions, self._manifest.pair_types
        ranges = [word_range(sentence.places, mention) for mention in mentions]
        kinds = {number: types.index(each.type) for number, each in enumerate(mentions) if each.type in types}
        numbers = list(_near(mentions, list(kinds)))
        marked = [(ranges[number][0], ranges[number][1] + 1, kind) for number, kind in kinds.items()]
        pairs = [Pair(first=ranges[a], second=ranges[b], types=(kinds[a], kinds[b])) for a, b in numbers]
        known = marks(len(sentence.places), marked, types=len(types))
        return Related(words=sentence.words, marks=known, pairs=pairs), numbers

    def _found(
        self, sentence: Related, numbers: Sequence[tuple[int, int]], chances: NDArray[np.float32]
    ) -> Iterator[FoundRelation]:
        for (a, b), pair, row in zip(numbers, sentence.pairs, chances, strict=True):
            yield from self._relation(a, b, pair, row)

    def _relation(self, a: int, b: int, pair: Pair, chances: NDArray[np.float32]) -> Iterator[FoundRelation]:
        allowed = self._manifest.allowed
        best = max(
            (number for number in range(len(chances)) if (*pair.types, number) in allowed),
            key=lambda number: chances[number],
        )
        chosen = self._manifest.pair_classes[best]
        if chosen.relation:
            head, tail = (b, a) if chosen.reversed else (a, b)
            yield FoundRelation(
                head=head, tail=tail, type=chosen.relation, confidence=round(float(chances[best]), 4)
            )


def _near(mentions: Sequence[FoundMention], known: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yields the pairs that may be related, in text order."""
    ordered = sorted(known, key=lambda number: mentions[number].start)
    for place, a in enumerate(ordered):
        for b in ordered[place + 1 : place + 1 + MOST_PARTNERS]:
            if mentions[a].end <= mentions[b].start:
                yield a, b


def word_range(places: Sequence[Span], mention: FoundMention) -> tuple[int, int]:
    """The first and last word of a mention; raises ValueError where it begins or ends inside a word."""
    first = bisect.bisect_left(places, mention.start, key=lambda span: span.start)
    last = bisect.bisect_left(places, mention.end, key=lambda span: span.end)
    if last >= len(places) or (places[first].start, places[last].end) != (mention.start, mention.end):
        raise ValueError(f"the mention from {mention.start} to {mention.end} does not cover whole words")
    return first, last
