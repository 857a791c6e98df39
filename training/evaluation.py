"""How well a network does on labelled sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.span_scores import Tally
from extract.recognition.spans_of_tags import best_tags, spans_in, transitions
from training.batches import Example, batches, inputs, span_pairs
from training.heads import HEADS, MENTION_TYPES, PAIR_CLASSES, SYMMETRIC
from training.network import Recogniser
from training.sentences import LabelledSentence

Spans = tuple[tuple[int, int, int], ...]


def predicted(
    models: Sequence[Recogniser], examples: Sequence[Example], *, pad: int, heads: Sequence[str]
) -> Iterator[tuple[LabelledSentence, dict[str, NDArray[np.float32]], list[torch.Tensor], int]]:
    """Yields each sentence with its heads' mean probabilities, the words' vectors by model and its first word."""
    for group in batches(examples, pieces=6000, rng=None):
        batch = inputs(group, [], [], pad)
        with torch.inference_mode():
            words = [model.encode(batch) for model in models]
            scores = {
                head: torch.stack([m.tag_scores(w, head).exp() for m, w in zip(models, words, strict=True)])
                .mean(0)
                .numpy()
                for head in heads
            }
        for number, example in enumerate(group):
            start = 0
            for sentence, end in zip(example.sentences, example.window.sentence_ends, strict=True):
                chances = {head: values[number, start:end] for head, values in scores.items()}
                yield sentence, chances, [vectors[number] for vectors in words], start
                start = end


def decoded(chances: NDArray[np.float32], head: str) -> Spans:
    """The spans of the best allowed tags."""
    if not len(chances):
        return ()
    logs = np.log(np.maximum(chances, 1e-9))
    return tuple(spans_in(best_tags(logs, transitions(len(HEADS[head])))))


def pair_chances(
    models: Sequence[Recogniser], vectors: Sequence[torch.Tensor], spans: Spans, bounds: tuple[int, int]
) -> NDArray[np.float32]:
    """Mean probabilities of the classes of the pairs of spans; bounds are the sentence's words."""
    start, end = bounds
    rows = [(0, *(place + start for place in row[:4]), *row[4:]) for row in span_pairs(spans)]
    if not rows:
        return np.zeros((0, len(PAIR_CLASSES)), dtype=np.float32)
    pairs = torch.tensor(rows)
    sentence = torch.tensor([[start, end]]).expand(len(rows), 2)
    with torch.inference_mode():
        each = [
            model.pairs(words[None], pairs, sentence).exp()
            for model, words in zip(models, vectors, strict=True)
        ]
    return torch.stack(each).mean(0).numpy()


def evaluate(
    models: Sequence[Recogniser],
    examples: Sequence[Example],
    *,
    pad: int,
    seen: frozenset[str],
    allowed: NDArray[np.bool_] | None = None,
) -> dict[str, object]:
    """Scores of entities and relations on SciER's dev."""
    tally = {
        name: Tally()
        for name in ("micro", "seen", "unseen", *MENTION_TYPES, "argmax", "gold_entities", "end_to_end")
    }
    for sentence, chances, vectors, start in predicted(models, examples, pad=pad, heads=["scier"]):
        bounds = (start, start + len(sentence.words))
        ours = decoded(chances["scier"], "scier")
        gold = tuple(sorted((s.start, s.end, MENTION_TYPES.index(s.type)) for s in sentence.spans))
        tally["micro"].add(ours, gold)
        for number, name in enumerate(MENTION_TYPES):
            tally[name].add([s for s in ours if s[2] == number], [s for s in gold if s[2] == number])
        for known in (True, False):
            tally["seen" if known else "unseen"].add(
                *(
                    [s for s in spans if (surface(sentence.words, s) in seen) is known]
                    for spans in (ours, gold)
                )
            )
        expected = gold_relations(sentence)
        for name, spans in (("gold_entities", gold), ("end_to_end", ours)):
            found = pair_chances(models, vectors, spans, bounds)
            tally[name].add(relations(sentence.words, spans, found, allowed), expected)
    return {name: each.scores() for name, each in tally.items()}


def surface(words: Sequence[str], span: tuple[int, int, int]) -> str:
    """A span's words in lower case."""
    return " ".join(words[span[0] : span[1]]).casefold()


Named = tuple[str, int, str, str, int]


def gold_relations(sentence: LabelledSentence) -> set[Named]:
    """The relations between names; symmetric ones with their ends in order."""
    found = set()
    for relation in sentence.relations:
        head, tail = (sentence.spans[number] for number in (relation.head, relation.tail))
        found.add(
            named(
                sentence.words,
                tuple((s.start, s.end, MENTION_TYPES.index(s.type)) for s in (head, tail)),
                relation.type,
            )
        )
    return found


def named(words: Sequence[str], ends: Sequence[tuple[int, int, int]], relation: str) -> Named:
    """A relation by its ends' names and types."""
    first, second = ((surface(words, span), span[2]) for span in ends)
    if relation in SYMMETRIC and second < first:
        first, second = second, first
    return (*first, relation, *second)


def relations(
    words: Sequence[str], spans: Spans, chances: NDArray[np.float32], allowed: NDArray[np.bool_] | None = None
) -> set[Named]:
    """The relations that the best class of each pair says."""
    ordered = sorted(spans)
    pairs = [(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :]]
    found = set()
    for (first, second), row in zip(pairs, chances, strict=True):
        if allowed is not None:
            row = np.where(allowed[first[2], second[2]], row, 0)
        best = PAIR_CLASSES[int(row.argmax())]
        if best.relation:
            ends = (second, first) if best.reversed else (first, second)
            found.add(named(words, ends, best.relation))
    return found


def names_of(sentences: Iterable[LabelledSentence]) -> frozenset[str]:
    """The names marked in the sentences, in lower case."""
    return frozenset(" ".join(s.words[x.start : x.end]).casefold() for s in sentences for x in s.spans)


def allowed_classes(sentences: Iterable[LabelledSentence], *, least: int = 2) -> NDArray[np.bool_]:
    """Which classes were seen at least so often between which types, (types, types, classes)."""
    from training.batches import UNKNOWN, gold_pairs

    counts = np.zeros((len(MENTION_TYPES), len(MENTION_TYPES), len(PAIR_CLASSES)), dtype=np.int64)
    for sentence in sentences:
        for row, label in gold_pairs(sentence):
            if label != UNKNOWN:
                counts[row[4], row[5], label] += 1
    counts[:, :, 0] = least
    return counts >= least
