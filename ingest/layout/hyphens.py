"""Words broken at a line's end: joined, with their hyphen or without."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.pages.characters import SOFT_HYPHEN

_BROKEN = re.compile(r"(?P<first>[^\W\d_][\w'’-]*)(?P<hyphen>[-\u2010\u00ad])$")
_CONTINUED = re.compile(r"^(?P<second>[^\W\d_][\w'’]*(-[\w'’]+)*)")
_TOKEN = re.compile(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*")
_ADDRESS_END = re.compile(r"(https?://|www\.|doi\.org/|\b10\.\d{4,9}/)\S*[-/_.=?&#~:]$")
_LEAST_HALF = 3  # letters; shorter halves are as likely syllables as words
LONGEST_WORD = 200  # characters; an address may be long
_PLAIN_ENDS = frozenset(',;)]”"')
_SECOND_HALVES = frozenset(
    """agnostic aware based centric dependent driven efficient free guided independent informed intensive
    invariant level like oriented only sensitive specific supervised trained tuned wise""".split()
)
"""Words that follow a noun only after a hyphen."""
_INNER_WORDS = ("of-", "to-", "the-", "in-", "and-", "by-", "a-")
_SUSPENDED = frozenset({"and", "or", "to", "und", "oder", "versus", "vs"})


@dataclass(frozen=True, slots=True)
class WordUse:
    """How often a document writes words within lines, where no line end puts hyphens into them."""

    counts: Counter[str]

    def __getitem__(self, word: str) -> int:
        return self.counts[word.casefold()]


def word_use(lines: Iterable[str]) -> WordUse:
    """Counts the words, joined and hyphenated, that stand neither first nor last in their lines."""
    pieces = Counter(itertools.chain.from_iterable([line.split(" ")[1:-1] for line in lines]))
    counts: Counter[str] = Counter()
    for piece, count in pieces.items():
        folded = piece.casefold()
        for word in (folded,) if folded.isalpha() else _TOKEN.findall(folded):
            counts[word] = counts.get(word, 0) + count
    return WordUse(counts)


@dataclass(frozen=True, slots=True)
class Seam:
    """How two lines meet: how many characters the first one loses at its end, and what comes between."""

    dropped: int
    between: str


_SPACE = Seam(0, " ")
_TOUCHING = Seam(0, "")


def seam(first: str, second: str, use: WordUse) -> Seam:
    """How the line `first` goes on in the line `second`."""
    if first[-1:].isalnum() or first[-1:] in _PLAIN_ENDS:
        return _SPACE
    first, second = first[-LONGEST_WORD:], second[:LONGEST_WORD]
    word = first.rpartition(" ")[2]
    broken = _BROKEN.search(word)
    if broken is None:
        if _ADDRESS_END.search(word) and not second[:1].isspace():
            return _TOUCHING
        return _TOUCHING if first.endswith(("–", "—", "/")) and _is_tight(first, second) else _SPACE
    continued = _CONTINUED.match(second)
    if continued is None:
        return _TOUCHING if second[:1].isdigit() else _SPACE
    if continued["second"].casefold() in _SUSPENDED and broken["hyphen"] != SOFT_HYPHEN:
        return _SPACE
    if _ADDRESS_END.search(word):
        return _TOUCHING
    if keeps_hyphen(broken["first"], continued["second"], use) and broken["hyphen"] != SOFT_HYPHEN:
        return _TOUCHING
    return Seam(1, "")


def _is_tight(first: str, second: str) -> bool:
    return len(first) > 1 and first[-2].isalnum() and second[:1].isalnum()


def keeps_hyphen(first: str, second: str, use: WordUse) -> bool:
    """Whether "first-" at a line's end and "second" at the next one's start are a compound.

    The document's own usage decides where it has any, then a list of English words and compounds; then a
    hyphen between two words that both exist is taken for a real one.
    """
    head, tail = first.rsplit("-", 1)[-1], second.split("-", maxsplit=1)[0]
    joined, hyphenated = use[head + tail], use[f"{head}-{tail}"]
    if joined != hyphenated:
        return hyphenated > joined
    if not tail[:1].islower() or (head.isupper() and len(head) > 1):
        return True
    known = english_words()
    head, tail = head.casefold(), tail.casefold()
    if second.casefold().startswith(_INNER_WORDS):
        return True  # "chain-" and "of-thought"
    if f"{head}-{tail}" in known or head + tail in known:
        return f"{head}-{tail}" in known
    if tail in _SECOND_HALVES and len(head) > _LEAST_HALF:
        return True
    return all(len(half) >= _LEAST_HALF and (half in known or use[half] > 0) for half in (head, tail))


@cache
def english_words() -> frozenset[str]:
    """Words of English papers, and the compounds that they write with a hyphen."""
    text = files("ingest.layout").joinpath("english_words.txt").read_text(encoding="ascii")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
