"""What decides a training run."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The encoder, the corpora and how the network learns from them; those in use are in training/recipes.

    Rates are AdamW's, `averaging` and `layer_decay` factors per step and layer; windows, sentences, batches
    are counted in word pieces. `soft` is a folder of `training.pseudo_labels`.
    """

    encoder: str
    epochs: int = 6
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warmup: float = 0.06
    """The part of the steps in which the rates rise."""
    window: int = 124
    alone: bool = False
    """Each sentence in a window of its own."""
    longest: int = 250
    batch_pieces: int = 1024
    relation_weight: float = 0.5
    averaging: float = 0.0
    layer_decay: float = 1.0
    smoothing: float = 0.0
    seed: int = 1
    shapes: bool = True
    swap: float = 0.0
    """The share of SciER's names that are swapped for others, drawn anew each epoch."""
    neighbours: float = 0.5
    """The share of the sentences with steps that an epoch shows between their neighbours."""
    corpora: Mapping[str, float] = field(default_factory=lambda: {"scier": 1.0})
    """For each corpus (`training.corpora.by_name`) the part of it that an epoch draws; above 1, again."""
    soft: str = ""
    soft_part: float = 1.0
    start: str = ""
    """A run of the same encoder with all its layers, whose weights this one begins with."""
    layers: int = 0
    """How many of the encoder's layers are kept, evenly spread; all if 0."""
    quantised: bool = False
    """The encoder learns with its activations in eight bits."""


def read_recipe(path: Path, changes: Sequence[str] = ()) -> Recipe:
    """The recipe of a TOML file, with KEY=VALUE lines instead of its own."""
    changed: Mapping[str, Any] = tomllib.loads("\n".join(changes))
    return replace(Recipe(**tomllib.loads(path.read_text(encoding="utf-8"))), **changed)
