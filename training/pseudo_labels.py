"""A teacher's labels for unannotated text: `python -m training.pseudo_labels --run DIR ... --out DIR`.

Several teachers may have several encoders: their probabilities are averaged over words, which are the same
for all. Labels of metrics and steps come from those alone that learned steps between their neighbours: the
others take far too much for one where sentences stand in running text. Where `training/data` has a
sentence's steps, these count instead. What is kept are probabilities (Hinton et al., 2015), of every word's
tags and of every pair of the mentions found.
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from extract.recognition.spans_of_tags import spans_in
from extract.recognition.wordpieces import WordPieces
from training.corpora import scirex, scisumm
from training.corpora.by_name import corpus
from training.corpora.files import corpus_file
from training.devices import add_device
from training.examples import Soft, windows
from training.heads import SHIPPED
from training.network import Recogniser
from training.own_labels import OwnSteps
from training.prediction import agreed_tags, pair_chances, predicted
from training.recipe import Recipe
from training.sentences import LabelledSentence
from training.soft_labels import write_soft
from training.start import new_network

LONGEST, WINDOW = 250, 124
MAIN = SHIPPED[0]
CHUNK_DOCUMENTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """A trained network with its encoder's word pieces, and the heads that it is asked for."""

    model: Recogniser
    pieces: WordPieces
    heads: Sequence[str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Labels documents drawn at random until the words are reached."""
    given = options(arguments)
    torch.set_num_threads(given.threads)
    teachers = [load_teacher(run, given.encoders, given.device) for run in given.run]
    if all(teacher.heads == (MAIN,) for teacher in teachers):
        raise SystemExit("no teacher has learned steps between their neighbours (`neighbours` of its recipe)")
    papers = scirex.sentences(
        corpus_file(given.corpora, "scirex/train.jsonl.gz"), without=scirex.SHARED_WITH_SCIER
    )
    acl = scisumm.sentences(corpus_file(given.corpora, "scisumm/papers.jsonl.xz"))
    texts = [*drawn(papers, given.scirex, given.seed), *drawn(acl, given.scisumm, given.seed)]
    given.out.mkdir(parents=True, exist_ok=True)
    own = OwnSteps(corpus("steps", given.corpora))
    labelled = labelled_softly(texts, teachers)
    write_soft(given.out, ((sentence, own.instead(sentence, soft)) for sentence, soft in labelled))


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, nargs="+", required=True)
    parser.add_argument("--encoders", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--scirex", type=int, default=480_000, help="words to label of SciREX's train")
    parser.add_argument("--scisumm", type=int, default=120_000, help="words to label of ScisummNet")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    add_device(parser)
    return parser.parse_args(arguments)


def load_teacher(run: Path, encoders: Path, device: torch.device) -> Teacher:
    """The network that a training run left."""
    recipe = Recipe(**json.loads((run / "scores.json").read_text())["recipe"])
    model = new_network(replace(recipe, start=""), encoders)
    model.load_state_dict(torch.load(run / "network.pt", map_location="cpu", weights_only=True))
    model.encoder.bfloat16()
    pieces = WordPieces.load(encoders / recipe.encoder / "tokenizer.json")
    heads = SHIPPED if recipe.neighbours else (MAIN,)
    return Teacher(model=model.to(device).eval(), pieces=pieces, heads=heads)


def drawn(sentences: Iterable[LabelledSentence], words: int, seed: int) -> list[LabelledSentence]:
    """Whole documents in random order, up to about so many words."""
    documents = [list(group) for _, group in groupby(sentences, key=lambda each: each.document)]
    random.Random(seed).shuffle(documents)
    chosen: list[LabelledSentence] = []
    total = 0
    for document in documents:
        if total >= words:
            break
        kept = [each for each in document if len(each.words) <= LONGEST // 2]
        chosen += kept
        total += sum(len(each.words) for each in kept)
    return chosen


def labelled_softly(
    texts: Sequence[LabelledSentence], teachers: Sequence[Teacher]
) -> Iterator[tuple[LabelledSentence, Soft]]:
    """Yields the sentences with the teachers' mean probabilities, some documents at a time."""
    documents = [list(group) for _, group in groupby(texts, key=lambda each: each.document)]
    for first in range(0, len(documents), CHUNK_DOCUMENTS):
        yield from _chunk([s for d in documents[first : first + CHUNK_DOCUMENTS] for s in d], teachers)


def _chunk(
    texts: Sequence[LabelledSentence], teachers: Sequence[Teacher]
) -> Iterator[tuple[LabelledSentence, Soft]]:
    place = {id(sentence): number for number, sentence in enumerate(texts)}
    results = [dict(_by_place(texts, teacher, place)) for teacher in teachers]
    chances = {
        head: [
            mean_of(
                result[n][0][head]
                for teacher, result in zip(teachers, results, strict=True)
                if head in teacher.heads
            )
            for n in range(len(texts))
        ]
        for head in SHIPPED
    }
    tagged = {head: agreed_tags(texts, each, head) for head, each in chances.items()}
    for number, sentence in enumerate(texts):
        spans = tuple(spans_in(tagged[MAIN][number].tags))
        found = []
        for teacher, result in zip(teachers, results, strict=True):
            _, vectors, start = result[number]
            found.append(
                pair_chances([teacher.model], [vectors], spans, (start, start + len(sentence.words)))
            )
        mean = mean_of(found).astype(np.float16)
        yield (
            sentence,
            Soft(
                tags={head: each[number].chances.astype(np.float16) for head, each in tagged.items()},
                spans=spans,
                pairs=mean if len(mean) else None,
            ),
        )


def mean_of(arrays: Iterable[NDArray[np.float32]]) -> NDArray[np.float32]:
    """The mean of arrays of one shape."""
    mean: NDArray[np.float32] = np.mean(list(arrays), axis=0)
    return mean


def _by_place(
    texts: Sequence[LabelledSentence], teacher: Teacher, place: Mapping[int, int]
) -> Iterator[tuple[int, tuple[dict[str, NDArray[np.float32]], Tensor, int]]]:
    examples = list(windows(texts, teacher.pieces, most=WINDOW))
    for sentence, chances, vectors, start in predicted(
        [teacher.model], examples, pad=teacher.pieces.pad, heads=SHIPPED
    ):
        yield place[id(sentence)], (chances, vectors[0], start)


if __name__ == "__main__":
    main()
