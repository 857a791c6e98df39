"""What a run learns from, epoch by epoch."""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from extract.recognition.wordpieces import WordPieces
from training.corpora.by_name import corpus, papers
from training.corpora.neighbours import Group, with_neighbours
from training.examples import Example, batches, windows
from training.recipe import Recipe
from training.sentences import LabelledSentence
from training.soft_labels import load_soft
from training.swapping import names_by_type, swapped, vocabulary_names

SOFT, STEPS = "soft", "steps"
Plan = list[list[list[Example]]]
"""The batches of each epoch."""


def planned(recipe: Recipe, pieces: WordPieces, corpora: Path, rng: random.Random) -> Plan:
    """All batches of a run; raises WrongCorpusError where a corpus is not the expected one."""
    sentences = {name: corpus(name, corpora) for name in recipe.corpora}
    examples = {name: fitting(each, recipe, pieces) for name, each in sentences.items()}
    if recipe.soft:
        examples[SOFT] = load_soft(Path(recipe.soft), pieces, window=recipe.window)
    names = names_by_type(sentences.get("scier", []), vocabulary_names())
    groups = with_neighbours(sentences[STEPS], papers(corpora)) if STEPS in sentences else []
    plan = []
    for _ in range(recipe.epochs):
        if groups:
            examples[STEPS] = step_windows(shown(groups, recipe.neighbours, rng), recipe, pieces)
        if recipe.swap:
            changed = [swapped(one, names, share=recipe.swap, rng=rng) for one in sentences["scier"]]
            examples["scier"] = fitting(changed, recipe, pieces)
        plan.append(epoch_batches(examples, recipe, rng))
    return plan


def shown(groups: Sequence[Group], share: float, rng: random.Random) -> list[LabelledSentence]:
    """The labelled sentences, so many of them between their neighbours and the others alone."""
    found: list[LabelledSentence] = []
    for group in groups:
        found += group if rng.random() < share else [one for one in group if one.corpus == STEPS]
    return found


def step_windows(sentences: Sequence[LabelledSentence], recipe: Recipe, pieces: WordPieces) -> list[Example]:
    """The windows of labelled sentences and their neighbours, without those of neighbours only."""
    made = fitting(sentences, recipe, pieces)
    return [one for one in made if any(sentence.corpus == STEPS for sentence in one.sentences)]


def fitting(sentences: Sequence[LabelledSentence], recipe: Recipe, pieces: WordPieces) -> list[Example]:
    """The windows of the sentences that are not too long for the recipe."""
    short = [one for one in sentences if pieces.count(one.words) <= recipe.longest]
    return list(windows(short, pieces, most=recipe.window, alone=recipe.alone))


def epoch_batches(
    examples: Mapping[str, Sequence[Example]], recipe: Recipe, rng: random.Random
) -> list[list[Example]]:
    """The batches of an epoch: of each corpus the recipe's part, each batch of one corpus."""
    made = [batch for name, items in examples.items() for batch in _drawn(name, items, recipe, rng)]
    rng.shuffle(made)
    return made


def _drawn(
    name: str, items: Sequence[Example], recipe: Recipe, rng: random.Random
) -> Iterator[list[Example]]:
    part = recipe.soft_part if name == SOFT else recipe.corpora[name]
    chosen = list(items) * int(part) + rng.sample(items, round(len(items) * (part % 1)))
    return batches(chosen, pieces=recipe.batch_pieces, rng=rng)
