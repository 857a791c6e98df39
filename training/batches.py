"""Sentences as the tensors that the network learns from."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from extract.recognition.spans_of_tags import tag_ids
from extract.recognition.wordpieces import Window, WordPieces, packed
from extract.recognition.words import NO_SHAPE
from training.heads import HEADS, MENTION_TYPES, TEACHES, pair_class
from training.network import Batch
from training.sentences import LabelledSentence

BUCKET = 32
UNKNOWN = -100
LONGEST = 500
"""The label of what a loss leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soft:
    """A teacher's probabilities for a sentence: of each head's tags, and of the classes of pairs of mentions."""

    tags: dict[str, NDArray[np.float16]]
    spans: tuple[tuple[int, int, int], ...] = ()
    pairs: NDArray[np.float16] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A window, its sentences, and for each of them the teacher's word if there is one."""

    window: Window
    sentences: tuple[LabelledSentence, ...]
    soft: tuple[Soft | None, ...] = ()


@dataclass(slots=True, kw_only=True)
class Labelled:
    """A batch and its labels: `tags` by head, (windows, words); `classes`, (pairs,); soft ones beside them."""

    batch: Batch
    tags: dict[str, Tensor] = field(default_factory=dict)
    classes: Tensor
    soft_tags: dict[str, Tensor] = field(default_factory=dict)
    soft_classes: Tensor | None = None


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
            raise ValueError(
                f"{document[0].document} has a sentence of {max(sizes)} pieces, at most {LONGEST} fit"
            )
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
    """Yields batches of windows of like length, of at most `pieces` with padding; in random order if `rng`."""
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


def padded(rows: Sequence[Sequence[int]], value: int, length: int | None = None) -> Tensor:
    """Rows as one tensor, filled up with a value."""
    width = length or max(len(row) for row in rows)
    out = np.full((len(rows), width), value, dtype=np.int64)
    for number, row in enumerate(rows):
        out[number, : len(row)] = row
    return torch.from_numpy(out)


def inputs(
    examples: Sequence[Example], pairs: Sequence[Sequence[int]], bounds: Sequence[Sequence[int]], pad: int
) -> Batch:
    """The network's input for the windows."""
    longest = max(map(padded_length, examples))
    pieces = padded([each.window.pieces for each in examples], pad, longest)
    width = pieces.shape[1]
    return Batch(
        pieces=pieces,
        shapes=padded([each.window.shapes for each in examples], NO_SHAPE, width),
        mask=padded([[1] * len(each.window.pieces) for each in examples], 0, width),
        first_pieces=padded([each.window.first_pieces for each in examples], 0),
        pairs=torch.tensor(pairs, dtype=torch.long).view(-1, 7),
        sentences=torch.tensor(bounds, dtype=torch.long).view(-1, 2),
    )


def labelled(examples: Sequence[Example], *, pad: int, relations: bool = True) -> Labelled:
    """The batch of the windows with all labels that their corpora give."""
    rows: dict[str, list[NDArray[np.int64]]] = defaultdict(list)
    pairs, bounds, classes = [], [], []
    soft_rows = []
    width = max(len(each.window.first_pieces) for each in examples)
    for number, example in enumerate(examples):
        tags = {head: np.full(width, UNKNOWN, dtype=np.int64) for head in HEADS}
        start = 0
        for sentence, soft, end in zip(
            example.sentences, example.soft, example.window.sentence_ends, strict=True
        ):
            if soft is None:
                for head, renamed in TEACHES.get(sentence.corpus, ()):
                    types = HEADS[head]
                    marked = [
                        (span.start, span.end, types.index(renamed[span.type]))
                        for span in sentence.spans
                        if span.type in renamed
                    ]
                    tags[head][start:end] = tag_ids(end - start, marked)
            if relations and soft is None and sentence.corpus == "scier":
                for row, label in gold_pairs(sentence):
                    pairs.append((number, *(place + start for place in row[:4]), *row[4:]))
                    bounds.append((start, end))
                    classes.append(label)
                    soft_rows.append(None)
            elif relations and soft is not None and soft.pairs is not None:
                for row, chances in zip(span_pairs(soft.spans), soft.pairs, strict=True):
                    pairs.append((number, *(place + start for place in row[:4]), *row[4:]))
                    bounds.append((start, end))
                    classes.append(UNKNOWN)
                    soft_rows.append(chances)
            start = end
        for head in HEADS:
            rows[head].append(tags[head])
    return Labelled(
        batch=inputs(examples, pairs, bounds, pad),
        tags={
            head: torch.from_numpy(np.stack(values))
            for head, values in rows.items()
            if any((value != UNKNOWN).any() for value in values)
        },
        classes=torch.tensor(classes, dtype=torch.long),
        soft_tags=soft_tags(examples, width),
        soft_classes=soft_classes(soft_rows),
    )


def soft_tags(examples: Sequence[Example], width: int) -> dict[str, Tensor]:
    """The teacher's probabilities by head, (windows, words, tags); all zero where there are none."""
    heads = {head for each in examples for soft in each.soft if soft for head in soft.tags}
    made = {}
    for head in sorted(heads):
        out = np.zeros((len(examples), width, 1 + 4 * len(HEADS[head])), dtype=np.float32)
        for number, example in enumerate(examples):
            start = 0
            for soft, end in zip(example.soft, example.window.sentence_ends, strict=True):
                if soft and head in soft.tags:
                    out[number, start:end] = soft.tags[head]
                start = end
        made[head] = torch.from_numpy(out)
    return made


def soft_classes(rows: Sequence[NDArray[np.float16] | None]) -> Tensor | None:
    """The teacher's probabilities of the pairs; all zero for pairs without."""
    known = [row for row in rows if row is not None]
    if not known:
        return None
    nothing = np.zeros_like(known[0])
    return torch.from_numpy(np.stack([nothing if row is None else row for row in rows]).astype(np.float32))


def span_pairs(spans: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, ...]]:
    """Yields the pairs of spans in text order: first and last word of either, and their types' numbers."""
    for (start, end, kind), (start2, end2, kind2) in combinations(sorted(spans), 2):
        yield start, end - 1, start2, end2 - 1, kind, kind2


def gold_pairs(sentence: LabelledSentence) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yields the pairs of a sentence's spans with their classes."""
    order = sorted(range(len(sentence.spans)), key=lambda number: sentence.spans[number].start)
    known = {}
    for relation in sentence.relations:
        first, second = sorted((relation.head, relation.tail), key=order.index)
        known[first, second] = pair_class(relation.type, is_reversed=relation.head != first)
    open_pairs = {frozenset(pair) for pair in sentence.uncertain}
    for first, second in combinations(order, 2):
        label = known.get((first, second))
        if label is None:
            label = UNKNOWN if frozenset((first, second)) in open_pairs else 0
        one, two = sentence.spans[first], sentence.spans[second]
        kinds = (MENTION_TYPES.index(one.type), MENTION_TYPES.index(two.type))
        yield (one.start, one.end - 1, two.start, two.end - 1, *kinds), label
