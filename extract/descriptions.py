"""The type of a thing, read off the words that papers describe it with."""

import re
from collections.abc import Iterable

from records import EntityType

HEAD_NOUNS: dict[EntityType, frozenset[str]] = {
    EntityType.DATASET: frozenset(
        "dataset datasets corpus corpora benchmark benchmarks treebank treebanks".split()
    ),
    EntityType.PREPROCESSING_STEP: frozenset(
        "tokenizer tokenizers tokeniser tokenization tokenisation preprocessing pre-processing augmentation "
        "detokenizer lemmatizer stemmer lowercasing stemming lemmatization truecasing deduplication cropping "
        "resampling oversampling undersampling imputation binarization".split()
    ),
    EntityType.METRIC: frozenset("metric metrics score scores".split()),
    EntityType.METHOD: frozenset(
        "model models network networks algorithm algorithms method methods architecture architectures "
        "optimizer "
        "optimizers framework frameworks classifier classifiers encoder encoders decoder decoders "
        "transformer "
        "transformers embedding embeddings mechanism approach approaches parser parsers lstm cnn rnn gan "
        "autoencoder loss regularization pretraining pre-training layer layers forest machine "
        "machines".split()
    ),
}
_LONG_FORM_HEADS = HEAD_NOUNS[EntityType.METHOD] | frozenset(
    "attention unit units perceptron field fields optimization estimation allocation distillation "
    "convolution convolutions regression descent learning adaptation propagation".split()
)
_STEP_PHRASES = re.compile(
    r"(?:pre-?processing|tokeni[sz]ation|data augmentation|augmentation|segmentation|normali[sz]ation|"
    r"data cleaning|resampling|filtering) (?:step|method|scheme|procedure|operation|algorithm|technique)"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")


def type_of_head(words: str) -> EntityType | None:
    """The type that the last word of a noun phrase gives away ("news corpus": Dataset), or None."""
    if step := _STEP_PHRASES.search(words.lower()):
        return EntityType.PREPROCESSING_STEP if step.end() == len(words.rstrip()) else None
    found = _WORD.findall(words.lower())
    return _type_of_word(found[-1]) if found else None


def type_of_description(words: str) -> EntityType | None:
    """The type that a description gives away by its first telling noun ("a new dataset of …": Dataset)."""
    lowered = words.lower()
    step = _STEP_PHRASES.search(lowered)
    for match in _WORD.finditer(lowered):
        if step and match.start() >= step.start():
            return EntityType.PREPROCESSING_STEP
        if found := _type_of_word(match.group()):
            return found
    return None


def type_of_long_form(words: str) -> EntityType | None:
    """The type of an abbreviation's long form, by its last word ("long short-term memory": Method)."""
    if found := type_of_head(words):
        return found
    last = _last_word(_WORD.findall(words.lower()))
    return EntityType.METHOD if last in _LONG_FORM_HEADS else None


def _type_of_word(word: str) -> EntityType | None:
    for entity_type, heads in HEAD_NOUNS.items():
        if word in heads:
            return entity_type
    return None


def _last_word(words: Iterable[str]) -> str:
    return (list(words) or [""])[-1].rsplit("-", maxsplit=1)[-1]
