"""The network as a run begins with it."""

from pathlib import Path

import numpy as np
import torch

from training.heads import HEADS, MENTION_TYPES, PAIR_CLASSES
from training.network import Recogniser, load_encoder, tags_in
from training.recipe import Recipe


def new_network(recipe: Recipe, encoders: Path) -> Recogniser:
    """The network of a recipe's shape, with its start's weights if it names one."""
    encoder = load_encoder(encoders / recipe.encoder)
    if recipe.layers:
        kept = np.linspace(0, len(encoder.encoder.layer) - 1, recipe.layers).round().astype(int)
        encoder.encoder.layer = torch.nn.ModuleList(encoder.encoder.layer[i] for i in kept)
        encoder.config.num_hidden_layers = recipe.layers
    heads = {name: tags_in(types) for name, types in HEADS.items()}
    model = Recogniser(encoder, heads, types=len(MENTION_TYPES), relations=len(PAIR_CLASSES))
    if recipe.start:
        state = torch.load(recipe.start, map_location="cpu", weights_only=True)
        if recipe.freeze:
            state = {name: value for name, value in state.items() if not name.startswith("pairs.")}
        model.load_state_dict(state, strict=False)
    return model


def freeze(model: Recogniser, recipe: Recipe) -> None:
    """Fixes what the recipe says, and the table of word pieces, few of which a run would see."""
    if recipe.freeze:
        for name, parameter in model.named_parameters():
            parameter.requires_grad = name.startswith("pairs.")
    if not recipe.shapes:
        model.shapes.weight.requires_grad = False
    model.encoder.get_input_embeddings().weight.requires_grad = False
