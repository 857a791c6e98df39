"""Which preprocessing steps a run may have applied, from its parameters and tags."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lineage.naming.candidates import Clue, Place, candidate, clue, shown
from lineage.naming.logged_values import listed, says_no, says_yes
from lineage.naming.name_endings import Ending, cuts, dataset_ending, parts_of
from records import EntityType, ExperimentRun

SAID_WEIGHT: Final = 1.0
ITEM_WEIGHT: Final = 0.95
SWITCH_WEIGHT: Final = 0.9
LONGEST_KEY: Final = 250
MANY_PAIRS: Final = 16_384

# Words of a key whose value says how the data were prepared.
_PREPROCESSING = frozenset(
    """
    tokenizer tokenization tokeniser tokenisation tokenize tokenizers segmentation subword augmentation
    augmentations augment augmenter augmenters aug augs preprocessing preprocess preprocessor preprocessors
    preproc prep normalization normalisation normalizer normalize transform transforms transformation
    transformations resampling resampler resample oversampling undersampling imputation imputer impute
    scaler scaling standardization standardisation vectorizer vectoriser stemmer stemming lemmatizer
    lemmatization cleaning cleanup filtering dedup deduplication binning discretization discretizer featurizer
    """.split()
)
_SECTIONS = _PREPROCESSING | frozenset(
    "data dataset datamodule input inputs features text image images audio".split()
)
# Under such a key stand the objects of a pipeline, of which only the classes are read.
_PIPELINES = frozenset({"steps", "pipeline", "transformers"})
_SWITCHES = frozenset("use do apply enable enabled with is has run add using should".split())
_MEASURES = frozenset(
    """
    alpha beta prob probability p rate ratio factor size magnitude strength enabled flag num n count degree
    degrees range k std sigma percent pct limit level mode kwargs params steps len length max min width height
    """.split()
)
_DENIALS = frozenset("no not disable disabled skip without off exclude ignore never".split())
# Alone, such a word is a parameter of many other things: XGBoost's subsample, the scaling of a loss.
_AMBIGUOUS = frozenset(
    """
    noise subsample subsampling scaling scaler scale rotation rotate stratified stratify masking sampling
    normalize binarize smoothing perspective translation speed pitch gamma mosaic
    """.split()
)
# Classes of widely used libraries whose names are not those of the steps.
_CLASS_NAMES = {
    "CountVectorizer": "bag-of-words vectorization",
    "IterativeImputer": "iterative imputation",
    "KBinsDiscretizer": "discretization",
    "LabelEncoder": "label encoding",
    "OneHotEncoder": "one-hot encoding",
    "OrdinalEncoder": "ordinal encoding",
    "PCA": "PCA dimensionality reduction",
    "RandomOverSampler": "random oversampling",
    "RandomUnderSampler": "random undersampling",
    "SelectKBest": "univariate feature selection",
    "SimpleImputer": "imputation",
}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CONSTRUCTED = re.compile(r"[A-Z]\w*\(.*\)", re.DOTALL)


def step_clues(run: ExperimentRun) -> tuple[Clue, ...]:
    """What names steps: switches such as use_mixup, and the values of keys that speak of preprocessing."""
    found: list[Clue] = []
    for key, value in run.parameters:
        found.extend(_pair_clues("The parameter", key, value))
    for key, value in run.tags:
        if not key.startswith("mlflow."):
            found.extend(_pair_clues("The tag", key, value))
    return tuple(found)


@lru_cache(maxsize=MANY_PAIRS)
def _pair_clues(kind: str, key: str, value: str) -> tuple[Clue, ...]:
    """Runs of one experiment share most of what they log."""
    if len(key) > LONGEST_KEY or says_no(value):
        return ()
    said = f"{kind} {shown(key)} = {shown(value)}"
    found = _switched(key, said) if says_yes(value) else _listed(key, value, said)
    return tuple(each for each in found if each.candidates)


def _switched(key: str, said: str) -> Iterator[Clue]:
    """A key that is on names the step itself: "augmentation.mixup.alpha" is mixup, "do_lower_case" too."""
    place = Place(said=said, weight=SWITCH_WEIGHT, type=EntityType.PREPROCESSING_STEP, vouches=True)
    yield clue(place, (candidate(name, place) for name in switched_names(key)))


def switched_names(key: str) -> tuple[str, ...]:
    """The names in a key that is on, the whole one first; none in a key that denies something."""
    sections = [words for section in re.split(r"[./:]|__", key) if (words := _words(section))]
    if any(word in _DENIALS for words in sections for word in words):
        return ()
    while len(sections) > 1 and all(word in _MEASURES | _SWITCHES for word in sections[-1]):
        sections.pop()
    if not sections:
        return ()
    names = tuple(" ".join(words) for words in _cores(sections[-1]))
    if any(word in _SECTIONS for words in sections[:-1] for word in words):
        return names
    return tuple(name for name in names if name not in _AMBIGUOUS)


def _cores(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words whole, then without what only switches or measures, then without the section in front."""
    yield words
    while len(words) > 1 and words[0] in _SWITCHES:
        words = words[1:]
        yield words
    while len(words) > 1 and words[-1] in _MEASURES:
        words = words[:-1]
        yield words
    while len(words) > 1 and words[0] in _SECTIONS:
        words = words[1:]
        yield words


def _listed(key: str, value: str, said: str) -> Iterator[Clue]:
    words = _words(key)
    if any(word in _DENIALS for word in words):
        return
    noun = next((word for word in reversed(words) if word in _PREPROCESSING), "")
    built = _CONSTRUCTED.fullmatch(value.strip()) or ("(" in value and _PIPELINES.intersection(words))
    if noun or built:
        for item in listed(value):
            yield _item(_CLASS_NAMES.get(item, item), noun, said)


def _item(item: str, noun: str, said: str) -> Clue:
    """One listed name, with the key's noun first: "porter" under "stemmer" is the Porter stemmer."""
    place = Place(said=said, weight=SAID_WEIGHT, type=EntityType.PREPROCESSING_STEP, vouches=True)
    name, _, state = item.partition("=")
    if state and says_no(state):
        return clue(place, ())
    words = _words(name)
    if not words or any(word in _DENIALS for word in words):
        return clue(place, ())
    name = " ".join(words)
    found = [candidate(f"{name} {noun}", place)] if noun and noun not in words else []
    found.append(candidate(name, place, factor=ITEM_WEIGHT))
    found.extend(
        candidate(cut.name.replace("-", " "), place, factor=ITEM_WEIGHT * 0.95, left_out=cut.left_out)
        for cut in cuts(parts_of(name), dataset_ending)
        if set(cut.endings) <= {Ending.SIZE, Ending.VERSION, Ending.SPLIT}
    )
    return clue(place, found)


def _words(text: str) -> tuple[str, ...]:
    spaced = _CAMEL.sub(" ", text)
    return tuple(word.casefold() for word in re.split(r"[^A-Za-z0-9]+", spaced) if word)
