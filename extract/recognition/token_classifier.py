"""Entities by a transformer token classifier from a local folder, with torch, the extra [transformers]."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Self

from extract.recognition.labels import LabelMap, types_of_labels
from extract.recognition.recogniser import FoundMention, Recognised
from extract.recognition.token_classifier_files import loaded_classifier
from extract.recognition.token_tags import OUTSIDE, parted, tagged_spans
from records import Span

BATCH_PIECES: Final = 4096
MOST_PIECES: Final = 512
"""Of an input, where the model allows as many; what a sentence has beyond them is not looked at."""
MOST_CHARACTERS: Final = 4000
"""Of a sentence; what is beyond them is not looked at either, and costs nothing."""
ENDS: Final = 4
"""Room in an input for the marks at its ends, of which no model has more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Input:
    """A sentence in its context: the text, the sentence's place in it, and about how many pieces it has."""

    text: str
    place: Span
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word of an input, with the best tag of its first piece and that tag's probability."""

    span: Span
    tag: str
    probability: float


class TokenClassifier:
    """The entities that a classifier finds in each sentence, in sight of `context_sentences` on either side.

    Words are those of the model's own tokenizer, and each has the tag of its first piece. A mention is as
    sure as its least sure word. Relations it knows none.
    """

    def __init__(
        self, model: Any, tokenizer: Any, *, name: str, labels: LabelMap = (), context_sentences: int = 0
    ) -> None:
        self.name = name
        self._model, self._tokenizer = model.eval(), tokenizer
        self._tags: Mapping[int, str] = model.config.id2label
        told = {label for _, label in map(parted, self._tags.values()) if label}
        self._types = types_of_labels(told, labels, of=name)
        self._context_sentences = context_sentences
        positions = getattr(model.config, "max_position_embeddings", MOST_PIECES)
        self._most = max(1, min(MOST_PIECES, positions, tokenizer.model_max_length) - ENDS)

    @classmethod
    def load(cls, folder: Path, *, labels: LabelMap = (), context_sentences: int = 0) -> Self:
        """The classifier of a folder.

        Raises RecogniserChoiceError where the extra is not installed, the folder cannot be read, or no label
        means a type. No code in the folder is run.
        """
        model, tokenizer = loaded_classifier(folder)
        return cls(
            model,
            tokenizer,
            name=f"hf:{folder.resolve().name}",
            labels=labels,
            context_sentences=context_sentences,
        )

    def recognise(self, passages: Sequence[Sequence[str]]) -> list[list[Recognised]]:
        """What each sentence of each passage holds."""
        inputs = [each for passage in passages for each in self._inputs(passage)]
        found = self._classified(inputs)
        rest = iter(self._recognised(each, words) for each, words in zip(inputs, found, strict=True))
        return [[next(rest) for _ in passage] for passage in passages]

    def _inputs(self, passage: Sequence[str]) -> Iterator[_Input]:
        """Yields each sentence, with as many neighbours on either side as are wanted and fit."""
        if not passage:
            return
        sentences = [sentence[:MOST_CHARACTERS] for sentence in passage]
        sizes = [
            len(ids)
            for ids in self._tokenizer(sentences, add_special_tokens=False, verbose=False)["input_ids"]
        ]
        for number in range(len(sentences)):
            around = self._context(number, sizes)
            before = "".join(sentences[each] + " " for each in range(around.start, number))
            after = "".join(" " + sentences[each] for each in range(number + 1, around.stop))
            yield _Input(
                text=before + sentences[number] + after,
                place=Span(start=len(before), end=len(before) + len(sentences[number])),
                size=min(sum(sizes[around.start : around.stop]), self._most),
            )

    def _context(self, number: int, sizes: Sequence[int]) -> range:
        """The sentences that are shown with one: nearest first, before the one after, while they fit."""
        start, stop, size = number, number + 1, sizes[number]
        for distance in range(1, self._context_sentences + 1):
            for neighbour in (number - distance, number + distance):
                adjoining = neighbour in {start - 1, stop}
                if adjoining and 0 <= neighbour < len(sizes) and size + sizes[neighbour] <= self._most:
                    start, stop = min(start, neighbour), max(stop, neighbour + 1)
                    size += sizes[neighbour]
        return range(start, stop)

    def _classified(self, inputs: Sequence[_Input]) -> list[list[_Word]]:
        """The words of each input, classified in batches of like length."""
        found: list[list[_Word]] = [[] for _ in inputs]
        for numbers in batches([each.size for each in inputs]):
            words = self._batch([inputs[number].text for number in numbers])
            for number, each in zip(numbers, words, strict=True):
                found[number] = each
        return found

    def _batch(self, texts: list[str]) -> list[list[_Word]]:
        import torch

        encoded = self._tokenizer(
            texts,
            truncation=True,
            max_length=self._most + ENDS,
            padding=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = encoded.pop("offset_mapping").tolist()
        with torch.inference_mode():
            scores = self._model(**encoded).logits.float().softmax(dim=-1)
        best = scores.max(dim=-1)
        return [
            self._words(
                encoded.word_ids(row), offsets[row], best.indices[row].tolist(), best.values[row].tolist()
            )
            for row in range(len(texts))
        ]

    def _words(
        self,
        words: Sequence[int | None],
        offsets: Sequence[Sequence[int]],
        best: Sequence[int],
        probabilities: Sequence[float],
    ) -> list[_Word]:
        of_words = (piece for piece in range(len(words)) if words[piece] is not None)
        groups = (list(pieces) for _, pieces in groupby(of_words, key=lambda piece: words[piece]))
        return [
            _Word(
                span=Span(start=offsets[pieces[0]][0], end=offsets[pieces[-1]][1]),
                tag=self._tags[best[pieces[0]]],
                probability=probabilities[pieces[0]],
            )
            for pieces in groups
        ]

    def _recognised(self, sentence: _Input, words: Iterable[_Word]) -> Recognised:
        place = sentence.place
        own = [word for word in words if place.start <= word.span.start and word.span.end <= place.end]
        return Recognised(mentions=tuple(self._mentions(sentence, own)))

    def _mentions(self, sentence: _Input, words: Sequence[_Word]) -> Iterator[FoundMention]:
        known = [word.tag if parted(word.tag)[1] in self._types else OUTSIDE for word in words]
        for first, end, label in tagged_spans(known):
            span = trimmed(sentence.text, words[first].span.start, words[end - 1].span.end)
            if span is not None:
                yield FoundMention(
                    start=span.start - sentence.place.start,
                    end=span.end - sentence.place.start,
                    type=self._types[label],
                    confidence=round(min(word.probability for word in words[first:end]), 4),
                )


def batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yields the numbers of inputs of like size, longest first, that fill `BATCH_PIECES` when padded."""
    batch: list[int] = []
    for number in sorted(range(len(sizes)), key=lambda each: -sizes[each]):
        if batch and (sizes[batch[0]] + ENDS) * (len(batch) + 1) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without the spaces, stops and brackets that some tokenizers leave on words; None if empty.

    A closing bracket stays where the mention has opened one: "f(x)".
    """
    while start < end and (text[start].isspace() or text[start] in "(["):
        start += 1
    stops = ",.;:" if {"(", "["} & set(text[start:end]) else ",.;:)]"
    while start < end and (text[end - 1].isspace() or text[end - 1] in stops):
        end -= 1
    return Span(start=start, end=end) if start < end else None
