"""Mentions recognised in a text and in its reading from PDF, compared at the words of the text."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypedDict

from benchmarks.labelled_text import LabelledText
from benchmarks.recognition_scores import place
from benchmarks.span_scores import Scores, Tally
from benchmarks.word_alignment import ReadWords
from extract.recognition.recogniser import Recogniser
from extract.recognition.words import word_spans
from records import EntityType

Home = tuple[int, int]
"""A word of the text: the number of its sentence and its own there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A mention's type, and where it stands in the text; where it was read, if reading has spoilt it."""

    where: Hashable
    type: EntityType


class ComparisonFigures(TypedDict):
    """What is printed of a comparison; null where nobody has marked anything."""

    words_found: float | None
    agreement: Scores
    from_text: Scores | None
    from_pdf: Scores | None
    lost_f1: float | None


@dataclass(slots=True, kw_only=True)
class Comparison:
    """Counts of mentions from text, from PDF and in the gold, and of words."""

    agreement: Tally = field(default_factory=Tally)
    from_text: Tally = field(default_factory=Tally)
    from_pdf: Tally = field(default_factory=Tally)
    words: int = 0
    words_found: int = 0

    def include(self, other: "Comparison") -> None:
        """Adds another one's counts."""
        self.agreement.include(other.agreement)
        self.from_text.include(other.from_text)
        self.from_pdf.include(other.from_pdf)
        self.words += other.words
        self.words_found += other.words_found

    def report(self) -> ComparisonFigures:
        """The figures."""
        text, pdf = self.from_text.scores(), self.from_pdf.scores()
        has_gold = self.from_text.expected > 0
        return {
            "words_found": round(self.words_found / self.words, 4) if self.words else None,
            "agreement": self.agreement.scores(),
            "from_text": text if has_gold else None,
            "from_pdf": pdf if has_gold else None,
            "lost_f1": round(text["f1"] - pdf["f1"], 4) if has_gold else None,
        }


def compared(
    recogniser: Recogniser,
    passages: Sequence[Sequence[LabelledText]],
    read: Sequence[Sequence[str]],
    *,
    types: frozenset[EntityType],
) -> Comparison:
    """How mentions fare that are recognised in passages, and in the sentences read from their PDF.

    `types` are those that people have marked on the passages.
    """
    texts = list(chain.from_iterable(passages))
    plain = recogniser.recognise([[each.text.text for each in passage] for passage in passages])
    ours = [
        Placed(where=(number, *place(mention, text.text.words)[:2]), type=mention.type)
        for number, (text, found) in enumerate(zip(texts, chain.from_iterable(plain), strict=True))
        for mention in found.mentions
    ]
    gold = [
        Placed(where=(number, *place(mention, text.text.words)[:2]), type=mention.type)
        for number, text in enumerate(texts)
        for mention in text.mentions
    ]
    homes = homes_of(texts, read)
    theirs = list(read_mentions(recogniser, read, homes))
    comparison = Comparison(words=sum(len(text.text.words) for text in texts), words_found=len(homes))
    comparison.agreement.add(theirs, ours)
    if types:
        comparison.from_text.add((each for each in ours if each.type in types), gold)
        comparison.from_pdf.add((each for each in theirs if each.type in types), gold)
    return comparison


def homes_of(texts: Sequence[LabelledText], read: Sequence[Sequence[str]]) -> dict[int, Home]:
    """For the words that were read, numbered in reading order, the words of the text that they are."""
    lines = (sentence for passage in read for sentence in passage)
    known = ReadWords([line[span.start : span.end] for line in lines for span in word_spans(line)])
    homes: dict[int, Home] = {}
    last = 0
    for number, text in enumerate(texts):
        words = [text.text.text[span.start : span.end] for span in text.text.words]
        for word, position in enumerate(known.places(words, after=last)):
            if position is not None:
                homes.setdefault(position, (number, word))
                last = position
    return homes


def read_mentions(
    recogniser: Recogniser, read: Sequence[Sequence[str]], homes: dict[int, Home]
) -> Iterator[Placed]:
    """Yields the mentions recognised in what was read, but for those none of whose words is the text's."""
    offset = 0
    found = chain.from_iterable(recogniser.recognise(read))
    for sentence, recognised in zip(chain.from_iterable(read), found, strict=True):
        words = list(word_spans(sentence))
        for mention in recognised.mentions:
            start, end, _ = place(mention, words)
            touched = [homes.get(offset + word) for word in range(int(start), int(end + 0.5))]
            if any(touched):
                exact = start == int(start) and end == int(end)
                where = in_one_run(touched) if exact else None
                yield Placed(where=where or ("read", offset + start, offset + end), type=mention.type)
        offset += len(words)


def in_one_run(homes: Sequence[Home | None]) -> tuple[int, int, int] | None:
    """Sentence, first word and end of words that stand side by side in the text; None if they do not."""
    if homes[0] is None:
        return None
    sentence, word = homes[0]
    if any(home != (sentence, word + number) for number, home in enumerate(homes)):
        return None
    return sentence, word, word + len(homes)
