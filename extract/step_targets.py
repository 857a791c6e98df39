"""What a preprocessing step was applied to, where its sentence says it."""

import re

from extract.templates import MARK, Template

_DATA = r"⟦D\d+⟧(?: (?:data ?sets?|corpus|corpora|data|texts?|sentences?))?"
_THING = (
    rf"(?:{_DATA}|texts?|data(?: ?sets?)?|corpus|corpora|documents?|sentences?|paragraphs?|words?|tokens?|"
    r"characters?|images?|pictures?|frames?|signals?|audio|reviews?|tweets?|posts?|articles?|abstracts?|"
    r"inputs?|sequences?|questions?|answers?|passages?|contexts?|premises?|hypotheses|samples?|examples?|"
    r"instances?|features?|vocabular(?:y|ies)|labels?|numbers?|entities|transcripts?|utterances?|code)"
)
_WORDS = r"(?:(?:[\w-]+|⟦[DT]\d+⟧) ){0,3}?"
_DETERMINERS = r"(?:the|all|each|every|our|these|both|its|their)"
_BEFORE = re.compile(
    rf"(?P<target>(?:{_DETERMINERS} )?{_WORDS}{_THING}) "
    r"(?:is|are|was|were|has been|have been|being) (?:\w+ly |then |first |also |all )*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"^(?: (?:of|to|on|for|over))? (?P<target>{_DETERMINERS} {_WORDS}{_THING}|{_DATA}|(?:of|to|on) {_THING})"
    r"(?![\w-])",
    re.IGNORECASE,
)
_ON_DATA = re.compile(r"^[^.;,]{0,40}? (?:on|of|to|for|from) (?:the )?(?P<target>⟦D\d+⟧)")


def step_target(template: Template, start: int, end: int) -> str:
    """The words for what the step at a mark of the template was done to; empty where they are not there.

    "All sentences were ⟦tokenized⟧", "we ⟦lowercase⟧ the text", "⟦tokenization⟧ of SQuAD".
    """
    found = (
        _BEFORE.search(template.text, max(0, start - 120), start)
        or _BEHIND.match(template.text[end : end + 120])
        or _ON_DATA.match(template.text[end : end + 80])
    )
    return _in_words(template, found["target"]) if found else ""


def _in_words(template: Template, target: str) -> str:
    """The target with its marks as the names that they stand for, without a preposition."""
    named = MARK.sub(lambda mark: template.mention(int(mark["numbers"])).surface, target)
    return re.sub(r"^(?:of|to|on) ", "", " ".join(named.split()))
