"""How a network's weights move: AdamW with warm-up and linear decay, and the average of their way."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import torch

from training.fast_steps import MasterAdamW
from training.network import Recogniser
from training.recipe import Recipe

LAYER = re.compile(r"layer\.(\d+)\.")
MOST_GRADIENT = 1.0


class Descent:
    """The optimiser of a run of `total` steps."""

    def __init__(self, model: Recogniser, recipe: Recipe, total: int) -> None:
        self._adam = MasterAdamW(parameter_groups(model, recipe))
        warm = max(1, round(total * recipe.warmup))
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._adam.optimiser,
            lambda step: min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm))),
        )
        self.average = Average(self._adam, recipe.averaging) if recipe.averaging else None

    def step(self) -> None:
        """One step along the gradients, which are gone afterwards."""
        self._adam.step(MOST_GRADIENT)
        self._schedule.step()
        if self.average:
            self.average.update()

    def finish(self) -> None:
        """Gives the network the average, or else the exact weights, not those that it computes with."""
        if self.average:
            self.average.give()
        else:
            self._adam.give()

    def state(self) -> dict[str, Any]:
        """What `load` needs to go on from here."""
        average = self.average.state() if self.average else None
        return {"adam": self._adam.state(), "schedule": self._schedule.state_dict(), "average": average}

    def load(self, state: Mapping[str, Any]) -> None:
        """Goes back to where `state` was taken, the network's weights included."""
        self._adam.load(state["adam"])
        self._schedule.load_state_dict(state["schedule"])
        if self.average:
            self.average.load(state["average"])


class Average:
    """The exponential moving average of the masters of a network's weights (Polyak averaging)."""

    def __init__(self, adam: MasterAdamW, decay: float) -> None:
        self._decay = decay
        self._count = 0
        self._adam = adam
        self._weights = [master.detach().clone() for master in adam.masters()]

    def update(self) -> None:
        """Takes the weights in; the first steps count more."""
        self._count += 1
        rate = min(self._decay, (1 + self._count) / (10 + self._count))
        torch._foreach_lerp_(self._weights, [m.detach() for m in self._adam.masters()], 1 - rate)

    def give(self) -> None:
        """Puts the average in the network's place."""
        for (parameter, _), value in zip(self._adam.pairs, self._weights, strict=True):
            parameter.data = value.clone()

    def state(self) -> dict[str, Any]:
        """What `load` needs to go on from here."""
        return {"count": self._count, "weights": self._weights}

    def load(self, state: Mapping[str, Any]) -> None:
        """Goes back to where `state` was taken."""
        self._count = state["count"]
        torch._foreach_copy_(self._weights, state["weights"])


def parameter_groups(model: Recogniser, recipe: Recipe) -> Iterator[dict[str, Any]]:
    """Yields each parameter with its rate: the encoder's, smaller for lower layers, or the heads' own."""
    layers = len(model.encoder.encoder.layer)
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            yield {
                "params": [parameter],
                "lr": rate_of(name, recipe, layers=layers),
                "weight_decay": 0.0 if parameter.ndim < 2 else recipe.decay,
            }


def rate_of(name: str, recipe: Recipe, *, layers: int) -> float:
    """The learning rate of a parameter of a network whose encoder has so many layers."""
    if not name.startswith("encoder."):
        return recipe.head_rate
    layer = LAYER.search(name)
    depth = int(layer[1]) + 1 if layer else 0
    rate: float = recipe.encoder_rate * recipe.layer_decay ** (layers - depth)
    return rate
