"""A name beside the noun "dataset" is a data set's, wherever else the document writes it.

A model often takes the data set that a paper brings for its method: both are what the paper is about. The
noun settles it: of SciER's training names with one of these nouns behind them 398 are data sets and 5 methods
(and 57 tasks, which are left alone).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.recognition.agreement import Name, Tagged
from extract.recognition.spans_of_tags import spans_in

NOUNS = frozenset(
    {
        "dataset",
        "datasets",
        "corpus",
        "corpora",
        "benchmark",
        "benchmarks",
        "database",
        "treebank",
        "treebanks",
    }
)
OPENING = frozenset({"(", ":"})
"""What may stand between the noun and a name behind it."""
ODDS = 10.0
"""By what the noun raises the odds of a data set: enough for a name in doubt, not for a sure one ("CNN")."""


def told_by_nouns(sentences: Sequence[Tagged], *, method: int, dataset: int) -> list[Tagged]:
    """The sentences of a document with names of methods as data sets where a noun says so somewhere.

    `method` and `dataset` are the numbers of the types; names agree already (`agreement.agreed`).
    """
    places: dict[Name, list[tuple[int, int, int]]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for start, end, kind in spans_in(sentence.tags):
            if kind == method:
                places[tuple(sentence.words[start:end])].append((number, start, end))
    found = list(sentences)
    for held in places.values():
        if any(beside_noun(sentences[number].words, start, end) for number, start, end in held):
            for number, start, end in held:
                found[number] = _as_data_set(found[number], start, end, method=method, dataset=dataset)
    return found


def beside_noun(words: Sequence[str], start: int, end: int) -> bool:
    """Whether one of the nouns stands right behind the words, or right before them."""
    if end < len(words) and words[end] in NOUNS:
        return True
    before = start - 2 if start and words[start - 1] in OPENING else start - 1
    return before >= 0 and words[before] in NOUNS


def _as_data_set(sentence: Tagged, start: int, end: int, *, method: int, dataset: int) -> Tagged:
    """The sentence with a name's probabilities as the noun makes them, and its tags if they turn."""
    chances, tags = sentence.chances.copy(), sentence.tags.copy()
    of_method, of_dataset = (slice(1 + 4 * kind, 5 + 4 * kind) for kind in (method, dataset))
    words = chances[start:end]
    if words[:, of_dataset].sum() * ODDS <= words[:, of_method].sum():
        return sentence
    words[:, of_dataset] *= ODDS
    words /= words.sum(axis=1, keepdims=True)
    tags[start:end] += np.int64(4 * (dataset - method))
    return replace(sentence, chances=chances, tags=tags)
