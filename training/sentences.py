"""A training sentence: words, and what each corpus has marked on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.recognition.words import WORD


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSpan:
    """Words from `start` up to `end` (exclusive) named as a type of their corpus."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledRelation:
    """A relation between two labelled spans, both given by their places in `LabelledSentence.spans`."""

    head: int
    tail: int
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSentence:
    """A sentence of a document of a corpus; `corpus` decides which heads learn from it.

    `uncertain` are pairs of spans of which the corpus does not say whether they are the ones related: a name
    stands in the sentence twice, and relations are given by names.
    """

    corpus: str
    document: str
    words: tuple[str, ...]
    spans: tuple[LabelledSpan, ...] = ()
    relations: tuple[LabelledRelation, ...] = ()
    uncertain: tuple[tuple[int, int], ...] = ()


def words_of_tokens(tokens: Sequence[str]) -> tuple[list[str], list[tuple[int, int]]]:
    """The recogniser's words of a corpus's tokens, and for each token the words that it became.

    Digits that a corpus has split apart ("4 2 . 2 %") are joined again; a joined number belongs to all of
    its tokens.
    """
    words: list[str] = []
    places = []
    joinable = False
    for token in tokens:
        parts = WORD.findall(token)
        start = len(words)
        if parts and joinable and len(parts[0]) == 1 and parts[0].isdigit():
            words[-1] += parts[0]
            start -= 1
            words += parts[1:]
        else:
            words += parts
        joinable = bool(parts) and parts[-1].isdigit() and (len(parts[-1]) == 1)
        places.append((start, len(words)))
    return words, places


def spans_of(places: Sequence[tuple[int, int]], marked: Iterable[tuple[int, int, str]]) -> list[LabelledSpan]:
    """Marks over tokens (end exclusive) as spans over words; those that cover no word are left out."""
    found = []
    for start, end, name in marked:
        first, last = places[start][0], places[end - 1][1]
        if last > first:
            found.append(LabelledSpan(start=first, end=last, type=name))
    return found
