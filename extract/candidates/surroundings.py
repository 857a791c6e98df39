"""What stands around a mark of a template, as short words that a weigher can learn the worth of."""

import re
from collections.abc import Iterator

from extract.cues import OWN, ROLE_NOUN
from extract.templates import Template
from records import SectionKind

BEFORE, BEHIND = 90, 70

_NEAR = {
    "evaluated": (
        r"\b(?:evaluat|tested|testing|experiment|benchmark|performance|results?\b|accurac|"
        r"scores?\b|report|achiev)"
    ),
    "trained": r"\b(?:train|fine-?tun|learn|pre-?train|initiali[sz])",
    "compared": (
        r"\b(?:compar|outperform|surpass|baseline|better than|worse than|superior|competit|"
        r"against|than)"
    ),
    "introduced": (
        r"\b(?:propos|introduc|present|releas|develop|novel|contribut|construct|creat|collect|"
        r"call(?:ed)?\b|nam(?:ed|ely)\b|dubbed|term)"
    ),
    "used": (
        r"\b(?:us(?:e|es|ed|ing)\b|utili[sz]|employ|adopt|appl(?:y|ied|ies)|leverag|"
        r"perform(?:ed)?\b|conduct)"
    ),
    "addressed": r"\b(?:address|tackl|stud(?:y|ied)|investigat|focus|consider|explor|task|problem)",
    "held out": r"\b(?:test (?:set|data|split)|dev(?:elopment)? (?:set|data)|validation)",
    "training data": r"\btraining (?:set|data|corpus|split|examples|instances)",
    "example": r"\b(?:such as|e\.g\.|for example|for instance|including|like)\b",
    "state of the art": r"\bstate[- ]of[- ]the[- ]art|\bprevious|\bexisting|\brecent",
    "motivated": r"\b(?:inspired|motivated|based on|following|follow|similar to|extend|as in)\b",
}
_NEAR_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _NEAR.items()}
_VERBS = {
    "trains": re.compile(r"\b(?:(?:pre-?|re-?)?train|fine-?tun|learn|initiali[sz])", re.IGNORECASE),
    "evaluates": re.compile(
        r"\b(?:evaluat|test(?:s|ed|ing)?\b|experiment|validat|report|achiev|obtain|perform)", re.IGNORECASE
    ),
    "compares": re.compile(r"\b(?:compar|outperform|surpass|beat|exceed)", re.IGNORECASE),
    "introduces": re.compile(r"\b(?:propos|introduc|present|releas|develop|call(?:ed)?\b)", re.IGNORECASE),
    "uses": re.compile(r"\b(?:us(?:e|es|ed|ing)\b|employ|adopt|appl(?:y|ied|ies))", re.IGNORECASE),
    "lists": re.compile(r"\b(?:such as|e\.g\.|including|like)(?= )", re.IGNORECASE),
}
_RIGHT_BEFORE = {
    "after our": r"\b[Oo]ur (?:\w+ ){0,2}$",
    "after a": r"\b[Aa]n? (?:\w+ ){0,2}$",
    "after the": r"\b[Tt]he (?:\w+ )?$",
    "after on": r"\b(?:on|over|from)(?: the| our| both)?(?: \w+)? $",
    "after with": r"\b(?:with|using|by|via|through)(?: the| an?)? $",
    "after than": r"\b(?:than|against|over|outperforms?|to|with)(?: the| an?)? $",
    "after called": r"\b(?:called|named|dubbed|termed|namely|as)(?: the)? $",
    "after new": r"\b(?:new|novel|first)(?: \w+)? $",
    "after mark": r"⟧(?:,| and|, and| or) $",
    "after bracket": r"\($",
    "opens": r"^(?:The |An? )?$",
    "after for": r"\b(?:for|of|in|to)(?: the| an?)? $",
    "after verb of data": r"\b(?:is|are|was|were|be|been|then|first|also|and) $",
}
_RIGHT_BEFORE_PATTERNS = {name: re.compile(pattern) for name, pattern in _RIGHT_BEFORE.items()}
_RIGHT_BEHIND = {
    "before data": r"^(?: \w+)? (?:data ?sets?|corpus|corpora|data|benchmarks?|treebank|collection)\b",
    "before model": (
        r"^(?: \w+)? (?:models?|methods?|networks?|systems?|approach(?:es)?|algorithms?|"
        r"architecture|framework)\b"
    ),
    "before task": r"^(?: \w+)? (?:tasks?|problems?)\b",
    "before baseline": r"^(?: \w+){0,2} baselines?\b",
    "before citation": r"^(?: \w+){0,2} ?⟦C",
    "before verb": (
        r"^ (?:is|are|has|have|outperforms?|achieves?|performs?|obtains?|shows?|improves?|uses?|"
        r"yields?)\b"
    ),
    "before noun": (
        r"^(?:-\w+)? (?!and|or|is|are|was|were|in|on|for|of|to|with|as|by|from|at|that|"
        r"which)[a-z]{3,}"
    ),
    "before based": r"^(?:-| )(?:based|style|like|inspired|specific|related)\b",
    "before mark": r"^(?:,| and|, and| or) (?:the )?⟦[MDPTR]",
    "before definition": r"^,? (?:an? |the |which )",
    "closes": r"^[.;]",
}
_RIGHT_BEHIND_PATTERNS = {name: re.compile(pattern) for name, pattern in _RIGHT_BEHIND.items()}


def surroundings(template: Template, start: int, end: int) -> Iterator[str]:
    """Yields what is told of the mark from `start` to `end` by the words around it, and by its section."""
    text = template.text
    before, behind = text[max(0, start - BEFORE) : start], text[end : end + BEHIND]
    yield f"in {template.section.value}"
    for name, pattern in _NEAR_PATTERNS.items():
        if pattern.search(before):
            yield f"behind {name}"
        if pattern.search(behind):
            yield f"ahead of {name}"
    if nearest := _nearest_verb(text[:start]):
        yield f"last verb {nearest}"
    yield from (
        name for name, pattern in _RIGHT_BEFORE_PATTERNS.items() if pattern.search(text[:start][-60:])
    )
    yield from (name for name, pattern in _RIGHT_BEHIND_PATTERNS.items() if pattern.search(behind))
    if OWN.search(before):
        yield "behind we"
    elif OWN.search(text):
        yield "with we"
    if "⟦X" in text or "⟦C" in text:
        yield "with a citation"
    if ROLE_NOUN.match(text, start):
        yield "baseline by name"
    if template.section in TRIALS and "⟦X" not in text:
        yield "in a trial"


def _nearest_verb(before: str) -> str:
    """The kind of the verb that stands last before a mark: "train on A and test on B" tests on B."""
    found = {name: _last_end(pattern, before) for name, pattern in _VERBS.items()}
    name = max(found, key=lambda each: found[each])
    return name if found[name] else ""


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    ends = [match.end() for match in pattern.finditer(text)]
    return ends[-1] if ends else 0


TRIALS = frozenset(
    {
        SectionKind.EXPERIMENTS,
        SectionKind.RESULTS,
        SectionKind.DATA,
        SectionKind.ABSTRACT,
        SectionKind.CONCLUSION,
    }
)
