"""Candidates: the names that a piece of lineage may stand for, with how much speaks for each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lineage.naming.ordinary_words import ORDINARY_WORDS
from records import EntityType

ORDINARY_FACTOR = 0.6
SHORT_FACTOR = 0.8
SHORT_NAME = 3
LONGEST_SHOWN = 100
_NOUNS = {
    EntityType.DATASET: "dataset",
    EntityType.METHOD: "method",
    EntityType.PREPROCESSING_STEP: "preprocessing step",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A name that something may stand for; `weight` in [0, 1] says how sure it is that it does.

    `broader` tells that the name was cut down to something that the whole name is one size of, as BERT is
    broader than BERT-base: both may be meant at once. A `fallback` counts only where nothing before it is
    known.
    """

    name: str
    weight: float
    reason: str
    broader: bool = False
    fallback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One place that may name an entity of the type, and the names to look up, the likeliest first."""

    type: EntityType
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a name stands, in words for people, and how much the place is to be trusted.

    A place that `vouches` holds names of published things only, so that an ordinary word there is a name.
    """

    said: str
    weight: float
    type: EntityType
    vouches: bool = False


def candidate(name: str, place: Place, *, factor: float = 1.0, left_out: str = "") -> Candidate:
    """The name as a candidate; ordinary words and very short names weigh less than telling ones."""
    without = f', without "{shown(left_out)}"' if left_out else ""
    reason = f"{place.said} names the {_NOUNS[place.type]} {shown(name)}{without}."
    weight = place.weight * factor
    if not place.vouches and is_ordinary(name):
        weight *= ORDINARY_FACTOR
        reason += " The words are ordinary ones too."
    elif not place.vouches and is_short(name):
        weight *= SHORT_FACTOR
        reason += " So short a name may mean something else."
    return Candidate(name=name, weight=round(weight, 4), reason=reason)


def clue(place: Place, candidates: Iterable[Candidate]) -> Clue:
    """The candidates of a place, each name once, at its first and surest reading."""
    by_name: dict[str, Candidate] = {}
    for one in candidates:
        by_name.setdefault(one.name, one)
    return Clue(type=place.type, candidates=tuple(by_name.values()))


def with_class(candidates: Iterable[Candidate], noun: str, *, factor: float = 1.0) -> list[Candidate]:
    """The candidates, each followed by itself with its class noun: vocabularies hold "Iris dataset"."""
    return [
        one
        for each in candidates
        for one in (
            each,
            replace(each, name=f"{each.name} {noun}", weight=round(each.weight * factor, 4)),
        )
    ]


def is_ordinary(name: str) -> bool:
    """Whether every word of the name is one that people also use for their own things."""
    words = [word.casefold() for word in name.replace("-", " ").replace("_", " ").split()]
    return all(word in ORDINARY_WORDS or word.isdigit() for word in words)


def is_short(name: str) -> bool:
    """Whether the name is two or three letters, without a digit that would make it telling."""
    letters = [sign for sign in name if sign.isalnum()]
    return len(letters) <= SHORT_NAME and not any(sign.isdigit() for sign in letters)


def shown(text: str) -> str:
    """The text as it may stand in a reason: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"
