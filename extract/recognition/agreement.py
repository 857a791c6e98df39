"""A name means the same wherever it stands in a document.

What a sentence leaves open another one settles: of a name that was found anywhere, every occurrence gets the
mean of what the model says of all of them (after the label consistency of Finkel, Grenager and Manning, 2005,
which is enforced there by sampling). A longer name takes the place of shorter ones inside it, not of names
that stick out.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.recognition.spans_of_tags import best_tags, spans_in

LONGEST_NAME = 16
"""Words; what is longer is hardly written twice."""
LEAST_CHANCE = 1e-9

Chances = NDArray[np.floating[Any]]
Name = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A sentence: its words, folded, the probabilities of tags, (words, tags), and the best tags."""

    words: Sequence[str]
    chances: Chances
    tags: NDArray[np.int64]

    def spans(self) -> list[tuple[int, int]]:
        """Start and end of the names, in order."""
        return [(start, end) for start, end, _ in spans_in(self.tags)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    sentence: int
    start: int
    end: int


def tagged(
    sentences: Sequence[Sequence[str]], chances: Sequence[Chances], allowed: NDArray[np.float32]
) -> list[Tagged]:
    """The sentences, given as words, with the best sequences of tags; `allowed` as in `best_tags`."""
    logs = [np.log(np.maximum(each, LEAST_CHANCE)).astype(np.float32) for each in chances]
    return [
        Tagged(words=words, chances=each, tags=tags)
        for words, each, tags in zip(sentences, chances, best_tags(logs, allowed), strict=True)
    ]


def agreed(sentences: Sequence[Tagged], allowed: NDArray[np.float32]) -> list[Tagged]:
    """The sentences of a document with the mean probabilities for its repeated names."""
    places = _occurrences(sentences)
    changed: dict[int, Chances] = {}
    for name in sorted(places, key=lambda name: (len(name), name)):
        if len(places[name]) > 1:
            rows = [sentences[each.sentence].chances[each.start : each.end] for each in places[name]]
            mean = np.mean(rows, axis=0)
            for each in places[name]:
                if each.sentence not in changed:
                    changed[each.sentence] = sentences[each.sentence].chances.copy()
                changed[each.sentence][each.start : each.end] = mean
    again = tagged([sentences[number].words for number in changed], list(changed.values()), allowed)
    found = dict(zip(changed, again, strict=True))
    return [found.get(number, each) for number, each in enumerate(sentences)]


def _occurrences(sentences: Sequence[Tagged]) -> Mapping[Name, list[_Place]]:
    """Where the names that were found anywhere stand, found or not."""
    spans = [sentence.spans() for sentence in sentences]
    names = {
        tuple(sentence.words[start:end])
        for sentence, found in zip(sentences, spans, strict=True)
        for start, end in found
        if end - start <= LONGEST_NAME
    }
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[0]].add(len(name))
    places: dict[Name, list[_Place]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for start, end in _candidates(sentence.words, lengths):
            name = tuple(sentence.words[start:end])
            if name in names and _holds_whole(start, end, spans[number]):
                places[name].append(_Place(sentence=number, start=start, end=end))
    return places


def _candidates(words: Sequence[str], lengths: Mapping[str, set[int]]) -> Iterator[tuple[int, int]]:
    for start, word in enumerate(words):
        for length in lengths.get(word, ()):
            if start + length <= len(words):
                yield start, start + length


def _holds_whole(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether none of the spans, which are in order and apart, sticks out of the words."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    after = bisect_left(spans, end, key=lambda span: span[0])
    return first >= after or (spans[first][0] >= start and spans[after - 1][1] <= end)
