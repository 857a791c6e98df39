"""A teacher's labels for unannotated text: `python -m training.pseudo_labels --run DIR ... --words N --out DIR`.

Several teachers may have several encoders: their probabilities are averaged over words, which are the same for all.
What is kept are probabilities (Hinton et al., 2015), of every word's tags and of every pair of the mentions found.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import torch

from extract.recognition.wordpieces import WordPieces
from training.batches import Example, Soft, span_pairs, windows
from training.corpora import scirex, scisumm
from training.corpora.files import corpus_file
from training.evaluation import Spans, decoded, pair_chances, predicted
from training.heads import HEADS, PAIR_CLASSES, SHIPPED
from training.network import Recogniser
from training.sentences import LabelledSentence

LONGEST = 250
CHUNK_DOCUMENTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """A trained network with its encoder's word pieces."""

    model: Recogniser
    pieces: WordPieces


def main(arguments: Sequence[str] | None = None) -> None:
    """Labels documents drawn at random until the words are reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, nargs="+", required=True)
    parser.add_argument("--encoders", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--scirex", type=int, default=700_000, help="words to label of SciREX's train")
    parser.add_argument("--scisumm", type=int, default=300_000, help="words to label of ScisummNet")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    torch.set_num_threads(given.threads)
    teachers = [load_teacher(run, given.encoders) for run in given.run]
    texts = [
        *drawn(
            scirex.sentences(
                corpus_file(given.corpora, "scirex/train.jsonl.gz"), without=scirex.SHARED_WITH_SCIER
            ),
            given.scirex,
            given.seed,
        ),
        *drawn(
            scisumm.sentences(corpus_file(given.corpora, "scisumm/papers.jsonl.xz")),
            given.scisumm,
            given.seed,
        ),
    ]
    given.out.mkdir(parents=True, exist_ok=True)
    write_soft(given.out, texts, teachers)


def load_teacher(run: Path, encoders: Path) -> Teacher:
    """The network that a training run left."""
    from training.train import Recipe, new_network

    recipe = Recipe(**json.loads((run / "scores.json").read_text())["recipe"])
    model = new_network(recipe, encoders)
    model.load_state_dict(torch.load(run / "network.pt", weights_only=True))
    model.encoder.bfloat16()
    return Teacher(model=model.eval(), pieces=WordPieces.load(encoders / recipe.encoder / "tokenizer.json"))


def drawn(sentences: Iterator[LabelledSentence], words: int, seed: int) -> list[LabelledSentence]:
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


def write_soft(out: Path, texts: Sequence[LabelledSentence], teachers: Sequence[Teacher]) -> None:
    """The sentences as JSON lines, and beside them the probabilities in the order of the sentences."""
    tags, pairs, total = [], [], 0
    with (out / "sentences.jsonl").open("w", encoding="utf-8") as lines:
        for sentence, soft in labelled_softly(texts, teachers):
            row = {
                "document": sentence.document,
                "words": sentence.words,
                "spans": [list(map(int, s)) for s in soft.spans],
            }
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            tags.append(np.concatenate([soft.tags[head] for head in SHIPPED], axis=1))
            if soft.pairs is not None:
                pairs.append(soft.pairs)
            total += len(sentence.words)
            if len(tags) % 500 == 0:
                print(f"{len(tags)} sentences, {total} words", file=sys.stderr, flush=True)
    np.save(out / "tags.npy", np.concatenate(tags))
    np.save(out / "pairs.npy", np.concatenate(pairs))


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
    for number, sentence in enumerate(texts):
        each = [result[number] for result in results]
        tags = {head: np.mean([chances[head] for chances, _, _ in each], axis=0) for head in SHIPPED}
        spans: Spans = tuple(sorted(decoded(tags["scier"], "scier")))
        bounds = [(start, start + len(sentence.words)) for _, _, start in each]
        found = [
            pair_chances([teacher.model], vectors, spans, bound)
            for teacher, (_, vectors, _), bound in zip(teachers, each, bounds, strict=True)
        ]
        mean = np.mean(found, axis=0).astype(np.float16)
        yield (
            sentence,
            Soft(
                tags={head: values.astype(np.float16) for head, values in tags.items()},
                spans=spans,
                pairs=mean if len(mean) else None,
            ),
        )


def _by_place(texts, teacher, place):
    examples = list(windows(texts, teacher.pieces, most=124))
    for sentence, chances, vectors, start in predicted(
        [teacher.model], examples, pad=teacher.pieces.pad, heads=SHIPPED
    ):
        yield place[id(sentence)], (chances, vectors, start)


def load_soft(folder: Path, pieces: WordPieces, *, window: int) -> list[Example]:
    """Windows of what `write_soft` wrote, for a student's word pieces."""
    tags, pairs = np.load(folder / "tags.npy"), np.load(folder / "pairs.npy")
    sentences, softs = [], []
    word = pair = 0
    with (folder / "sentences.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words, spans = tuple(row["words"]), tuple(map(tuple, row["spans"]))
            count = len(list(span_pairs(spans)))
            sentences.append(LabelledSentence(corpus="soft", document=row["document"], words=words))
            softs.append(
                Soft(
                    tags=by_head(tags[word : word + len(words)]),
                    spans=spans,
                    pairs=pairs[pair : pair + count] if count else None,
                )
            )
            word, pair = word + len(words), pair + count
    if pair != len(pairs) or word != len(tags) or pairs.shape[1] != len(PAIR_CLASSES):
        raise ValueError(f"{folder} holds probabilities of other sentences or classes")
    return list(windows(sentences, pieces, most=window, soft=softs))


def by_head(tags: np.ndarray) -> dict[str, np.ndarray]:
    """The columns of the shipped heads apart."""
    found, first = {}, 0
    for head in SHIPPED:
        count = 1 + 4 * len(HEADS[head])
        found[head] = tags[:, first : first + count]
        first += count
    return found


if __name__ == "__main__":
    main()
