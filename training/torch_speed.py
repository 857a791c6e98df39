"""The network in torch, timed: what `benchmarks.speed recognition` puts beside the shipped model.

`python -m training.torch_speed PAPERS.json --encoder FOLDER [--network FILE] --threads N` serves rounds
(see `benchmarks.timed_rounds`) over papers of passages of sentences, with the work of the shipped
recogniser: words, windows, encoder and tags of the shipped heads in float32, the best spans, and the
relations of their pairs. A little less work it is: names are not made to agree across documents, and without
a network of training's no mention is found, and so there are no pairs to look at.
"""

import argparse
import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.timed_rounds import serve
from extract.recognition.agreement import tagged
from extract.recognition.pair_head import marks
from extract.recognition.pair_relations import MOST_PARTNERS
from extract.recognition.shipped import may_hold_entity
from extract.recognition.spans_of_tags import spans_in, transitions
from extract.recognition.wordpieces import WordPieces
from extract.recognition.words import WORD
from training.batches import inputs
from training.examples import Example, batches, windows
from training.heads import HEADS, MENTION_TYPES, PAIR_CLASSES, SHIPPED
from training.network import Recogniser, load_encoder, tags_in
from training.pairs import span_pairs
from training.sentences import LabelledSentence

WINDOW, LONGEST, BATCH_PIECES = 124, 250, 2048


def main() -> None:
    """Serves rounds over all passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--network", type=Path)
    parser.add_argument("--threads", type=int, required=True)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    papers: list[list[list[str]]] = json.loads(given.papers.read_text(encoding="utf-8"))
    pieces = WordPieces.load(given.encoder / "tokenizer.json")
    model = network(given.encoder, given.network)
    serve(lambda: recognise(model, pieces, list(chain.from_iterable(papers))))


def network(encoder: Path, state: Path | None) -> Recogniser:
    """The network for use, with torch's fused attention."""
    weights = torch.load(state, weights_only=True) if state else None
    body = load_encoder(encoder)
    if weights:
        layers = 1 + max(int(name.split("layer.")[1].split(".")[0]) for name in weights if "layer." in name)
        body.encoder.layer = body.encoder.layer[:layers]
    body.set_attn_implementation("sdpa")
    heads = {name: tags_in(types) for name, types in HEADS.items()}
    model = Recogniser(body, heads, types=len(MENTION_TYPES), relations=len(PAIR_CLASSES))
    if weights:
        model.load_state_dict(weights)
    else:
        for head in model.heads.values():
            head.bias.data[0] = 100.0  # of "O"
    return model.float().eval()


def recognise(model: Recogniser, pieces: WordPieces, passages: Sequence[Sequence[str]]) -> int:
    """Finds all mentions and relations; how many."""
    sentences = [
        LabelledSentence(corpus="", document=str(number), words=words)
        for number, passage in enumerate(passages)
        for sentence in passage
        if may_hold_entity(words := fitting(tuple(WORD.findall(sentence)), pieces))
    ]
    examples = list(windows(sentences, pieces, most=WINDOW))
    groups = batches(examples, pieces=BATCH_PIECES, rng=None)
    return sum(_recognised(model, group, pieces.pad) for group in groups)


def fitting(words: tuple[str, ...], pieces: WordPieces) -> tuple[str, ...]:
    """The words of a sentence, without the end of what is too long to be one."""
    while pieces.count(words) > LONGEST:
        words = words[: len(words) * 3 // 4]
    return words


def _recognised(model: Recogniser, group: Sequence[Example], pad: int) -> int:
    batch = inputs(group, [], [], [], pad=pad)
    with torch.inference_mode():
        words = model.encode(batch)
        tags = {head: model.tag_scores(words, head).exp().numpy() for head in SHIPPED}
        pairs, bounds = [], []
        marked = np.zeros(words.shape[:2], dtype=np.int64)
        for number, example in enumerate(group):
            start = 0
            for end in example.window.sentence_ends:
                spans = {head: _spans(values[number, start:end], head) for head, values in tags.items()}
                rows = _near(spans["scier"])
                marked[number, start:end] = marks(end - start, spans["scier"], types=len(MENTION_TYPES))
                pairs += [(number, *(place + start for place in row[:4]), *row[4:]) for row in rows]
                bounds += [(start, end)] * len(rows)
                start = end
        if pairs:
            scores = model.pairs(words, torch.tensor(pairs), torch.tensor(bounds), torch.from_numpy(marked))
            return int(np.count_nonzero(scores.argmax(-1).numpy()))
    return 0


def _spans(chances: NDArray[np.float32], head: str) -> list[tuple[int, int, int]]:
    (found,) = tagged([()], [chances], transitions(len(HEADS[head])))
    return list(spans_in(found.tags))


def _near(spans: Sequence[tuple[int, int, int]]) -> list[tuple[int, ...]]:
    """The pairs of spans with at most so many others between as the shipped recogniser looks at."""
    starts = sorted(start for start, _, _ in spans)
    place = {start: number for number, start in enumerate(starts)}
    return [row for row in span_pairs(spans) if place[row[2]] - place[row[0]] <= MOST_PARTNERS]


if __name__ == "__main__":
    main()
