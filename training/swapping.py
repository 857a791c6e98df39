"""Names swapped for others of their type, so that a network learns from what stands around a name."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extract.recognition.words import WORD
from training.sentences import LabelledSentence, LabelledSpan

BOUND = frozenset({"Synonym-Of", "SubClass-Of", "SubTask-Of", "Part-Of"})
"""Relations that hold by the names' own meaning: their names stay."""

Names = Mapping[str, Sequence[tuple[str, ...]]]


def names_by_type(sentences: Iterable[LabelledSentence], more: Mapping[str, Iterable[str]]) -> Names:
    """The names to swap in: every name of the sentences once, and further ones by type."""
    found: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    for sentence in sentences:
        for span in sentence.spans:
            found[span.type][sentence.words[span.start : span.end]] = None
    for name, others in more.items():
        found[name].update(dict.fromkeys(tuple(WORD.findall(other)) for other in others))
    return {name: [each for each in forms if each] for name, forms in found.items()}


def vocabulary_names() -> dict[str, list[str]]:
    """The names of the curated vocabularies, by the main corpus's types."""
    folder = Path(__file__).parents[1] / "vocabularies"
    tables = {"Method": "methods", "Dataset": "datasets", "Task": "tasks"}
    return {
        name: [line.split("\t")[1] for line in (folder / f"{table}.tsv").read_text("utf-8").splitlines()[1:]]
        for name, table in tables.items()
    }


def swapped(
    sentence: LabelledSentence, names: Names, *, share: float, rng: random.Random
) -> LabelledSentence:
    """The sentence with a share of its names swapped; a name that stands twice is swapped alike."""
    bound = {end for each in sentence.relations if each.type in BOUND for end in (each.head, each.tail)}
    fixed = {sentence.words[s.start : s.end] for n, s in enumerate(sentence.spans) if n in bound}
    chosen: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}
    words: list[str] = []
    spans: dict[int, LabelledSpan] = {}
    position = 0
    for number, span in sorted(enumerate(sentence.spans), key=lambda each: each[1].start):
        if span.start < position:
            return sentence  # names in names stay as they are
        surface = sentence.words[span.start : span.end]
        if (surface, span.type) not in chosen:
            may = surface not in fixed and rng.random() < share
            chosen[surface, span.type] = rng.choice(names[span.type]) if may else surface
        words += sentence.words[position : span.start]
        start = len(words)
        words += chosen[surface, span.type]
        spans[number] = LabelledSpan(start=start, end=len(words), type=span.type)
        position = span.end
    words += sentence.words[position:]
    return replace(sentence, words=tuple(words), spans=tuple(spans[n] for n in range(len(spans))))
