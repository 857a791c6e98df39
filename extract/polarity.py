"""Whether a sentence says that something is so, is not so, or might be so.

Cue words with scopes, after NegEx (Chapman et al., 2001): a cue reaches over the rest of its clause or
only over the phrase behind it, and a name that is the subject is judged by the verb behind it.
"""

import re
from collections import deque

from extract.polarity_cues import (
    AUXILIARY,
    CLAUSE_BREAK,
    CONDITION,
    CONTRASTED_MANNER,
    DENIED_PREDICATE,
    FINITE_VERB,
    HARMLESS,
    KEPT_FROM,
    MODAL,
    NEGATED_PHRASE,
    NEGATION,
    PHRASE_END,
    PLAN,
    PLANNED_AFTER,
    PREVENTION,
    QUESTION,
    SHOWN,
    SUBORDINATE,
    SUPPOSED_CONSEQUENCE,
    WILL,
)
from records import Polarity, SectionKind

REACH = 600
"""How many characters on either side of a name are read."""


def polarity_of(sentence: str, start: int, end: int, *, section: SectionKind | None = None) -> Polarity:
    """The polarity of what a sentence says of the name between two offsets.

    Where the section is known to be a conclusion, what "we will" do is a plan.
    """
    before = _without_harmless(sentence[max(0, start - REACH) : start])
    after = _without_harmless(sentence[end : end + REACH])
    clause = _clause_before(before)
    if _is_in_negated_phrase(before, after):
        return Polarity.NEGATED
    is_plan = section is SectionKind.CONCLUSION and WILL.search(clause)
    if is_plan or _is_planned(before, after) or _is_possible(clause, after):
        return Polarity.HYPOTHETICAL
    return Polarity.NEGATED if _is_denied(clause, after) else Polarity.AFFIRMED


def polarity_of_mark(template: str, position: int, *, section: SectionKind | None = None) -> Polarity:
    """The polarity of what a template says of the mark that a position is in or right before."""
    start = position - template.startswith("⟦", position - 1) if position else 0
    return polarity_of(template, start, template.find("⟧", position) + 1, section=section)


def _without_harmless(text: str) -> str:
    return HARMLESS.sub("_", re.sub(r"\s+", " ", text))


def _is_in_negated_phrase(before: str, after: str) -> bool:
    cue = _last(NEGATED_PHRASE, before)
    if cue is None or PHRASE_END.search(before, cue.end()):
        return False
    return not (PREVENTION.match(cue[0]) and KEPT_FROM.match(after))


def _is_planned(before: str, after: str) -> bool:
    """Whether the sentence as a whole asks, plans or supposes."""
    if PLAN.search(before) or PLANNED_AFTER.search(after):
        return True
    if after.rstrip().endswith("?") and QUESTION.search(before):
        return True
    condition = _last(CONDITION, before)
    if condition is None:
        return False
    return (
        "," not in before[condition.end() :]
        or SUPPOSED_CONSEQUENCE.search(before, condition.end()) is not None
    )


def _is_possible(clause: str, after: str) -> bool:
    modal = _last(MODAL, clause)
    if modal is None:
        return _is_subject_of(MODAL, clause, after)
    return not (modal[0].startswith("can ") and SHOWN.search(clause, 0, modal.start()))


def _is_denied(clause: str, after: str) -> bool:
    if NEGATION.search(clause):
        return CONTRASTED_MANNER.match(after) is None
    return _is_subject_of(DENIED_PREDICATE, clause, after)


def _clause_before(before: str) -> str:
    """What stands between the beginning of the name's clause and the name."""
    opening = SUBORDINATE.match(before)
    main = before[opening.end() :] if opening else before
    stop = _last(CLAUSE_BREAK, main)
    return main[stop.end() :] if stop else main


def _is_subject_of(predicate: re.Pattern[str], clause: str, after: str) -> bool:
    """Whether the name belongs to the subject, and the verb behind it is or follows such a predicate."""
    if FINITE_VERB.search(clause) and not AUXILIARY.match(after):
        return False
    stop = CLAUSE_BREAK.search(after)
    rest = after[: stop.start()] if stop else after
    found, verb = predicate.search(rest), FINITE_VERB.search(rest)
    return found is not None and (verb is None or found.start() <= verb.end() + 1)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text), maxlen=1)), None)
