"""The network in torch, timed: what `benchmarks.speed recognition` puts beside the shipped model.

`python -m training.torch_speed PASSAGES.json --encoder FOLDER [--network FILE] --threads N` serves rounds
(see `benchmarks.timed_rounds`) over passages of sentences, with the work of the shipped recogniser: words,
windows, encoder and tags of the shipped heads in float32, the best spans, and the relations of their pairs.
Without a network of training's it finds no mention, and so has no pairs to look at: a little less work.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from benchmarks.timed_rounds import serve
from extract.recognition.shipped import may_hold_entity
from extract.recognition.wordpieces import WordPieces
from extract.recognition.words import WORD
from training.batches import inputs
from training.examples import Example, batches, windows
from training.heads import HEADS, MENTION_TYPES, PAIR_CLASSES, SHIPPED
from training.network import Recogniser, load_encoder, tags_in
from training.pairs import span_pairs
from training.prediction import decoded
from training.sentences import LabelledSentence

WINDOW, LONGEST, BATCH_PIECES = 124, 250, 2048
MOST_PARTNERS = 16


def main() -> None:
    """Serves rounds over all passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--network", type=Path)
    parser.add_argument("--threads", type=int, required=True)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    passages: list[list[str]] = json.loads(given.passages.read_text(encoding="utf-8"))
    pieces = WordPieces.load(given.encoder / "tokenizer.json")
    model = network(given.encoder, given.network)
    serve(lambda: recognise(model, pieces, passages))


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
    batch = inputs(group, [], [], pad)
    with torch.inference_mode():
        words = model.encode(batch)
        tags = {head: model.tag_scores(words, head).exp().numpy() for head in SHIPPED}
        pairs, bounds = [], []
        for number, example in enumerate(group):
            start = 0
            for end in example.window.sentence_ends:
                spans = {head: decoded(values[number, start:end], head) for head, values in tags.items()}
                rows = _near(spans["scier"])
                pairs += [(number, *(place + start for place in row[:4]), *row[4:]) for row in rows]
                bounds += [(start, end)] * len(rows)
                start = end
        if pairs:
            classes = model.pairs(words, torch.tensor(pairs), torch.tensor(bounds)).argmax(-1)
            return int(np.count_nonzero(classes.numpy()))
    return 0


def _near(spans: Sequence[tuple[int, int, int]]) -> list[tuple[int, ...]]:
    """The pairs of spans with at most so many others between as the shipped recogniser looks at."""
    starts = sorted(start for start, _, _ in spans)
    place = {start: number for number, start in enumerate(starts)}
    return [row for row in span_pairs(spans) if place[row[2]] - place[row[0]] <= MOST_PARTNERS]


if __name__ == "__main__":
    main()
