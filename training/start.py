"""The network as a run begins with it."""

from pathlib import Path

import numpy as np
import torch

from training.heads import HEADS, MENTION_TYPES, PAIR_CLASSES
from training.network import Recogniser, load_encoder, tags_in
from training.recipe import Recipe


def new_network(recipe: Recipe, encoders: Path) -> Recogniser:
    """The network of a recipe's shape, with another run's weights, or heads that know nothing."""
    encoder = load_encoder(encoders / recipe.encoder)
    heads = {name: tags_in(types) for name, types in HEADS.items()}
    network = Recogniser(encoder, heads, types=len(MENTION_TYPES), relations=len(PAIR_CLASSES))
    if recipe.start:
        network.load_state_dict(torch.load(Path(recipe.start) / "network.pt", weights_only=True))
    if recipe.layers:
        kept = np.linspace(0, len(encoder.encoder.layer) - 1, recipe.layers).round().astype(int)
        encoder.encoder.layer = torch.nn.ModuleList(encoder.encoder.layer[i] for i in kept)
        encoder.config.num_hidden_layers = recipe.layers
    return network


def freeze(model: Recogniser, recipe: Recipe) -> None:
    """Fixes the table of word pieces, few of which a run would see, and shapes if the recipe has none."""
    if not recipe.shapes:
        model.shapes.weight.requires_grad = False
    model.encoder.get_input_embeddings().weight.requires_grad = False
