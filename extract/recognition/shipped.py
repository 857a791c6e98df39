"""The recognisers that ship: one int8 encoder by onnxruntime, tags for entities, pairs for relations."""

import bisect
import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.recognition.encoding import Encoded, encoded
from extract.recognition.model_files import Manifest, model_folder, read_manifest
from extract.recognition.pair_head import Pair, PairHead
from extract.recognition.recogniser import FoundMention, FoundRelation, Recognised
from extract.recognition.spans_of_tags import best_tags, spans_in, transitions
from extract.recognition.wordpieces import WordPieces
from extract.recognition.words import word_spans
from records import Span

ENCODER, PAIRS, TOKENIZER, TRAINED_NAMES = (
    "encoder.onnx",
    "pairs.npz",
    "tokenizer.json",
    "trained-names.txt.gz",
)
MOST_PARTNERS = 16
"""A mention is paired with so many that follow it: relations seldom reach further, lists of names do."""


class ShippedRecogniser:
    """A model of `models/`, loaded."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        self.manifest: Manifest = read_manifest(folder)
        self.name = f"recogniser:{self.manifest.name}"
        self._pieces = WordPieces.load(folder / TOKENIZER)
        self._session = session(folder / ENCODER, threads=threads)
        with np.load(folder / PAIRS, allow_pickle=False) as weights:
            self._pairs = PairHead(weights)
        self._transitions = {head: transitions(len(head.types)) for head in self.manifest.heads}
        self._folder = folder

    @classmethod
    def load(cls, name: str, *, threads: int = 2) -> "ShippedRecogniser":
        """The shipped model of that name; raises ModelFilesError where its files are not as shipped."""
        return cls(model_folder(name), threads=threads)

    @property
    def trained_names(self) -> frozenset[str]:
        """The names marked in the training data of the main head, in lower case, words apart."""
        content = gzip.decompress((self._folder / TRAINED_NAMES).read_bytes())
        return frozenset(content.decode().splitlines())

    def recognise(self, passages: Sequence[Sequence[str]]) -> list[list[Recognised]]:
        """What each sentence of each passage holds."""
        return [self._passage(passage) for passage in passages]

    def relations_between(
        self, passages: Sequence[Sequence[str]], mentions: Sequence[Sequence[Sequence[FoundMention]]]
    ) -> list[list[tuple[FoundRelation, ...]]]:
        """The relations between mentions that are given, for each sentence."""
        found = []
        for passage, given in zip(passages, mentions, strict=True):
            places = [list(word_spans(sentence)) for sentence in passage]
            each = self._encoded(passage, places)
            found.append(
                [
                    tuple(self._relations(each[number], places[number], mentions)) if number in each else ()
                    for number, mentions in enumerate(given)
                ]
            )
        return found

    def _passage(self, sentences: Sequence[str]) -> list[Recognised]:
        places = [list(word_spans(sentence)) for sentence in sentences]
        each = self._encoded(sentences, places)
        return [
            self._recognised(each[number], places[number]) if number in each else Recognised()
            for number in range(len(sentences))
        ]

    def _encoded(self, sentences: Sequence[str], places: Sequence[Sequence[Span]]) -> dict[int, Encoded]:
        """The sentences that may hold an entity, encoded."""
        words = [
            [sentence[span.start : span.end] for span in spans]
            for sentence, spans in zip(sentences, places, strict=True)
        ]
        chosen = [number for number, each in enumerate(words) if may_hold_entity(each)]
        parts = [self._fitting(words[number]) for number in chosen]
        flat = [part for each in parts for part in each]
        sizes = {"window": self.manifest.window, "longest": self.manifest.longest}
        results = iter(encoded(flat, self._pieces, self._session, **sizes))
        return {
            number: joined([next(results) for _ in each]) for number, each in zip(chosen, parts, strict=True)
        }

    def _fitting(self, words: Sequence[str]) -> list[Sequence[str]]:
        """A sentence in parts that fit the encoder; all but formulas and faults of reading are one part."""
        parts, start, size = [], 0, 0
        for number, word in enumerate(words):
            more = len(self._pieces.of_word(word))
            if size + more > self.manifest.longest:
                parts.append(words[start:number])
                start, size = number, 0
            size += more
        return [*parts, words[start:]]

    def _recognised(self, sentence: Encoded, places: Sequence[Span]) -> Recognised:
        mentions = sorted(
            self._mentions(sentence, places), key=lambda each: (each.start, each.end, each.type)
        )
        return Recognised(
            mentions=tuple(mentions), relations=tuple(self._relations(sentence, places, mentions))
        )

    def _mentions(self, sentence: Encoded, places: Sequence[Span]) -> Iterator[FoundMention]:
        for head in self.manifest.heads:
            chances = log_softmax(sentence.tags[:, head.tags])
            tags = best_tags(chances, self._transitions[head])
            for start, end, number in spans_in(tags):
                yield FoundMention(
                    start=places[start].start,
                    end=places[end - 1].end,
                    type=head.types[number],
                    confidence=confidence(chances, tags, start, end),
                )

    def _relations(
        self, sentence: Encoded, places: Sequence[Span], mentions: Sequence[FoundMention]
    ) -> Iterator[FoundRelation]:
        numbers = self._related(mentions)
        words = [word_range(places, mention) for mention in mentions]
        pairs = [
            Pair(first=words[a], second=words[b], types=self._type_numbers(mentions[a], mentions[b]))
            for a, b in numbers
        ]
        if not pairs:
            return
        for (a, b), pair, row in zip(
            numbers, pairs, self._pairs.chances(sentence.vectors, pairs), strict=True
        ):
            yield from self._relation(a, b, pair, row)

    def _relation(self, a: int, b: int, pair: Pair, chances: NDArray[np.float32]) -> Iterator[FoundRelation]:
        allowed = (number for number in range(len(chances)) if (*pair.types, number) in self.manifest.allowed)
        best = max(allowed, key=lambda number: chances[number])
        chosen = self.manifest.pair_classes[best]
        if chosen.relation:
            head, tail = (b, a) if chosen.reversed else (a, b)
            yield FoundRelation(
                head=head, tail=tail, type=chosen.relation, confidence=round(float(chances[best]), 4)
            )

    def _related(self, mentions: Sequence[FoundMention]) -> list[tuple[int, int]]:
        """The pairs that may be related, in text order."""
        known = [number for number, each in enumerate(mentions) if each.type in self.manifest.pair_types]
        known.sort(key=lambda number: mentions[number].start)
        return [
            (a, b)
            for place, a in enumerate(known)
            for b in known[place + 1 : place + 1 + MOST_PARTNERS]
            if mentions[a].end <= mentions[b].start
        ]

    def _type_numbers(self, first: FoundMention, second: FoundMention) -> tuple[int, int]:
        types = self.manifest.pair_types
        return types.index(first.type), types.index(second.type)


def word_range(places: Sequence[Span], mention: FoundMention) -> tuple[int, int]:
    """The first and last word of a mention; raises ValueError where it begins or ends inside a word."""
    first = bisect.bisect_left(places, mention.start, key=lambda span: span.start)
    last = bisect.bisect_left(places, mention.end, key=lambda span: span.end)
    if last >= len(places) or (places[first].start, places[last].end) != (mention.start, mention.end):
        raise ValueError(f"the mention from {mention.start} to {mention.end} does not cover whole words")
    return first, last


def session(path: Path, *, threads: int) -> Any:
    """An onnxruntime session over a file."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def may_hold_entity(words: Sequence[str]) -> bool:
    """Whether there is anything to name: two words of letters, or one of four letters."""
    lengths = [len(word) for word in words if word.isalpha()]
    return sum(length > 1 for length in lengths) >= 2 or max(lengths, default=0) >= 4


def joined(parts: Sequence[Encoded]) -> Encoded:
    """The parts of a sentence as one."""
    if len(parts) == 1:
        return parts[0]
    return Encoded(
        vectors=np.concatenate([part.vectors for part in parts]),
        tags=np.concatenate([part.tags for part in parts]),
    )


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithms of the probabilities of each row."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logs


def confidence(chances: NDArray[np.float32], tags: NDArray[np.int64], start: int, end: int) -> float:
    """How sure a span is: as sure as its least sure word."""
    return round(float(np.exp(min(chances[word, tags[word]] for word in range(start, end)))), 4)
