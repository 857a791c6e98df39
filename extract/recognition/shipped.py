"""The recognisers that ship: one int8 encoder by onnxruntime, tags for entities, pairs for relations."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from extract.recognition.agreement import Tagged, agreed, tagged
from extract.recognition.data_nouns import told_by_nouns
from extract.recognition.encoding import Encoded, encoded
from extract.recognition.model_files import Head, Manifest, model_folder, read_manifest
from extract.recognition.pair_head import PairHead, softmax
from extract.recognition.pair_relations import Mentioned, PairRelations
from extract.recognition.recogniser import FoundMention, FoundRelation, Recognised
from extract.recognition.spans_of_tags import spans_in, transitions
from extract.recognition.wordpieces import WordPieces, packed
from extract.recognition.words import word_spans
from records import EntityType, Span

ENCODER, PAIRS, TOKENIZER, TRAINED_NAMES = (
    "encoder.onnx",
    "pairs.npz",
    "tokenizer.json",
    "trained-names.txt.gz",
)
MOST_CHARACTERS = 500_000
"""Of passages that are recognised together, which bounds the memory for their words' vectors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a sentence and their places."""

    texts: Sequence[str]
    places: Sequence[Span]

    @classmethod
    def of(cls, sentence: str) -> "Words":
        """The words of a sentence as printed."""
        places = list(word_spans(sentence))
        return cls(texts=[sentence[span.start : span.end] for span in places], places=places)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    words: Words
    encoded: Encoded

    def mentioned(self, mentions: Sequence[FoundMention]) -> Mentioned:
        return Mentioned(words=self.encoded.vectors, places=self.words.places, mentions=mentions)


class ShippedRecogniser:
    """A model of `models/`, loaded."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        self.manifest: Manifest = read_manifest(folder)
        self.name = f"recogniser:{self.manifest.name}"
        self._pieces = WordPieces.load(folder / TOKENIZER)
        self._session = session(folder / ENCODER, threads=threads)
        with np.load(folder / PAIRS, allow_pickle=False) as weights:
            self._relations = PairRelations(PairHead(weights), self.manifest)
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
        """What each sentence of each passage of a document holds."""
        return [found for part in parts_of(passages) for found in self._part(part)]

    def relations_between(
        self, passages: Sequence[Sequence[str]], mentions: Sequence[Sequence[Sequence[FoundMention]]]
    ) -> list[list[tuple[FoundRelation, ...]]]:
        """The relations between mentions that are given, for each sentence."""
        read = self._read(passages)
        given = [
            (each, held)
            for sentences, helds in zip(read, mentions, strict=True)
            for each, held in zip(sentences, helds, strict=True)
            if each
        ]
        found = iter(self._relations.between([each.mentioned(held) for each, held in given]))
        return [[next(found) if each else () for each in sentences] for sentences in read]

    def _part(self, passages: Sequence[Sequence[str]]) -> list[list[Recognised]]:
        read = self._read(passages)
        found = iter(self._recognised([each for passage in read for each in passage if each]))
        return [[next(found) if each else Recognised() for each in passage] for passage in read]

    def _read(self, passages: Sequence[Sequence[str]]) -> list[list[_Sentence | None]]:
        """The sentences that may hold an entity, encoded, and None in the place of others."""
        words = [[Words.of(sentence) for sentence in passage] for passage in passages]
        parts = [
            [self._fitting(each.texts) for each in passage if may_hold_entity(each.texts)]
            for passage in words
        ]
        sizes = {"window": self.manifest.window, "longest": self.manifest.longest}
        flat = [[part for each in passage for part in each] for passage in parts]
        results = iter(encoded(flat, self._pieces, self._session, **sizes))
        made = (joined([next(results) for _ in each]) for passage in parts for each in passage)
        return [
            [
                _Sentence(words=each, encoded=next(made)) if may_hold_entity(each.texts) else None
                for each in passage
            ]
            for passage in words
        ]

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

    def _recognised(self, sentences: Sequence[_Sentence]) -> Iterator[Recognised]:
        """Yields what the sentences hold, between which names agree."""
        words = [[word.casefold() for word in each.words.texts] for each in sentences]
        heads = [self._tagged(head, words, sentences) for head in self.manifest.heads]
        mentions = [
            sorted(
                (
                    mention
                    for head, found in zip(self.manifest.heads, heads, strict=True)
                    for mention in mentions_of(found[number], sentence.words.places, head.types)
                ),
                key=lambda each: (each.start, each.end, each.type),
            )
            for number, sentence in enumerate(sentences)
        ]
        asked = [each.mentioned(held) for each, held in zip(sentences, mentions, strict=True)]
        for held, relations in zip(mentions, self._relations.between(asked), strict=True):
            yield Recognised(mentions=tuple(held), relations=relations)

    def _tagged(
        self, head: Head, words: Sequence[Sequence[str]], sentences: Sequence[_Sentence]
    ) -> list[Tagged]:
        allowed = self._transitions[head]
        chances = [softmax(each.encoded.tags[:, head.tags], axis=1) for each in sentences]
        found = agreed(tagged(words, chances, allowed), allowed)
        if not {EntityType.METHOD, EntityType.DATASET} <= set(head.types):
            return found
        method, dataset = map(head.types.index, (EntityType.METHOD, EntityType.DATASET))
        return told_by_nouns(found, method=method, dataset=dataset)


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


def mentions_of(
    sentence: Tagged, places: Sequence[Span], types: Sequence[EntityType]
) -> Iterator[FoundMention]:
    """Yields the mentions of a head's types; each is as sure as its least sure word."""
    for start, end, number in spans_in(sentence.tags):
        words = np.arange(start, end)
        first, after = with_partners(sentence, start, end)
        yield FoundMention(
            start=places[first].start,
            end=places[after - 1].end,
            type=types[number],
            confidence=round(float(sentence.chances[words, sentence.tags[words]].min()), 4),
        )


def with_partners(sentence: Tagged, start: int, end: int) -> tuple[int, int]:
    """Start and end with the free bracket right outside whose partner is inside: (2 + 1)D, not 2 + 1)D."""
    words = sentence.words
    missing = list(words[start:end]).count("(") - list(words[start:end]).count(")")
    if missing < 0 and start and words[start - 1] == "(" and not sentence.tags[start - 1]:
        return start - 1, end
    if missing > 0 and end < len(words) and words[end] == ")" and not sentence.tags[end]:
        return start, end + 1
    return start, end


def parts_of(passages: Sequence[Sequence[str]]) -> Iterator[Sequence[Sequence[str]]]:
    """Yields consecutive passages that are recognised together: a whole document unless it is a book."""
    sizes = [sum(map(len, passage)) for passage in passages]
    for numbers in packed(sizes, most=MOST_CHARACTERS):
        yield passages[numbers.start : numbers.stop]
