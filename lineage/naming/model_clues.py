"""Which methods a model version may be a version of, from its names, tags, parameters and base models."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from lineage.naming.candidates import Candidate, Clue, Place, candidate, clue, is_ordinary, shown, with_class
from lineage.naming.logged_values import listed
from lineage.naming.name_endings import Ending, cuts, model_ending, parts_of, without_file_ending
from records import Derivation, EntityType, ExperimentRun, ModelVersion

TOLD_WEIGHT: Final = 1.0
NAME_WEIGHT: Final = 0.95
BASE_WEIGHT: Final = 0.9
RUN_WEIGHT: Final = 0.9
START_FACTOR: Final = 0.9  # "bert-sentiment": what a name starts with is what the model is
INNER_FACTOR: Final = 0.87  # "fraud-xgboost"
LONGEST_INNER: Final = 4
LONGEST_READ: Final = 500
MANY_REFERENCES: Final = 16_384

_ENDING_FACTORS = {Ending.SIZE: 0.95, Ending.VARIANT: 0.97, Ending.VERSION: 0.95}
_KEPT_KINDS = frozenset({Derivation.FINE_TUNED_FROM, Derivation.QUANTIZED_FROM})

# What follows such a word is not what the model is, but what it was made with, or from, or is not.
_TURNS = re.compile(
    r"finetuned?|fine|ft|tuned|trained|distill?(ed)?|distillation|pruned|on|from|for|with|without|vs|versus|than"
    r"|not|no|non|by|to|replaces|replacing|beats|anti|and|or",
    re.IGNORECASE,
)
# "unet-like" and "transformer-free" say what a model is not.
_DENIALS = frozenset("like free style inspired less".split())
_TOLD_KEYS = frozenset(
    """
    model_name_or_path pretrained_model_name_or_path model_name model_id hf_model model_type model_class
    model_architecture model_arch architecture architectures arch backbone backbone_name encoder_name
    algorithm algorithm_name algo estimator_name estimator_class estimator learner network_type
    """.split()
)
_BASE_KEYS = frozenset(
    """
    base_model base_model_name base_model_name_or_path base_model_id pretrained_model foundation_model
    """.split()
)
_RELATION_KEYS = frozenset({"base_model_relation", "mlflow.base_model_relation"})
_OTHER_RELATIONS = frozenset("distill distilled distilled_from distillation merge merged merged_from".split())
_TOOLS = frozenset(
    """
    pytorch torch tensorflow keras scikit sklearn jax theano caffe fairseq opennmt tensor2tensor allennlp
    deepspeed dynet spacy mallet faiss moses weka grobid srilm kenlm shap umap
    """.split()
)
_CLASS_TAIL = re.compile(r"(?<=\w)(For[A-Z]\w*|LMHeadModel|PreTrainedModel|Model|Classifier|Regressor|CV)$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*|[A-Z]{2,}[A-Za-z0-9]*")

# Classes of widely used libraries whose names are not those of the methods behind them.
_CLASS_NAMES = {
    "XGB": "XGBoost",
    "LGBM": "LightGBM",
    "SVC": "support vector machine",
    "LinearSVC": "support vector machine",
    "NuSVC": "support vector machine",
    "SVR": "support vector regression",
    "KNeighbors": "k-nearest neighbors",
    "GaussianNB": "naive Bayes",
    "MultinomialNB": "naive Bayes",
    "BernoulliNB": "naive Bayes",
    "ComplementNB": "naive Bayes",
    "HistGradientBoosting": "gradient boosting",
    "SGD": "stochastic gradient descent",
    "Lasso": "Lasso regression",
    "Ridge": "ridge regression",
    "GaussianProcess": "Gaussian process",
}


def model_clues(model: ModelVersion, run: ExperimentRun | None = None) -> tuple[Clue, ...]:
    """What may name the method: tags and parameters, then base models, the name, and what its run tells."""
    found = [
        *_told(model.tags, "The tag", TOLD_WEIGHT),
        *_told(model.parameters, "The parameter", TOLD_WEIGHT),
    ]
    found.extend(_bases(model))
    found.extend(_own_names(model))
    if run:
        found.extend(_told(run.parameters, "The run's parameter", RUN_WEIGHT))
        found.extend(_told(run.tags, "The run's tag", RUN_WEIGHT))
    return tuple(each for each in found if each.candidates)


def _told(pairs: Iterable[tuple[str, str]], kind: str, weight: float) -> Iterator[Clue]:
    pairs = tuple(pairs)
    bases_count = not any(
        key.casefold() in _RELATION_KEYS and value.casefold() in _OTHER_RELATIONS for key, value in pairs
    )
    for key, value in pairs:
        name = _key_name(key)
        if name not in _TOLD_KEYS and not (bases_count and name in _BASE_KEYS):
            continue
        told = BASE_WEIGHT if name in _BASE_KEYS else weight
        for said in listed(value[:LONGEST_READ]) or (value[:LONGEST_READ],):
            yield _reference(said, f"{kind} {shown(key)} =", min(told, weight))


def _bases(model: ModelVersion) -> Iterator[Clue]:
    for derivation in model.derived_from:
        if derivation.kind in _KEPT_KINDS:
            yield _reference(derivation.base_id, "The base model", BASE_WEIGHT)


def _own_names(model: ModelVersion) -> Iterator[Clue]:
    if model.model_name:
        yield _reference(model.model_name, "The model's name", NAME_WEIGHT)
    if not model.model_name or model.id.startswith("hf://"):
        yield _reference(model.id, "The reference", NAME_WEIGHT)
    if model.source_uri.startswith(("hf://", "https://huggingface.co/")):
        yield _reference(model.source_uri, "The source", NAME_WEIGHT)


@lru_cache(maxsize=MANY_REFERENCES)
def _reference(said: str, place: str, weight: float) -> Clue:
    """A model as people refer to it: "hf://google-bert/bert-base-uncased", "BertModel", "churn-xgboost"."""
    said = said.strip()
    published = said.startswith(("hf://", "https://huggingface.co/"))
    standing = Place(
        said=f"{place} {shown(said)}",
        weight=TOLD_WEIGHT if published and weight >= NAME_WEIGHT else weight,
        type=EntityType.METHOD,
        vouches=published,
    )
    name = bare_name(said)
    if not name:
        return clue(standing, ())
    found = _named(name, standing)
    return clue(standing, with_class(found, "model") if published else found)


def bare_name(said: str) -> str:
    """The part of a reference that names something: no owner, folder, version, revision, module or class."""
    name = _last_part(said)
    return _of_class(name) if _CLASS_NAME.fullmatch(name) else name


def _last_part(said: str) -> str:
    if said.startswith("models:/"):
        said = said.removeprefix("models:/").partition("/")[0].partition("@")[0]
        return "" if re.fullmatch(r"m-[0-9a-f]{16,}", said) else said
    if re.fullmatch(r"(\w+\.)+[A-Z]\w*", said):
        return said.rpartition(".")[2]
    path = said.partition("://")[2] if "://" in said else said
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    if said.startswith("hf://") and len(parts) > 1:
        parts = parts[:2]
    return without_file_ending(parts[-1].partition("@")[0]) if parts else ""


def _of_class(name: str) -> str:
    """A class as a name: "RandomForestClassifier" is "RandomForest", "T5ForConditionalGeneration" is "T5"."""
    bare = _CLASS_TAIL.sub("", name)
    if known := _CLASS_NAMES.get(bare):
        return known
    words = _CAMEL.sub("-", bare)
    # "ResNet" and "XGBoost" are one word to people, "RandomForest" two: names are compared without the gaps.
    return words.replace("-", "") if words.count("-") == 1 else words


def _named(name: str, place: Place) -> Iterator[Candidate]:
    """The name whole, cut shorter at its end, what it starts with, then what stands inside it."""
    whole = parts_of(name)
    parts = _until_turn(whole)
    if not parts or any(part.casefold() in _DENIALS for part in parts):
        return
    yield from _reading(parts, place, factor=1.0 if parts == whole else 0.97, left_out=whole[len(parts) :])
    known = 0
    for known, cut in enumerate(cuts(parts, model_ending), start=1):
        factor = math.prod(_ENDING_FACTORS[ending] for ending in cut.endings)
        length = len(parts) - known
        for one in _reading(parts[:length], place, factor=max(factor, START_FACTOR), left_out=parts[length:]):
            yield replace(one, broader=cut.broader)
    for length in range(len(parts) - 1 - known, 0, -1):
        if is_ordinary(" ".join(parts[:length])) and not place.vouches:
            continue  # "palm-oil-yield"
        for one in _reading(parts[:length], place, factor=START_FACTOR, left_out=parts[length:]):
            yield replace(one, broader=model_ending(parts[length]) is Ending.SIZE)
    yield from _inner(parts, place)


def _inner(parts: tuple[str, ...], place: Place) -> Iterator[Candidate]:
    for start in range(1, len(parts)):
        for end in range(min(len(parts), start + LONGEST_INNER), start, -1):
            if not is_ordinary(" ".join(parts[start:end])):
                left_out = (*parts[:start], *parts[end:])
                for one in _reading(parts[start:end], place, factor=INNER_FACTOR, left_out=left_out):
                    yield replace(one, fallback=True)


def _reading(
    parts: tuple[str, ...], place: Place, *, factor: float, left_out: tuple[str, ...] = ()
) -> Iterator[Candidate]:
    """The parts as a name; a library is no method that a model is a version of."""
    if any(part.casefold() in _TOOLS for part in parts):
        return
    name, left = "-".join(parts), "-".join(left_out)
    yield candidate(name, place, factor=factor, left_out=left)
    if parts[-1][-1].isdigit() and "." not in parts[-1]:
        # "wav2vec2" is how hubs write "wav2vec 2.0".
        yield candidate(f"{name}.0", place, factor=factor * 0.95, left_out=left)


def _until_turn(parts: tuple[str, ...]) -> tuple[str, ...]:
    for at, part in enumerate(parts):
        if at and _TURNS.fullmatch(part):
            return parts[:at]
    return () if parts and _TURNS.fullmatch(parts[0]) else parts


def _key_name(key: str) -> str:
    last = re.split(r"[./]", key)[-1]
    return re.sub(r"[^a-z0-9]+", "_", last.casefold()).strip("_")
