"""A pipeline that knows a handful of names."""

import pytest
from spacy.language import Language

from extract.pipeline import build_nlp
from records import Entity, EntityType

KNOWN = {
    EntityType.METHOD: [
        "BERT",
        "LSTM|long short-term memory",
        "Adam",
        "Transformer",
        "attention mechanism",
        "word2vec",
        "ResNet",
        "CNN",
    ],
    EntityType.DATASET: ["SQuAD", "GLUE", "ImageNet", "CIFAR-10", "Wikipedia"],
    EntityType.PREPROCESSING_STEP: [
        "byte-pair encoding|BPE",
        "mixup",
        "lowercasing|lowercased",
        "tokenization|tokenized|tokenize",
        "random crop",
    ],
    EntityType.TASK: ["machine translation", "question answering"],
    EntityType.METRIC: ["BLEU|Bleu", "mean average precision|MAP"],
}


@pytest.fixture(scope="session")
def nlp() -> Language:
    return build_nlp(
        [
            Entity(
                id=f"{entity_type.id_prefix}:{forms.split('|')[0].lower()}",
                name=forms.split("|")[0],
                type=entity_type,
                aliases=tuple(forms.split("|")[1:]),
                vocabulary="tests",
            )
            for entity_type, rows in KNOWN.items()
            for forms in rows
        ]
    )
