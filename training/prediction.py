"""What networks say of sentences: tags of words, spans, and classes of pairs."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from extract.recognition.agreement import Tagged, agreed, tagged
from extract.recognition.pair_head import marks
from extract.recognition.spans_of_tags import transitions
from training.batches import inputs
from training.examples import Example, batches
from training.heads import HEADS, MENTION_TYPES, PAIR_CLASSES
from training.network import Recogniser
from training.pairs import span_pairs
from training.sentences import LabelledSentence

BATCH_PIECES = 6000
Spans = tuple[tuple[int, int, int], ...]
Prediction = tuple[LabelledSentence, dict[str, NDArray[np.float32]], list[Tensor], int]


def predicted(
    models: Sequence[Recogniser], examples: Sequence[Example], *, pad: int, heads: Sequence[str]
) -> Iterator[Prediction]:
    """Yields each sentence, its heads' mean probabilities, its window's vectors by model, its first word."""
    for group in batches(examples, pieces=BATCH_PIECES, rng=None):
        batch = inputs(group, [], [], [], pad=pad)
        with torch.inference_mode():
            words = [model.encode(batch.to(model.device)) for model in models]
            scores = {head: mean_chances(models, words, head) for head in heads}
        for number, example in enumerate(group):
            vectors = [each[number] for each in words]
            for sentence, _, start, end in example.placed():
                chances = {head: rows[number, start:end] for head, rows in scores.items()}
                yield sentence, chances, vectors, start


def mean_chances(models: Sequence[Recogniser], words: Sequence[Tensor], head: str) -> NDArray[np.float32]:
    """The mean probabilities of a head's tags, (windows, words, tags)."""
    each = [model.tag_scores(vectors, head).exp() for model, vectors in zip(models, words, strict=True)]
    mean: NDArray[np.float32] = torch.stack(each).mean(0).cpu().numpy()
    return mean


def agreed_tags(
    sentences: Sequence[LabelledSentence], chances: Sequence[NDArray[Any]], head: str
) -> list[Tagged]:
    """A head's tags of the sentences, names agreeing within each document."""
    allowed = transitions(len(HEADS[head]))
    each = tagged([[word.casefold() for word in one.words] for one in sentences], chances, allowed)
    found: list[Tagged] = []
    for _, group in groupby(zip(sentences, each, strict=True), key=lambda pair: pair[0].document):
        found += agreed([one for _, one in group], allowed)
    return found


def pair_chances(
    models: Sequence[Recogniser], vectors: Sequence[Tensor], spans: Spans, bounds: tuple[int, int]
) -> NDArray[np.float32]:
    """Mean probabilities of the classes of the pairs of spans; bounds are the sentence's words."""
    start, end = bounds
    rows = [(0, *(place + start for place in row[:4]), *row[4:]) for row in span_pairs(spans)]
    if not rows:
        return np.zeros((0, len(PAIR_CLASSES)), dtype=np.float32)
    marked = np.zeros((1, len(vectors[0])), dtype=np.int64)
    marked[0, start:end] = marks(end - start, spans, types=len(MENTION_TYPES))
    with torch.inference_mode():
        each = [
            model.pairs(
                words[None],
                torch.tensor(rows, device=words.device),
                torch.tensor([[start, end]], device=words.device).expand(len(rows), 2),
                torch.from_numpy(marked).to(words.device),
            ).exp()
            for model, words in zip(models, vectors, strict=True)
        ]
    mean: NDArray[np.float32] = torch.stack(each).mean(0).cpu().numpy()
    return mean
