"""What a run needs to go on after its last whole epoch as if nobody had ended it."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from training.descent import Descent
from training.recipe import Recipe

History = list[dict[str, Any]]


class WrongRunError(ValueError):
    """A folder holds the beginnings of another recipe's run."""


class Checkpoint:
    """A file with the state of a run, written anew after each epoch."""

    def __init__(self, path: Path, recipe: Recipe) -> None:
        self._path = path
        self._recipe = asdict(recipe)

    def load(self, descent: Descent) -> History:
        """Puts the run where it was; what it had reported, nothing if it had not begun.

        Raises WrongRunError if the file is of another recipe.
        """
        if not self._path.is_file():
            return []
        state = torch.load(self._path, map_location="cpu", weights_only=True)
        if state["recipe"] != self._recipe:
            message = f"{self._path} was left by a run of another recipe; remove it, or choose another --out"
            raise WrongRunError(message)
        descent.load(state["descent"])
        torch.set_rng_state(state["random"])
        history: History = state["history"]
        return history

    def save(self, descent: Descent, history: History) -> None:
        """Keeps the state after an epoch; the file is whole at any time."""
        state = {
            "recipe": self._recipe,
            "descent": descent.state(),
            "random": torch.get_rng_state(),
            "history": history,
        }
        beside = self._path.with_suffix(".new")
        torch.save(state, beside)
        beside.replace(self._path)

    def remove(self) -> None:
        """Forgets the state of a run that is done."""
        self._path.unlink(missing_ok=True)
