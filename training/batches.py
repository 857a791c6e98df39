"""Windows as the tensors that the network reads, and their labels as those that it learns from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from extract.recognition.pair_head import marks
from extract.recognition.spans_of_tags import tag_ids
from extract.recognition.words import NO_SHAPE
from training.examples import Example, Soft, padded_length
from training.heads import HEADS, MENTION_TYPES, TEACHES
from training.network import Batch
from training.pairs import UNKNOWN, PairRow, gold_pairs, span_pairs
from training.sentences import LabelledSentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A batch and its labels: `tags` by head, (windows, words), and `classes`, (pairs,); soft ones beside."""

    batch: Batch
    tags: dict[str, Tensor]
    classes: Tensor
    soft_tags: dict[str, Tensor]
    soft_classes: Tensor | None

    def to(self, device: torch.device) -> "Labelled":
        """The same on a device."""
        return Labelled(
            batch=self.batch.to(device),
            tags={head: tags.to(device) for head, tags in self.tags.items()},
            classes=self.classes.to(device),
            soft_tags={head: chances.to(device) for head, chances in self.soft_tags.items()},
            soft_classes=None if self.soft_classes is None else self.soft_classes.to(device),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPair:
    """A pair of mentions in a batch; `row` and `bounds` as in `Batch.pairs` and `Batch.sentences`."""

    row: tuple[int, ...]
    bounds: tuple[int, int]
    label: int
    chances: NDArray[np.float16] | None = None


def padded(rows: Sequence[Sequence[int]], value: int, length: int | None = None) -> Tensor:
    """Rows as one tensor, filled up with a value."""
    width = length or max(len(row) for row in rows)
    out = np.full((len(rows), width), value, dtype=np.int64)
    for number, row in enumerate(rows):
        out[number, : len(row)] = row
    return torch.from_numpy(out)


def inputs(
    examples: Sequence[Example],
    pairs: Sequence[Sequence[int]],
    bounds: Sequence[Sequence[int]],
    marked: Sequence[Sequence[int]],
    *,
    pad: int,
) -> Batch:
    """The network's input for the windows, the pairs that it is asked about, and the mentions' marks."""
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
        marks=padded(marked, 0) if marked else torch.zeros(0, 0, dtype=torch.long),
    )


def labelled(examples: Sequence[Example], *, pad: int) -> Labelled:
    """The batch of the windows with all labels that their corpora and teachers give."""
    width = max(len(each.window.first_pieces) for each in examples)
    pairs = [pair for number, example in enumerate(examples) for pair in labelled_pairs(example, number)]
    return Labelled(
        batch=inputs(
            examples,
            [pair.row for pair in pairs],
            [pair.bounds for pair in pairs],
            [known_marks(example) for example in examples],
            pad=pad,
        ),
        tags=gold_tags(examples, width),
        classes=torch.tensor([pair.label for pair in pairs], dtype=torch.long),
        soft_tags=soft_tags(examples, width),
        soft_classes=soft_classes([pair.chances for pair in pairs]),
    )


def gold_tags(examples: Sequence[Example], width: int) -> dict[str, Tensor]:
    """The tags by head, (windows, words), of the heads that learn something from the windows."""
    made = {head: np.full((len(examples), width), UNKNOWN, dtype=np.int64) for head in HEADS}
    for number, example in enumerate(examples):
        for sentence, soft, start, end in example.placed():
            if soft is None:
                for head, tags in sentence_tags(sentence):
                    made[head][number, start:end] = tags
    return {head: torch.from_numpy(tags) for head, tags in made.items() if (tags != UNKNOWN).any()}


def sentence_tags(sentence: LabelledSentence) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """Yields the heads that learn from the sentence's corpus, with its words' tags."""
    for head, renamed in TEACHES.get(sentence.corpus, ()):
        types = HEADS[head]
        marked = [
            (span.start, span.end, types.index(renamed[span.type]))
            for span in sentence.spans
            if span.type in renamed
        ]
        yield head, tag_ids(len(sentence.words), marked)


def labelled_pairs(example: Example, number: int) -> Iterator[LabelledPair]:
    """Yields the pairs of the batch's `number`th window with the corpus's class or the teacher's chances."""
    for sentence, soft, start, end in example.placed():
        for row, label, chances in sentence_pairs(sentence, soft):
            places = (number, *(place + start for place in row[:4]), *row[4:])
            yield LabelledPair(row=places, bounds=(start, end), label=label, chances=chances)


def known_marks(example: Example) -> list[int]:
    """The marks of the mentions of a window that its corpus or the teacher knows, word by word."""
    found: list[int] = []
    for sentence, soft, start, end in example.placed():
        spans: Sequence[tuple[int, int, int]] = soft.spans if soft else ()
        if soft is None and sentence.corpus == "scier":
            spans = [(each.start, each.end, MENTION_TYPES.index(each.type)) for each in sentence.spans]
        found += marks(end - start, spans, types=len(MENTION_TYPES)).tolist()
    return found


def sentence_pairs(
    sentence: LabelledSentence, soft: Soft | None
) -> Iterator[tuple[PairRow, int, NDArray[np.float16] | None]]:
    """Yields the pairs of a sentence whose class somebody knows: SciER or a teacher."""
    if soft is None and sentence.corpus == "scier":
        for row, label in gold_pairs(sentence):
            yield row, label, None
    elif soft is not None and soft.pairs is not None:
        for row, chances in zip(span_pairs(soft.spans), soft.pairs, strict=True):
            yield row, UNKNOWN, chances


def soft_tags(examples: Sequence[Example], width: int) -> dict[str, Tensor]:
    """The teacher's probabilities by head, (windows, words, tags); all zero where there are none."""
    heads = {head for each in examples for soft in each.soft if soft for head in soft.tags}
    made = {}
    for head in sorted(heads):
        out = np.zeros((len(examples), width, 1 + 4 * len(HEADS[head])), dtype=np.float32)
        for number, example in enumerate(examples):
            for _, soft, start, end in example.placed():
                if soft and head in soft.tags:
                    out[number, start:end] = soft.tags[head]
        made[head] = torch.from_numpy(out)
    return made


def soft_classes(rows: Sequence[NDArray[np.float16] | None]) -> Tensor | None:
    """The teacher's probabilities of the pairs; all zero for pairs without."""
    known = [row for row in rows if row is not None]
    if not known:
        return None
    nothing = np.zeros_like(known[0])
    return torch.from_numpy(np.stack([nothing if row is None else row for row in rows]).astype(np.float32))
