"""The floor of recognition: whatever was a name in the training data is one wherever it stands."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.recognition.recogniser import FoundMention, Recognised
from extract.recognition.words import word_spans
from records import EntityType
from training.corpora import scier

LONGEST_NAME = 12


class DictionaryRecogniser:
    """Marks the longest known name at each word, with its most frequent type; knows no relations."""

    name = "dictionary"

    def __init__(self, types: dict[tuple[str, ...], EntityType]) -> None:
        self._types = types
        self.trained_names = frozenset(" ".join(words) for words in types)

    @classmethod
    def of_file(cls, path: Path) -> "DictionaryRecogniser":
        """One that knows the names marked in a file of SciER's format."""
        counts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for sentence in scier.sentences(path):
            for span in sentence.spans:
                words = tuple(word.casefold() for word in sentence.words[span.start : span.end])
                counts[words][span.type] += 1
        return cls({words: EntityType(types.most_common(1)[0][0]) for words, types in counts.items()})

    def recognise(self, passages: Sequence[Sequence[str]]) -> list[list[Recognised]]:
        """The known names of each sentence of each passage."""
        return [
            [Recognised(mentions=tuple(self._mentions(sentence))) for sentence in passage]
            for passage in passages
        ]

    def _mentions(self, sentence: str) -> Iterator[FoundMention]:
        spans = list(word_spans(sentence))
        words = [sentence[span.start : span.end].casefold() for span in spans]
        start = 0
        while start < len(words):
            ends = range(min(start + LONGEST_NAME, len(words)), start, -1)
            end = next((end for end in ends if tuple(words[start:end]) in self._types), None)
            if end is not None:
                yield FoundMention(
                    start=spans[start].start,
                    end=spans[end - 1].end,
                    type=self._types[tuple(words[start:end])],
                    confidence=1.0,
                )
            start = end or start + 1
