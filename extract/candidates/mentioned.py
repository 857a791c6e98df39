"""Candidates from running text: what is mentioned where a paper writes of its own work."""

import re
from collections.abc import Iterator, Set
from dataclasses import replace

from extract.candidates.surroundings import surroundings
from extract.polarity import polarity_of_mark
from extract.step_targets import step_target
from extract.templates import MARK, Template
from records import EvidenceKind, Mention, Predicate, Relation, SectionKind

COMPONENT = "mentioned"
OF_OTHERS = frozenset({SectionKind.RELATED_WORK})
_MAY_BE = {
    "M": (Predicate.COMPARES_AGAINST, Predicate.INTRODUCES, Predicate.USES),
    "D": (Predicate.EVALUATES_ON, Predicate.TRAINS_ON, Predicate.INTRODUCES),
    "P": (Predicate.APPLIES_STEP, Predicate.INTRODUCES),
    "T": (Predicate.ADDRESSES,),
    "R": (Predicate.INTRODUCES, Predicate.USES),
}
_EXAMPLE = frozenset({"last verb lists", "behind example"})
_OWN = frozenset({"behind we", "with we"})
_NOT_USED = re.compile(
    r"\b(?:not|never|without|avoid\w*|instead of|rather than) (?:\w+ ){0,2}?"
    r"(?:us|employ|adopt|appl|rely)\w*\b",
    re.IGNORECASE,
)
"""What a sentence does not use, it may go on to describe: "we do not use weights, the core of attention"."""
_BEGINS_ANEW = re.compile(r";|\bbut\b|\binstead\b(?! of)|\brather\b(?! than)|\bwe\b", re.IGNORECASE)
_TELLING = {
    Predicate.INTRODUCES: {"behind introduced", "after our", "after called", "in abstract", "in conclusion"},
    Predicate.USES: {"behind used", "last verb uses", "behind we", "behind trained", "behind evaluated"},
    Predicate.COMPARES_AGAINST: {
        "behind compared",
        "ahead of compared",
        "baseline by name",
        "before baseline",
        "in experiments",
        "in results",
    },
}


def mentioned_candidates(template: Template) -> Iterator[Relation]:
    """Yields what the sentence may say of its own paper, with what speaks for and against it."""
    if template.section in OF_OTHERS:
        return
    for mark in MARK.finditer(template.text):
        if mark["letter"] not in _MAY_BE:
            continue
        signals = frozenset(surroundings(template, mark.start(), mark.end()))
        mention = template.mention(int(mark["numbers"]))
        for predicate in _MAY_BE[mark["letter"]]:
            if _is_worth_weighing(predicate, signals, template.text[: mark.start()]):
                found = own_candidate(template, mention, predicate, position=mark.start(), signals=signals)
                if predicate is Predicate.APPLIES_STEP:
                    found = replace(found, applied_to=step_target(template, mark.start(), mark.end()))
                yield found


def _is_worth_weighing(predicate: Predicate, signals: Set[str], before: str) -> bool:
    """Whether something tells of the predicate; not of mere examples of steps, nor of what is not used."""
    if predicate is Predicate.USES and _is_not_used(before):
        return False
    if predicate is Predicate.APPLIES_STEP and signals >= _EXAMPLE and not _OWN & signals:
        return False
    telling = _TELLING.get(predicate)
    return telling is None or bool(telling & signals)


def _is_not_used(before: str) -> bool:
    """Whether the last clause before a mark says that something is not used."""
    clause = max((found.end() for found in _BEGINS_ANEW.finditer(before)), default=0)
    return _NOT_USED.search(before, clause) is not None


def own_candidate(
    template: Template, mention: Mention, predicate: Predicate, *, position: int, signals: Set[str]
) -> Relation:
    """A candidate of which the paper itself is the subject."""
    return Relation(
        predicate=predicate,
        object=mention,
        cited_reference_id=None,
        sentence=template.sentence,
        kind=EvidenceKind.OWN_CLAIM,
        polarity=polarity_of_mark(template.text, position, section=template.section),
        confidence=0.0,
        component=COMPONENT,
        signals=tuple(sorted(signals)),
    )
