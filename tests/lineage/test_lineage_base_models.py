"""Base models are named by tags and parameters, as on Hugging Face."""

import pytest

from lineage.mlflow.base_models import derivations
from records import Derivation

FINE, MERGED = Derivation.FINE_TUNED_FROM, Derivation.MERGED_FROM
DISTILLED, QUANTIZED = Derivation.DISTILLED_FROM, Derivation.QUANTIZED_FROM


@pytest.mark.parametrize(
    ("base", "relation", "found"),
    [
        ("google-bert/bert-base", "", [("hf://google-bert/bert-base", FINE)]),
        ("google-bert/bert-base", "finetune", [("hf://google-bert/bert-base", FINE)]),
        ("google-bert/bert-base", "Fine-tuned", [("hf://google-bert/bert-base", FINE)]),
        ("google-bert/bert-base", "adapter", [("hf://google-bert/bert-base", FINE)]),
        ("gpt2", "quantized", [("hf://gpt2", QUANTIZED)]),
        ("gpt2", "distillation", [("hf://gpt2", DISTILLED)]),
        ("gpt2", "inspired by", [("hf://gpt2", FINE)]),
        ("models:/churn/3", "merge", [("models:/churn/3", MERGED)]),
        ("hf://gpt2", "", [("hf://gpt2", FINE)]),
        ("s3://models/gpt2", "", [("s3://models/gpt2", FINE)]),
        ("a/x, a/y", "", [("hf://a/x", MERGED), ("hf://a/y", MERGED)]),
        ('["a/x", "a/y", "a/x", 3, ""]', "distilled", [("hf://a/x", DISTILLED), ("hf://a/y", DISTILLED)]),
        ("[broken", "", []),
        (" , ", "", []),
        ("", "finetune", []),
    ],
)
def test_tags_name_the_models_that_one_was_made_from(
    base: str, relation: str, found: list[tuple[str, Derivation]]
) -> None:
    told = derivations({"base_model": base, "base_model_relation": relation})
    assert [(each.base_id, each.kind) for each in told] == found
