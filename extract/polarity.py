"""Whether a sentence says that something is so, is not so, or might be so."""

import re

from records import Polarity

_NEGATION = re.compile(
    r"\b(?:not|never|cannot|n't|neither|nor|without|instead of|rather than|unlike|no longer|avoid(?:s|ing)?|"
    r"omit(?:s|ted|ting)?|except(?: for)?|no need (?:for|of|to))\b|n['’]t\b"
)
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely|necessarily)\b")
_HYPOTHESIS = re.compile(
    r"\b(?:could|would|might|may|should|future (?:work|research|studies|directions?)|in (?:the )?future|"
    r"plan to|planning to|hope to|intend to|leave|if we|can be (?:combined|extended|applied|used|adapted))\b",
    re.IGNORECASE,
)
_CLAUSE_BREAK = re.compile(r"[;:]|, (?:but|while|whereas|although|and we|we)\b")


def polarity_before(text: str, position: int) -> Polarity:
    """The polarity of what stands at a position of a sentence, judged by the clause up to it."""
    if _HYPOTHESIS.search(text):
        return Polarity.HYPOTHETICAL
    clause = text[:position]
    for stop in _CLAUSE_BREAK.finditer(clause):
        clause = " " * stop.end() + clause[stop.end() :]
    return Polarity.NEGATED if _NEGATION.search(_NOT_ONLY.sub("", clause)) else Polarity.AFFIRMED
