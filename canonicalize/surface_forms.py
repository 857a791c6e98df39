"""Surface forms brought to a common form, so that two writings of one name are equal."""

import re
import unicodedata
from functools import lru_cache

from canonicalize.spelling import american, singular
from records import EntityType, content_id

MANY_SURFACE_FORMS = 65_536
LONGEST_READ = 300
LONGEST_NAME = 120
LONGEST_SLUG = 80
UNPRINTABLE = "a name without letters"
SETTLING_PASSES = 8
_HEAD_NOUNS = {
    EntityType.METHOD: (
        "model algorithm method approach network architecture optimizer classifier embedding framework"
    ),
    EntityType.DATASET: "dataset corpus benchmark data collection database",
    EntityType.PREPROCESSING_STEP: "step procedure technique algorithm method scheme augmentation",
    EntityType.TASK: "task problem",
    EntityType.METRIC: "score metric measure value",
}
_PARTICLES = frozenset("to into with by as using from via".split())
LEADING_WORDS = frozenset(
    "the a an our this these its their standard vanilla original popular pretrained".split()
)

_CITATION = re.compile(r"\([^()]*\bet al\b[^()]*\)|\[[\d,;\s–-]*\]")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_PLURAL_ACRONYM = re.compile(r"\b([A-Z][A-Z0-9-]*[A-Z0-9])s\b")
_VERSION = re.compile(r"(?<=[a-z])v(?=\d)|\bv(?:ersion|er)?\.?\s*(?=\d)")
_POINT_OUTSIDE_NUMBER = re.compile(r"(?<!\d)\.|\.(?!\d)")
_SEPARATORS = re.compile(r"[^\w.+]+|_")
_BEFORE_NUMBER = re.compile(r"(?<=[^\W\d]) (?=\d)|(?<=\d) (?=[bdk]\b)")
_JOINED_PREFIX = re.compile(
    r"\b(anti|auto|back|co|data(?= sets?\b)|de|down|hyper|inter|intra|lower|meta|multi|non|over|pre|re|semi"
    r"|stop|sub|super|un|under|up) (?=[^\W\d]{3})"
)
_INNER_CAPITAL_OR_DIGIT = re.compile(r"\w[A-Z]|\d")
_FINAL_STAR = re.compile(r"(?<=\w)\*(?!\w)")
_SIZE = re.compile(r"\d{2,}(?:d|dim)")
_GAPS = re.compile(r"(?<!\d) | (?!\d)")
_HEADS = {entity_type: frozenset(nouns.split()) for entity_type, nouns in _HEAD_NOUNS.items()}


@lru_cache(maxsize=MANY_SURFACE_FORMS)
def surface_words(surface: str) -> tuple[str, ...]:
    """The words of a surface form in their common spelling, from its first 300 characters.

    Case, hyphens, slashes, quotes and accents are gone, the last word is singular, the spelling American.
    What stands in brackets is dropped unless it holds a digit ("SQuAD (2.0)"); a number sticks to the word
    before it and loses its "v" ("CIFAR 10" is "cifar10", "Inception-v3" is "inception3"); prefixes stick to
    their word ("sub-word"). Empty where only signs are written.
    """
    text = unicodedata.normalize("NFKC", surface[:LONGEST_READ]).strip()
    if not text.isalnum():
        text = _BRACKETED.sub(_kept_from_brackets, _CITATION.sub(" ", text))
    text = _PLURAL_ACRONYM.sub(r"\1", text)
    text = _without_accents(text.casefold()).replace("&", " and ").replace("@", " at ")
    text = _FINAL_STAR.sub(" star ", text)
    text = _POINT_OUTSIDE_NUMBER.sub(" ", _VERSION.sub(" ", _POSSESSIVE.sub("", text)))
    text = _SEPARATORS.sub(" ", text).strip()
    text = _JOINED_PREFIX.sub(r"\1", _BEFORE_NUMBER.sub("", text))
    words = [american(word) for word in text.split()]
    return (*words[:-1], singular(words[-1])) if words else ()


@lru_cache(maxsize=MANY_SURFACE_FORMS)
def surface_key(surface: str) -> str:
    """What two writings of one name share: their words without the gaps, save between two digits.

    Bringing a key to its key changes nothing. Empty where only signs are written.
    """
    key = joined(surface_words(surface))
    for _ in range(SETTLING_PASSES):
        again = _again(key)
        if again == key:
            break
        key = again
    return key


def _again(key: str) -> str:
    """The key of a key; one plain word has nothing left to change but its spelling."""
    if key.isascii() and key.isalnum() and not _VERSION.search(key):
        return singular(american(key))
    return joined(surface_words(key))


def joined(words: tuple[str, ...]) -> str:
    """The words without the gaps, save between two digits: ("imdb", "50k") is "imdb50k"."""
    return _GAPS.sub("", " ".join(words))


def core_words(surface: str, entity_type: EntityType) -> tuple[str, ...]:
    """The words of a surface form without what only introduces or classes it.

    "The standard CIFAR-10 dataset" as a Dataset is ("cifar10",); at least one word always stays.
    """
    words = surface_words(surface)
    if len(words) > 2 and words[0].isdigit() and words[1] in {"dimensional", "dim"}:
        words = words[2:]
    while len(words) > 1 and (words[0] in LEADING_WORDS or _SIZE.fullmatch(words[0])):
        words = words[1:]
    while len(words) > 1 and entity_type is EntityType.PREPROCESSING_STEP and words[-1] in _PARTICLES:
        words = words[:-1]
    while len(words) > 1 and words[-1] in _HEADS[entity_type]:
        words = (*words[:-2], singular(words[-2]))
    return words


def head_nouns(entity_type: EntityType) -> frozenset[str]:
    """The nouns, in the singular, that only say of what class a name is: "dataset", "model", "score"."""
    return _HEADS[entity_type]


def is_proper_name(text: str) -> bool:
    """Whether a name has a capital after its first letter, or a digit: "ReCoRD" and "C4", not "Topic"."""
    return bool(_INNER_CAPITAL_OR_DIGIT.search(text))


def numbers_in(words: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers in a name, in order: what may never differ between two writings of it."""
    return tuple(re.findall(r"\d+(?:\.\d+)*", " ".join(words)))


def tidied(surface: str) -> str:
    """The surface form as a name to show.

    One line of at most 120 characters, with single spaces and without stray signs around.
    """
    text = unicodedata.normalize("NFC", _CITATION.sub(" ", surface[:LONGEST_READ]))
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    around = " ,;:.\"'“”‘’" if "(" in text[1:] else " ,;:.\"'“”‘’()[]{}"
    return text.strip(around)[:LONGEST_NAME].strip() or text[:LONGEST_NAME] or UNPRINTABLE


def slug(words: tuple[str, ...]) -> str:
    """The words as the last part of an id: ASCII letters, digits, points and plus signs between hyphens.

    Where that loses something (other scripts, great length), a hash of the words makes up for it.
    """
    text = "-".join(words)
    plain = re.sub(r"[^a-z0-9.+]+", "-", text).strip("-")
    if plain == text and len(plain) <= LONGEST_SLUG:
        return plain
    return f"{plain[:LONGEST_SLUG].strip('-')}-{content_id(*words)[:8]}".strip("-")


def _kept_from_brackets(bracket: re.Match[str]) -> str:
    inside = bracket[1]
    all_there_is = bracket.start() == 0 and bracket.end() == len(bracket.string)
    return f" {inside} " if all_there_is or any(sign.isdigit() for sign in inside) else " "


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    kept = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", kept)
