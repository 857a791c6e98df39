"""Distant labels (Mintz et al., 2009): the vocabulary's preprocessing steps wherever papers write them.

A name of the vocabulary may be no step where it stands ("normalization" of a layer), so a form is used only
if the labelled sentences mark it at least as often as not. The other words of a sentence may hold steps that
the vocabulary lacks: they are taken for none.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extract.recognition.words import WORD
from training.corpora.neighbours import short_document
from training.sentences import LabelledSentence, LabelledSpan

CORPUS = "distant-steps"
STEP = "PreprocessingStep"
LEAST_PRECISION = 0.5
MOST_WORDS = 100

Form = tuple[str, ...]
Forms = Mapping[str, Sequence[Form]]
"""Forms in lower case by their first word, the longest first."""


def vocabulary_forms() -> list[Form]:
    """All names and aliases of the steps of the vocabulary, as words in lower case."""
    table = Path(__file__).parents[2] / "vocabularies" / "preprocessing_steps.tsv"
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    names = [name for row in rows for name in (row[1], *row[2].split("|"))]
    return sorted({tuple(WORD.findall(name.casefold())) for name in names if name})


def trusted(forms: Iterable[Form], labelled: Sequence[LabelledSentence]) -> list[Form]:
    """The forms that the labelled sentences do not mostly leave unmarked where they occur."""
    searched = by_first_word(forms)
    stands, marked = Counter[Form](), Counter[Form]()
    for sentence in labelled:
        spans = {(span.start, span.end) for span in sentence.spans}
        for start, end in occurrences(sentence.words, searched):
            form = tuple(word.casefold() for word in sentence.words[start:end])
            stands[form] += 1
            marked[form] += (start, end) in spans
    return [
        form for held in searched.values() for form in held if marked[form] >= LEAST_PRECISION * stands[form]
    ]


def by_first_word(forms: Iterable[Form]) -> Forms:
    """The forms, ready to be looked for."""
    found: dict[str, list[Form]] = defaultdict(list)
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        found[form[0]].append(form)
    return found


def occurrences(words: Sequence[str], forms: Forms) -> Iterator[tuple[int, int]]:
    """Yields start and end of the forms in the words, the longest at each place, none inside another."""
    folded = tuple(word.casefold() for word in words)
    place = 0
    while place < len(folded):
        found = next((f for f in forms.get(folded[place], ()) if folded[place : place + len(f)] == f), None)
        if found:
            yield place, place + len(found)
        place += len(found) if found else 1


def distant_steps(
    papers: Iterable[LabelledSentence], forms: Iterable[Form], *, without: Iterable[str], seed: int = 1
) -> list[LabelledSentence]:
    """The sentences of the papers that hold a form, with it marked, and as many drawn of those that do not.

    `without` are documents to leave out, as labelled sentences name them.
    """
    searched, kept_out = by_first_word(forms), {short_document(name) for name in without}
    with_steps: list[LabelledSentence] = []
    others: list[LabelledSentence] = []
    for each in papers:
        if short_document(each.document) in kept_out or len(each.words) > MOST_WORDS:
            continue
        spans = tuple(
            LabelledSpan(start=start, end=end, type=STEP) for start, end in occurrences(each.words, searched)
        )
        plain = replace(each, corpus=CORPUS, spans=spans, relations=(), uncertain=())
        (with_steps if spans else others).append(plain)
    drawn = random.Random(seed).sample(others, min(len(others), len(with_steps)))
    return [*with_steps, *drawn]
