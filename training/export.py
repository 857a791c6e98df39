"""Makes the folder that ships from a trained network.

`python -m training.export --run DIR --encoders DIR --corpora DIR --out models/NAME`
"""

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor

from extract.recognition.model_files import FORMAT, MANIFEST
from extract.recognition.pair_head import SCALE
from extract.recognition.shipped import ENCODER, PAIRS, TOKENIZER, TRAINED_NAMES
from training.corpora.by_name import corpus
from training.evaluation import names_of
from training.heads import HEADS, MENTION_TYPES, PAIR_CLASSES, SHIPPED
from training.onnx_graph import by_column, encoder_graph
from training.pairs import allowed_classes
from training.sentences import LabelledSentence

ENDS = 2
"""Marks before and after a window."""
RARER: Mapping[str, float] = {"step": 2.0}
"""By what the odds against an entity grow: steps are three to nine times as common in the sentences that
they are learned from as in running text (the correction of Elkan, 2001; less of it, since labels of running
text are learned from too)."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the encoder, the pair head, the tokenizer, the names of the training data and the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="what training.train has left")
    parser.add_argument("--encoders", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--float", action="store_true", help="leave the weights in 32 bits, to see what 8 cost"
    )
    given = parser.parse_args(arguments)
    recipe = json.loads((given.run / "scores.json").read_text())["recipe"]
    state = torch.load(given.run / "network.pt", map_location="cpu", weights_only=True)
    given.out.mkdir(parents=True, exist_ok=True)
    write_weights(state, given.out, longest=recipe["longest"], int8=not given.float)
    write_tokenizer(given.encoders / recipe["encoder"] / "tokenizer.json", given.out / TOKENIZER)
    train = corpus("scier", given.corpora)
    write_names(train, given.out / TRAINED_NAMES)
    write_manifest(given.out, recipe, train)


def write_weights(state: dict[str, Tensor], out: Path, *, longest: int, int8: bool) -> None:
    """The encoder's graph and the pair head's arrays."""
    weights = {
        name.removeprefix("encoder."): value.numpy()
        for name, value in state.items()
        if name.startswith("encoder.")
    }
    weights["shapes"] = state["shapes.weight"].numpy()
    weights["tags.weight"] = np.concatenate(
        [state[f"heads.{name}.weight"].numpy().T for name in SHIPPED], axis=1
    )
    weights["tags.bias"] = np.concatenate([tag_bias(state, name) for name in SHIPPED])
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
    size = weights["shapes"].shape[1]
    model = encoder_graph(
        weights, layers=layers, attention_heads=size // 32, places=longest + ENDS, int8=int8
    )
    onnx.checker.check_model(model)
    onnx.save(model, out / ENCODER)
    np.savez_compressed(out / PAIRS, **dict(pair_arrays(state)))


def tag_bias(state: Mapping[str, Tensor], head: str) -> NDArray[np.float32]:
    """A head's bias, that of "no entity" moved by what its training sentences have too many of."""
    bias = state[f"heads.{head}.bias"].numpy().copy()
    bias[0] += np.log(RARER.get(head, 1.0))
    return bias


def pair_arrays(state: Mapping[str, Tensor]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yields the pair head's arrays by name: matrices in eight bits and the scales of their rows."""
    for name, value in state.items():
        if name.startswith("pairs."):
            short, array = name.removeprefix("pairs."), value.numpy()
            if array.ndim == 2:
                quantised, scale = by_column(array.T)
                yield short, quantised.T
                yield short + SCALE, scale[:, None]
            else:
                yield short, array


def write_tokenizer(source: Path, out: Path) -> None:
    """The tokenizer without the padding and truncation that its package gave it."""
    content = json.loads(source.read_text(encoding="utf-8"))
    content["padding"] = content["truncation"] = None
    out.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def write_names(train: Sequence[LabelledSentence], out: Path) -> None:
    """The names marked in the main corpus, so that scores can be told apart by whether a name was seen."""
    names = "\n".join(sorted(names_of(train)))
    out.write_bytes(gzip.compress(names.encode(), mtime=0))


def write_manifest(out: Path, recipe: Mapping[str, Any], train: Sequence[LabelledSentence]) -> None:
    """The manifest, with the hashes of the other files."""
    allowed = allowed_classes(train)
    names = (ENCODER, PAIRS, TOKENIZER, TRAINED_NAMES)
    content = {
        "format": FORMAT,
        "name": out.name,
        "window": recipe["window"],
        "longest": recipe["longest"],
        "heads": [list(HEADS[name]) for name in SHIPPED],
        "pair_types": list(MENTION_TYPES),
        "pair_classes": [[each.relation, each.reversed] for each in PAIR_CLASSES],
        "allowed": [[int(number) for number in row] for row in np.argwhere(allowed)],
        "files": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names},
    }
    (out / MANIFEST).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
