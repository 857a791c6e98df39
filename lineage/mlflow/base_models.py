"""From which models another one was made, as tags and parameters say it."""

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from records import Derivation, ModelDerivation

BASE_MODEL: Final = "base_model"
RELATION: Final = "base_model_relation"
# The words of Hugging Face's model cards, and their near relatives.
RELATIONS: Final[Mapping[str, Derivation]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("finetune", "finetuned", "finetuning", "adapter", "lora"), Derivation.FINE_TUNED_FROM
        ),
        **dict.fromkeys(("quantized", "quantised", "quantization"), Derivation.QUANTIZED_FROM),
        **dict.fromkeys(("merge", "merged"), Derivation.MERGED_FROM),
        **dict.fromkeys(("distill", "distil", "distilled", "distillation"), Derivation.DISTILLED_FROM),
    }
)
SCHEME: Final = re.compile(r"[A-Za-z][\w+.-]*:/")


def derivations(pairs: Mapping[str, str]) -> tuple[ModelDerivation, ...]:
    """The derivations that tags or parameters name; `base_model` may be one reference, several with commas
    between them, or a JSON list. Several without a word on how are a merge, one is a fine-tuning, as on
    Hugging Face."""
    bases = [reference_to(base) for base in _listed(pairs.get(BASE_MODEL, ""))]
    word = re.sub(r"[\W_]", "", pairs.get(RELATION, "").casefold())
    otherwise = Derivation.MERGED_FROM if len(bases) > 1 else Derivation.FINE_TUNED_FROM
    kind = RELATIONS.get(word, otherwise)
    return tuple(ModelDerivation(base_id=base, kind=kind) for base in dict.fromkeys(bases))


def reference_to(model: str) -> str:
    """A reference with a scheme as it is; any other name is one of Hugging Face's."""
    return model if SCHEME.match(model) else f"hf://{model}"


def _listed(text: str) -> list[str]:
    items: object = text.split(",")
    if text.lstrip().startswith("["):
        try:
            items = json.loads(text)
        except (ValueError, RecursionError):
            items = []
    if not isinstance(items, list):
        return []
    return [item.strip() for item in items if isinstance(item, str) and item.strip()]
