"""Trains a recogniser by a recipe: `python -m training.train RECIPE.toml --corpora DIR --encoders DIR --out DIR`."""

import argparse
import json
import random
import sys
import time
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from extract.recognition.wordpieces import WordPieces
from training.batches import UNKNOWN, Example, Labelled, batches, labelled, windows
from training.corpora import conll, scier, scirex
from training.fast_steps import MasterAdamW, with_pooled_dropout
from training.evaluation import allowed_classes, evaluate, names_of
from training.heads import HEADS, MENTION_TYPES, PAIR_CLASSES
from training.network import Recogniser, load_encoder, tags_in
from training.sentences import LabelledSentence
from training.swapping import names_by_type, swapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What decides a training run. Rates are AdamW's; `corpora` maps a corpus to the part drawn each epoch."""

    encoder: str
    epochs: int = 6
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warmup: float = 0.06
    window: int = 124
    alone: bool = False
    longest: int = 250
    batch_pieces: int = 1024
    relation_weight: float = 0.5
    averaging: float = 0.0
    layer_decay: float = 1.0
    smoothing: float = 0.0
    seed: int = 1
    shapes: bool = True
    swap: float = 0.0
    corpora: dict[str, float] = field(default_factory=lambda: {"scier": 1.0})
    start: str = ""
    soft: str = ""
    soft_part: float = 1.0
    layers: int = 0
    freeze: bool = False


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains, prints the scores on dev after each epoch, and leaves `network.pt` and `scores.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--encoders", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--set", nargs="*", default=[], help="KEY=VALUE, instead of the recipe's")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    changes = tomllib.loads("\n".join(options.set))
    recipe = replace(Recipe(**tomllib.loads(options.recipe.read_text())), **changes)
    options.out.mkdir(parents=True, exist_ok=True)
    train(recipe, corpora=options.corpora, encoders=options.encoders, out=options.out)


def corpus(name: str, folder: Path) -> list[LabelledSentence]:
    """The training sentences of a corpus."""
    if name == "scier":
        return list(scier.sentences(folder / "scier/train.jsonl"))
    if name == "scirex":
        return list(scirex.sentences(folder / "scirex/train.jsonl.gz", without=scirex.SHARED_WITH_SCIER))
    if name == "scierc":
        return list(conll.sentences(folder / "scierc/ner/train.txt", "scierc"))
    if name == "tdmsci":
        return list(conll.sentences(folder / "tdmsci/train_1500_v2.conll", "tdmsci"))
    if name == "steps":
        return list(scier.sentences(Path(__file__).parent / "data/steps-train.jsonl", "steps"))
    raise ValueError(f"no corpus is called {name!r}")


def vocabulary_names() -> dict[str, list[str]]:
    """The names of the curated vocabularies, by the main corpus's types."""
    folder = Path(__file__).parents[1] / "vocabularies"
    tables = {"Method": "methods", "Dataset": "datasets", "Task": "tasks"}
    return {
        name: [line.split("\t")[1] for line in (folder / f"{table}.tsv").read_text("utf-8").splitlines()[1:]]
        for name, table in tables.items()
    }


def new_network(recipe: Recipe, encoders: Path) -> Recogniser:
    """The network before training."""
    encoder = load_encoder(encoders / recipe.encoder)
    if recipe.layers:
        kept = np.linspace(0, len(encoder.encoder.layer) - 1, recipe.layers).round().astype(int)
        encoder.encoder.layer = torch.nn.ModuleList(encoder.encoder.layer[i] for i in kept)
        encoder.config.num_hidden_layers = recipe.layers
    heads = {name: tags_in(types) for name, types in HEADS.items()}
    model = Recogniser(encoder, heads, types=len(MENTION_TYPES), relations=len(PAIR_CLASSES))
    if recipe.start:
        state = torch.load(recipe.start, weights_only=True)
        if recipe.freeze:
            state = {name: value for name, value in state.items() if not name.startswith("pairs.")}
        model.load_state_dict(state, strict=False)
    return model


def optimiser(model: Recogniser, recipe: Recipe) -> MasterAdamW:
    """AdamW with the encoder's rate, smaller for lower layers, and the heads' own."""
    groups = []
    layers = len(model.encoder.encoder.layer)
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = recipe.head_rate
        if name.startswith("encoder."):
            depth = int(name.split("layer.")[1].split(".")[0]) + 1 if "layer." in name else 0
            rate = recipe.encoder_rate * recipe.layer_decay ** (layers - depth)
        decay = 0.0 if parameter.ndim < 2 else recipe.decay
        groups.append({"params": [parameter], "lr": rate, "weight_decay": decay})
    return MasterAdamW(groups)


def loss_of(model: Recogniser, item: Labelled, recipe: Recipe) -> Tensor:
    """The mean cross-entropy of tags, and of pairs by the recipe's weight."""
    words = model.encode(item.batch)
    losses = []
    for head, tags in item.tags.items():
        scores = model.tag_scores(words, head)
        losses.append(
            torch.nn.functional.cross_entropy(
                scores.flatten(0, 1), tags.flatten(), ignore_index=UNKNOWN, label_smoothing=recipe.smoothing
            )
        )
    for head, chances in item.soft_tags.items():
        scores = model.tag_scores(words, head)
        losses.append(-(chances * scores).sum() / chances.sum().clamp(min=1))
    if len(item.classes):
        scores = model.pairs(words, item.batch.pairs, item.batch.sentences)
        if (item.classes != UNKNOWN).any():
            losses.append(
                recipe.relation_weight
                * torch.nn.functional.cross_entropy(scores, item.classes, ignore_index=UNKNOWN)
            )
        if item.soft_classes is not None:
            losses.append(
                recipe.relation_weight
                * -(item.soft_classes * scores).sum()
                / item.soft_classes.sum().clamp(min=1)
            )
    return torch.stack(losses).sum()


def epoch_batches(
    examples: dict[str, list[Example]], recipe: Recipe, rng: random.Random
) -> list[list[Example]]:
    """The batches of an epoch: of each corpus the recipe's part, each batch of one corpus."""
    made = []
    for name, items in examples.items():
        part = recipe.soft_part if name == "soft" else recipe.corpora[name]
        chosen = list(items) * int(part) + rng.sample(items, round(len(items) * (part % 1)))
        made += list(batches(chosen, pieces=recipe.batch_pieces, rng=rng))
    rng.shuffle(made)
    return made


class Average:
    """The exponential moving average of the masters of a network's weights (Polyak averaging)."""

    def __init__(self, steps: MasterAdamW, decay: float) -> None:
        self.decay = decay
        self.count = 0
        self.steps = steps
        self.weights = [master.detach().clone() for master in steps.masters()]

    def update(self) -> None:
        """Takes the weights in; the first steps count more."""
        self.count += 1
        rate = min(self.decay, (1 + self.count) / (10 + self.count))
        torch._foreach_lerp_(self.weights, [m.detach() for m in self.steps.masters()], 1 - rate)

    def give(self) -> None:
        """Puts the average in the network's place."""
        for (parameter, _), value in zip(self.steps.pairs, self.weights, strict=True):
            parameter.data.copy_(value)


def train(recipe: Recipe, *, corpora: Path, encoders: Path, out: Path) -> None:
    """Runs the recipe; deterministic for its seed on the same machine and threads."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    pieces = WordPieces.load(encoders / recipe.encoder / "tokenizer.json")
    pad = pieces.pad
    sentences = {name: corpus(name, corpora) for name in recipe.corpora}
    dev = list(scier.sentences(corpora / "scier/dev.jsonl"))
    seen = names_of(scier.sentences(corpora / "scier/train.jsonl"))
    allowed = allowed_classes(scier.sentences(corpora / "scier/train.jsonl"))
    sizes = {"most": recipe.window, "alone": recipe.alone}
    examples = {
        name: list(
            windows([one for one in each if pieces.count(one.words) <= recipe.longest], pieces, **sizes)
        )
        for name, each in sentences.items()
    }
    if recipe.soft:
        from training.pseudo_labels import load_soft

        examples["soft"] = load_soft(Path(recipe.soft), pieces, window=recipe.window)
    names = names_by_type(sentences.get("scier", []), vocabulary_names())
    dev_examples = list(windows(dev, pieces, **sizes))
    model = new_network(recipe, encoders)
    if recipe.freeze:
        for name, parameter in model.named_parameters():
            parameter.requires_grad = name.startswith("pairs.")
    if not recipe.shapes:
        model.shapes.weight.requires_grad = False
    model.encoder.get_input_embeddings().weight.requires_grad = False
    with_pooled_dropout(model)
    model.encoder.bfloat16()
    steps = optimiser(model, recipe)
    plan = []
    for _ in range(recipe.epochs):
        if recipe.swap:
            each = [swapped(one, names, share=recipe.swap, rng=rng) for one in sentences["scier"]]
            examples["scier"] = list(
                windows([one for one in each if pieces.count(one.words) <= recipe.longest], pieces, **sizes)
            )
        plan.append(epoch_batches(examples, recipe, rng))
    total = sum(map(len, plan))
    warm = max(1, round(total * recipe.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        steps.optimiser, lambda step: min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))
    )
    average = Average(steps, recipe.averaging) if recipe.averaging else None
    history = []
    started = time.perf_counter()
    for epoch, groups in enumerate(plan, start=1):
        model.train()
        running = 0.0
        for number, group in enumerate(groups):
            item = labelled(group, pad=pad)
            loss = loss_of(model, item, recipe)
            loss.backward()
            steps.step(1.0)
            schedule.step()
            if average:
                average.update()
            running += loss.item()
            if number % 100 == 99:
                print(
                    f"epoch {epoch} {number + 1}/{len(groups)} loss {running / 100:.4f} {time.perf_counter() - started:.0f} s",
                    file=sys.stderr,
                    flush=True,
                )
                running = 0.0
        model.eval()
        if average and epoch == recipe.epochs:
            history.append(
                report(
                    model,
                    dev_examples,
                    pad=pad,
                    seen=seen,
                    allowed=allowed,
                    epoch=f"{epoch} own",
                    started=started,
                )
            )
            average.give()
        history.append(
            report(
                model, dev_examples, pad=pad, seen=seen, allowed=allowed, epoch=str(epoch), started=started
            )
        )
        torch.save(model.state_dict(), out / "latest.pt")
    if not average:
        for parameter, master in steps.pairs:
            parameter.data = master.data
    torch.save(model.float().state_dict(), out / "network.pt")
    (out / "scores.json").write_text(json.dumps({"recipe": asdict(recipe), "history": history}, indent=1))


def report(model: Recogniser, examples: list[Example], *, epoch: str, started: float, **others) -> dict:
    """Scores, printed in one line."""
    model.eval()
    scores = evaluate([model], examples, **others)
    line = {name: round(100 * value["f1"], 1) for name, value in scores.items()}
    print(json.dumps({"epoch": epoch, "seconds": round(time.perf_counter() - started), **line}), flush=True)
    return {"epoch": epoch, **scores}


if __name__ == "__main__":
    main()
