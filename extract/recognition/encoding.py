"""Sentences through the encoder: windows of consecutive ones, in batches of like length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.recognition.wordpieces import Window, WordPieces, packed
from extract.recognition.words import NO_SHAPE

BATCH_PIECES = 512
"""Of a batch; more fall out of the caches: a fifth slower at 2,048."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A sentence's words as vectors, (words, size), and the scores of all heads' tags, (words, tags)."""

    vectors: NDArray[np.float32]
    tags: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A window and the numbers of the sentences in it."""

    window: Window
    sentences: range


def encoded(
    passages: Sequence[Sequence[Sequence[str]]],
    pieces: WordPieces,
    session: Any,
    *,
    window: int,
    longest: int,
) -> list[Encoded]:
    """What the encoder says of the sentences, given as words, of all passages in order.

    Neighbours in a passage share a window and so are context. The batches depend on the passages alone:
    activations are quantised over a batch, and a document's results may not depend on what else is read.
    """
    cut: list[_Placed] = []
    first = 0
    for passage in passages:
        cut += _windows(passage, pieces, first=first, window=window, longest=longest)
        first += len(passage)
    found: list[Encoded | None] = [None] * first
    for batch in _batches(cut):
        vectors, tags = session.run(["words", "tags"], _inputs([each.window for each in batch], pieces.pad))
        for row, placed in enumerate(batch):
            start = 0
            for number, end in zip(placed.sentences, placed.window.sentence_ends, strict=True):
                found[number] = Encoded(vectors=vectors[row, start:end], tags=tags[row, start:end])
                start = end
    return [each for each in found if each is not None]


def _windows(
    sentences: Sequence[Sequence[str]], pieces: WordPieces, *, first: int, window: int, longest: int
) -> Iterator[_Placed]:
    """Yields the windows of a passage, whose first sentence has the number `first`."""
    sizes = [pieces.count(words) for words in sentences]
    if sizes and max(sizes) > longest:
        raise ValueError(f"a sentence has {max(sizes)} word pieces, at most {longest} fit")
    for numbers in packed(sizes, most=window):
        chosen = pieces.window([sentences[number] for number in numbers])
        yield _Placed(window=chosen, sentences=range(first + numbers.start, first + numbers.stop))


def _batches(windows: list[_Placed]) -> Iterator[list[_Placed]]:
    """Yields windows of like length together."""
    windows.sort(key=lambda each: (-len(each.window.pieces), each.sentences.start))
    batch: list[_Placed] = []
    for each in windows:
        if batch and len(batch[0].window.pieces) * (len(batch) + 1) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def _inputs(windows: Sequence[Window], pad: int) -> dict[str, NDArray[np.int64]]:
    return {
        "pieces": _padded([each.pieces for each in windows], pad),
        "shapes": _padded([each.shapes for each in windows], NO_SHAPE),
        "mask": _padded([(1,) * len(each.pieces) for each in windows], 0),
        "first_pieces": _padded([each.first_pieces for each in windows], 0),
    }


def _padded(rows: Sequence[Sequence[int]], value: int) -> NDArray[np.int64]:
    out = np.full((len(rows), max(map(len, rows))), value, dtype=np.int64)
    for number, row in enumerate(rows):
        out[number, : len(row)] = row
    return out
