"""How well a network does on labelled sentences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.span_scores import Scores, Tally
from extract.recognition.spans_of_tags import spans_in
from extract.recognition.wordpieces import WordPieces
from training.corpora.by_name import corpus, dev_sentences
from training.examples import Example, windows
from training.heads import MENTION_TYPES, PAIR_CLASSES, SYMMETRIC
from training.network import Recogniser
from training.pairs import allowed_classes
from training.prediction import Spans, agreed_tags, pair_chances, predicted
from training.recipe import Recipe
from training.sentences import LabelledSentence, LabelledSpan

Named = tuple[str, int, str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """SciER's dev, asked of networks; its train says which names are `seen` and which classes `allowed`."""

    examples: tuple[Example, ...]
    pad: int
    seen: frozenset[str]
    allowed: NDArray[np.bool_]

    def sentences(self) -> Iterator[LabelledSentence]:
        """Yields those of all documents, in order."""
        for example in self.examples:
            yield from example.sentences


def exam_of(recipe: Recipe, pieces: WordPieces, corpora: Path) -> Exam:
    """The exam in the windows of a recipe."""
    train = corpus("scier", corpora)
    found = windows(dev_sentences(corpora), pieces, most=recipe.window, alone=recipe.alone)
    return Exam(examples=tuple(found), pad=pieces.pad, seen=names_of(train), allowed=allowed_classes(train))


def evaluate(models: Sequence[Recogniser], exam: Exam) -> dict[str, Scores]:
    """Scores of entities, also by type and by whether the name was seen, and of relations."""
    tally = {
        name: Tally() for name in ("micro", "seen", "unseen", *MENTION_TYPES, "gold_entities", "end_to_end")
    }
    order = {id(sentence): n for n, sentence in enumerate(exam.sentences())}
    found = sorted(
        predicted(models, exam.examples, pad=exam.pad, heads=["scier"]), key=lambda each: order[id(each[0])]
    )
    tags = agreed_tags([each[0] for each in found], [each[1]["scier"] for each in found], "scier")
    for (sentence, _, vectors, start), tagged in zip(found, tags, strict=True):
        bounds = (start, start + len(sentence.words))
        ours = tuple(spans_in(tagged.tags))
        gold = tuple(sorted(map(numbered, sentence.spans)))
        count_spans(tally, sentence.words, ours, gold, exam.seen)
        expected = gold_relations(sentence)
        for name, spans in (("gold_entities", gold), ("end_to_end", ours)):
            classes = pair_chances(models, vectors, spans, bounds)
            tally[name].add(relations(sentence.words, spans, classes, exam.allowed), expected)
    return {name: each.scores() for name, each in tally.items()}


def count_spans(
    tally: dict[str, Tally], words: Sequence[str], ours: Spans, gold: Spans, seen: frozenset[str]
) -> None:
    """Counts a sentence's spans: all, those of each type, and those whose name was seen or not."""
    tally["micro"].add(ours, gold)
    for number, name in enumerate(MENTION_TYPES):
        tally[name].add([s for s in ours if s[2] == number], [s for s in gold if s[2] == number])
    for name, known in (("seen", True), ("unseen", False)):
        chosen = ([s for s in spans if (surface(words, s) in seen) is known] for spans in (ours, gold))
        tally[name].add(*chosen)


def surface(words: Sequence[str], span: tuple[int, int, int]) -> str:
    """A span's words in lower case."""
    return " ".join(words[span[0] : span[1]]).casefold()


def numbered(span: LabelledSpan) -> tuple[int, int, int]:
    """A span with its type's number."""
    return span.start, span.end, MENTION_TYPES.index(span.type)


def gold_relations(sentence: LabelledSentence) -> set[Named]:
    """The relations between names; symmetric ones with their ends in order."""
    return {
        named(
            sentence.words,
            (numbered(sentence.spans[relation.head]), numbered(sentence.spans[relation.tail])),
            relation.type,
        )
        for relation in sentence.relations
    }


def named(words: Sequence[str], ends: Sequence[tuple[int, int, int]], relation: str) -> Named:
    """A relation by its ends' names and types."""
    first, second = ((surface(words, span), span[2]) for span in ends)
    if relation in SYMMETRIC and second < first:
        first, second = second, first
    return (*first, relation, *second)


def relations(
    words: Sequence[str], spans: Spans, chances: NDArray[np.float32], allowed: NDArray[np.bool_]
) -> set[Named]:
    """The relations that the best allowed class of each pair says."""
    ordered = sorted(spans)
    pairs = [(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :]]
    found = set()
    for (first, second), row in zip(pairs, chances, strict=True):
        best = PAIR_CLASSES[int(np.where(allowed[first[2], second[2]], row, 0).argmax())]
        if best.relation:
            ends = (second, first) if best.reversed else (first, second)
            found.add(named(words, ends, best.relation))
    return found


def names_of(sentences: Iterable[LabelledSentence]) -> frozenset[str]:
    """The names marked in the sentences, in lower case."""
    return frozenset(" ".join(s.words[x.start : x.end]).casefold() for s in sentences for x in s.spans)
