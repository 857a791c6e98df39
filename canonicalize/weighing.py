"""How likely a claim is to be a fact: logistic regressions, one for each kind of claim.

What they learned from, and how well they do, is told beside their weights, in `models/facts`.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from records import PaperlineageError

NAME = "facts"
WEIGHTS = "weights.json"
FORMAT = 1
MOST_REASONS = 8


class WeightsError(PaperlineageError):
    """The weights are missing, damaged, or of a format that this version does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWeights:
    """The weights of the features of one kind of claim."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability of a claim with these features; features that nothing was learned of count 0."""
        known = self.weights
        score = self.bias + math.fsum(
            known[name] * value for name, value in features.items() if name in known
        )
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))

    def reasons(self, features: Mapping[str, float]) -> tuple[str, ...]:
        """The features that weigh most, each with a plus where it speaks for the claim, else a minus."""
        known = (
            (name, self.weights[name] * value) for name, value in features.items() if name in self.weights
        )
        ordered = sorted(known, key=lambda each: (-abs(each[1]), each[0]))[:MOST_REASONS]
        return tuple(
            f"{'+' if weight > 0 else '-'} {name.removeprefix('thing: ').removeprefix('mentioned: ')}"
            for name, weight in ordered
            if weight
        )

    def telling(self, names: tuple[str, ...]) -> float:
        """How much features that are there, each 1, speak for a claim."""
        return math.fsum(self.weights.get(name, 0.0) for name in names)


class Weigher:
    """Weighs claims by what was learned of their kind."""

    def __init__(self, kinds: Mapping[str, KindWeights]) -> None:
        self.kinds = kinds

    @classmethod
    def shipped(cls) -> "Weigher":
        """The one with the shipped weights; raises WeightsError."""
        try:
            content = json.loads(_shipped_bytes())
            if content["format"] != FORMAT:
                raise WeightsError(f"the weights of facts have format {content['format']}, not {FORMAT}")
            kinds = {
                kind: KindWeights(bias=float(one["bias"]), weights=dict(one["weights"]))
                for kind, one in content["kinds"].items()
            }
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WeightsError(
                f"the weights of facts cannot be used ({error!r}): reinstall paperlineage"
            ) from error
        return cls(kinds)


def weights_hash() -> str:
    """The SHA-256 of the shipped weights; raises WeightsError."""
    try:
        return hashlib.sha256(_shipped_bytes()).hexdigest()
    except OSError as error:
        raise WeightsError(f"the weights of facts are missing ({error}): reinstall paperlineage") from error


def _shipped_bytes() -> bytes:
    return (files("models") / NAME / WEIGHTS).read_bytes()
