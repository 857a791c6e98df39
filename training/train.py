"""Trains a recogniser: `python -m training.train RECIPE.toml --corpora DIR --encoders DIR --out DIR`."""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from extract.recognition.wordpieces import WordPieces
from training.batches import labelled
from training.checkpoint import Checkpoint, History
from training.descent import Descent
from training.devices import CPU, add_device
from training.evaluation import Exam, evaluate, exam_of
from training.examples import Example
from training.fast_steps import with_pooled_dropout, with_quantised_inputs
from training.losses import loss_of
from training.network import Recogniser
from training.plan import planned
from training.recipe import Recipe, read_recipe
from training.start import freeze, new_network

SHOWN = 100


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains, prints the scores on dev after each epoch, and leaves `network.pt` and `scores.json`.

    A run that was ended goes on after its last whole epoch.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--encoders", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--set", nargs="*", default=[], help="KEY=VALUE, instead of the recipe's")
    add_device(parser)
    given = parser.parse_args(arguments)
    torch.set_num_threads(given.threads)
    recipe = read_recipe(given.recipe, given.set)
    given.out.mkdir(parents=True, exist_ok=True)
    train(recipe, corpora=given.corpora, encoders=given.encoders, out=given.out, device=given.device)


def train(recipe: Recipe, *, corpora: Path, encoders: Path, out: Path, device: torch.device = CPU) -> None:
    """Runs the recipe; on a CPU deterministic for its seed on the same machine and threads."""
    torch.manual_seed(recipe.seed)
    pieces = WordPieces.load(encoders / recipe.encoder / "tokenizer.json")
    exam = exam_of(recipe, pieces, corpora)
    plan = planned(recipe, pieces, corpora, random.Random(recipe.seed))
    model = new_network(recipe, encoders).to(device)
    freeze(model, recipe)
    with_pooled_dropout(model)
    if recipe.quantised:
        with_quantised_inputs(model.encoder)
    model.encoder.bfloat16()
    descent = Descent(model, recipe, sum(map(len, plan)))
    checkpoint = Checkpoint(out / "checkpoint.pt", recipe)
    history: History = checkpoint.load(descent)
    for epoch, groups in enumerate(plan[len(history) :], start=len(history) + 1):
        started = time.perf_counter()
        learn(model, groups, descent, recipe, pad=pieces.pad, progress=f"epoch {epoch}")
        if epoch == recipe.epochs:
            descent.finish()
            model.float()
        history.append(report(model, exam, epoch=epoch, started=started))
        if epoch < recipe.epochs:
            checkpoint.save(descent, history)
    torch.save(on_cpu(model), out / "network.pt")
    (out / "scores.json").write_text(json.dumps({"recipe": asdict(recipe), "history": history}, indent=1))
    checkpoint.remove()


def learn(
    model: Recogniser,
    groups: Sequence[Sequence[Example]],
    descent: Descent,
    recipe: Recipe,
    *,
    pad: int,
    progress: str,
) -> None:
    """One epoch; the mean loss is shown now and then."""
    model.train()
    running, started = 0.0, time.perf_counter()
    for number, group in enumerate(groups, start=1):
        loss = loss_of(model, labelled(group, pad=pad).to(model.device), recipe)
        loss.backward()
        descent.step()
        running += loss.item()
        if number % SHOWN == 0:
            line = f"{progress} {number}/{len(groups)} loss {running / SHOWN:.4f}"
            print(f"{line} {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
            running = 0.0


def report(model: Recogniser, exam: Exam, *, epoch: int, started: float) -> dict[str, Any]:
    """Scores, and the seconds that the epoch took, printed in one line."""
    seconds = round(time.perf_counter() - started)
    model.eval()
    scores = evaluate([model], exam)
    line = {name: round(100 * value["f1"], 1) for name, value in scores.items()}
    print(json.dumps({"epoch": epoch, "seconds": seconds, **line}), flush=True)
    return {"epoch": epoch, "seconds": seconds, **scores}


def on_cpu(model: Recogniser) -> dict[str, torch.Tensor]:
    """The weights in a form that every machine reads."""
    return {name: value.cpu() for name, value in model.state_dict().items()}


if __name__ == "__main__":
    main()
