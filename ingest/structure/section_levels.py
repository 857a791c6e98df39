"""How deep a section lies: by its number, else by how its heading looks next to the others."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.layout.section_names import is_known

DEEPEST_LOOK = 3
SAME_SIZE_POINTS = 0.4

_ROMAN = re.compile(r"[IVX]{1,5}")
_LETTER = re.compile(r"[A-Z]")


class HeadingLook(NamedTuple):
    """How a heading looks: larger, bolder and capital ones stand higher."""

    size: float
    bold: bool
    capitals: bool


class Head(NamedTuple):
    """A heading's number as printed, its title, and its looks, None where it has none of its own."""

    number: str
    title: str
    look: HeadingLook | None


def levels_of(heads: Sequence[Head]) -> list[int]:
    """The level of each section, 1 for those of the paper itself.

    A number says it: "3.2" and "A.1" are 2. Letters are 2 where the sections above them have roman numbers.
    A heading without number is as deep as the numbered headings that look like it; titles that most
    papers have are 1; the rest stand in the order of their looks.
    """
    numbered = list(_by_number([head.number for head in heads]))
    looks = _by_look(heads, numbered)
    levels: list[int] = []
    for head, level in zip(heads, numbered, strict=True):
        if level is not None:
            levels.append(level)
        elif head.look is None or is_known(head.title):
            levels.append(1)
        else:
            deepest = max(levels, default=0) + 1
            levels.append(min(looks.get(head.look, 1), deepest))
    return levels


def _by_number(numbers: Sequence[str]) -> Iterator[int | None]:
    roman = sum(1 for number in numbers if number in {"I", "II", "III"}) > 1
    letter = ""
    for number in numbers:
        steps = number.count(".") + 1
        if not number:
            yield None
        elif not roman or steps > 1:
            yield steps
        elif _LETTER.fullmatch(number) and (not _ROMAN.fullmatch(number) or _follows(letter, number)):
            letter = number
            yield 2
        else:
            letter = ""
            yield 1


def _follows(before: str, letter: str) -> bool:
    return bool(before) and ord(letter) == ord(before) + 1


def _by_look(heads: Sequence[Head], numbered: Sequence[int | None]) -> Mapping[HeadingLook, int]:
    """The level that each look stands for."""
    votes: dict[HeadingLook, Counter[int]] = defaultdict(Counter)
    for head, level in zip(heads, numbered, strict=True):
        if head.look is None:
            continue
        if level is not None:
            votes[head.look][level] += 1
        elif is_known(head.title):
            votes[head.look][1] += 1
    levels = {look: counts.most_common(1)[0][0] for look, counts in votes.items()}
    for look in sorted({head.look for head in heads if head.look} - levels.keys(), reverse=True):
        higher = [level for known, level in levels.items() if _is_over(known, look)]
        levels[look] = min(max(higher, default=0) + 1, DEEPEST_LOOK)
    return levels


def _is_over(one: HeadingLook, other: HeadingLook) -> bool:
    """Whether headings of the one look stand over those of the other."""
    if abs(one.size - other.size) > SAME_SIZE_POINTS:
        return one.size > other.size
    return (one.bold, one.capitals) > (other.bold, other.capitals)
