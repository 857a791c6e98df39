"""Windows of labelled sentences, which the network learns from, and batches of them."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from extract.recognition.wordpieces import Window, WordPieces, packed
from training.sentences import LabelledSentence

BUCKET = 32
LONGEST = 500
"""Word pieces of a sentence that the encoders have places for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soft:
    """A teacher's probabilities for a sentence: of each head's tags, and of the classes of span pairs."""

    tags: Mapping[str, NDArray[np.float16]]
    spans: tuple[tuple[int, int, int], ...] = ()
    pairs: NDArray[np.float16] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A window, its sentences, and for each of them the teacher's word if there is one."""

    window: Window
    sentences: tuple[LabelledSentence, ...]
    soft: tuple[Soft | None, ...] = ()

    def placed(self) -> Iterator[tuple[LabelledSentence, Soft | None, int, int]]:
        """Yields each sentence, the teacher's word, and its first word and end in the window."""
        start = 0
        for sentence, soft, end in zip(self.sentences, self.soft, self.window.sentence_ends, strict=True):
            yield sentence, soft, start, end
            start = end


def windows(
    sentences: Iterable[LabelledSentence],
    pieces: WordPieces,
    *,
    most: int,
    soft: Sequence[Soft] | None = None,
    alone: bool = False,
) -> Iterator[Example]:
    """Yields windows of the sentences of each document; of one sentence each if `alone`."""
    offset = 0
    for _, group in groupby(sentences, key=lambda each: each.document):
        document = list(group)
        sizes = [pieces.count(each.words) for each in document]
        if max(sizes) > LONGEST:
            name = document[0].document
            raise ValueError(f"{name} has a sentence of {max(sizes)} pieces, at most {LONGEST} fit")
        ranges = [range(i, i + 1) for i in range(len(document))] if alone else packed(sizes, most=most)
        for numbers in ranges:
            chosen = tuple(document[number] for number in numbers)
            yield Example(
                window=pieces.window([each.words for each in chosen]),
                sentences=chosen,
                soft=tuple(soft[offset + number] for number in numbers) if soft else (None,) * len(chosen),
            )
        offset += len(document)


def batches(
    examples: Sequence[Example], *, pieces: int, rng: random.Random | None
) -> Iterator[list[Example]]:
    """Yields batches of windows of like length, at most `pieces` with padding; in random order if `rng`."""
    by_length = defaultdict(list)
    for example in examples:
        by_length[padded_length(example)].append(example)
    made = []
    for length, items in sorted(by_length.items()):
        count = max(1, pieces // length)
        if rng:
            rng.shuffle(items)
        made += [items[start : start + count] for start in range(0, len(items), count)]
    if rng:
        rng.shuffle(made)
    yield from made


def padded_length(example: Example) -> int:
    """The length that a window is padded to: few lengths, because kernels are made anew for each."""
    return -(-len(example.window.pieces) // BUCKET) * BUCKET
