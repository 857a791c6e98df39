"""Words as the numbers of an encoder's word pieces, and windows of consecutive sentences of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from extract.recognition.words import NO_SHAPE, shape_of

MOST_PIECES = 8
"""Of one word: what is longer is a formula, an address or a fault of reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Consecutive sentences as one input of the encoder.

    `pieces` and `shapes` are as long as the input; `first_pieces` has the place of each word's first piece,
    over all words of all sentences; sentence i has the words from `sentence_ends[i-1]` to `sentence_ends[i]`.
    """

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    first_pieces: tuple[int, ...]
    sentence_ends: tuple[int, ...]


class WordPieces:
    """The word pieces of an encoder's vocabulary, for words one at a time."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        ends = tokenizer.encode("").ids
        if len(ends) != 2:
            raise ValueError("the tokenizer does not put one mark before and one after a text")
        self.before, self.after = ends
        unknown = tokenizer.token_to_id("[UNK]")
        if unknown is None:
            raise ValueError("the tokenizer has no piece for what it does not know")
        self._unknown = unknown
        self.pad = tokenizer.token_to_id("[PAD]") or tokenizer.token_to_id("<pad>") or 0
        self._tokenizer = tokenizer
        self.of_word = lru_cache(maxsize=200_000)(self._of_word)

    @classmethod
    def load(cls, path: Path) -> "WordPieces":
        """Those of a `tokenizer.json`."""
        return cls(Tokenizer.from_file(str(path)))

    def _of_word(self, word: str) -> tuple[int, ...]:
        readable = word.encode("utf-8", "replace").decode()  # half a surrogate pair is no text to it
        ids = self._tokenizer.encode(readable, add_special_tokens=False).ids
        return tuple(ids[:MOST_PIECES]) or (self._unknown,)

    def count(self, words: Sequence[str]) -> int:
        """How many pieces the words have."""
        return sum(len(self.of_word(word)) for word in words)

    def window(self, sentences: Sequence[Sequence[str]]) -> Window:
        """The window of the sentences' words."""
        pieces, shapes = [self.before], [NO_SHAPE]
        first_pieces: list[int] = []
        ends = []
        for words in sentences:
            for word in words:
                ids = self.of_word(word)
                first_pieces.append(len(pieces))
                pieces += ids
                shapes += [shape_of(word)] * len(ids)
            ends.append(len(first_pieces))
        return Window(
            pieces=(*pieces, self.after),
            shapes=(*shapes, NO_SHAPE),
            first_pieces=tuple(first_pieces),
            sentence_ends=tuple(ends),
        )


def packed(sizes: Sequence[int], *, most: int) -> Iterator[range]:
    """Yields consecutive sentences, as ranges of their numbers, that fill windows of `most` pieces.

    A sentence that is longer than a window stands alone.
    """
    start, total = 0, 0
    for number, size in enumerate(sizes):
        if number > start and total + size > most:
            yield range(start, number)
            start, total = number, 0
        total += size
    if sizes:
        yield range(start, len(sizes))
