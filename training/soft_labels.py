"""A teacher's probabilities in files: what `training.pseudo_labels` writes and students read."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extract.recognition.wordpieces import WordPieces
from training.examples import Example, Soft, windows
from training.heads import HEADS, PAIR_CLASSES, SHIPPED
from training.pairs import span_pairs
from training.sentences import LabelledSentence

SENTENCES, TAGS, PAIRS = "sentences.jsonl", "tags.npy", "pairs.npy"
SHOWN = 500


def write_soft(out: Path, labelled: Iterable[tuple[LabelledSentence, Soft]]) -> None:
    """The sentences as JSON lines, and beside them the probabilities in the order of the sentences."""
    tags, pairs, total = [], [], 0
    with (out / SENTENCES).open("w", encoding="utf-8") as lines:
        for sentence, soft in labelled:
            row = {
                "document": sentence.document,
                "words": sentence.words,
                "spans": [list(map(int, span)) for span in soft.spans],
            }
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            tags.append(np.concatenate([soft.tags[head] for head in SHIPPED], axis=1))
            if soft.pairs is not None:
                pairs.append(soft.pairs)
            total += len(sentence.words)
            if len(tags) % SHOWN == 0:
                print(f"{len(tags)} sentences, {total} words", file=sys.stderr, flush=True)
    np.save(out / TAGS, np.concatenate(tags))
    np.save(out / PAIRS, np.concatenate(pairs))


def load_soft(folder: Path, pieces: WordPieces, *, window: int) -> list[Example]:
    """Windows of what `write_soft` wrote, for a student's word pieces.

    Raises ValueError where the files do not belong together or know other classes.
    """
    tags, pairs = np.load(folder / TAGS), np.load(folder / PAIRS)
    sentences, softs = [], []
    word = pair = 0
    with (folder / SENTENCES).open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words = tuple(row["words"])
            spans = tuple((start, end, kind) for start, end, kind in row["spans"])
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


def by_head(tags: NDArray[np.float16]) -> dict[str, NDArray[np.float16]]:
    """The columns of the shipped heads apart."""
    found, first = {}, 0
    for head in SHIPPED:
        count = 1 + 4 * len(HEADS[head])
        found[head] = tags[:, first : first + count]
        first += count
    return found
