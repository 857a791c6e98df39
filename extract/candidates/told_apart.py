"""Data that a paper is evaluated on and, as the same sentence tells, not trained on."""

import re
from collections.abc import Iterable, Iterator

from extract.templates import MARK, Template

_TRAINS = re.compile(r"\b(?:(?:pre-?|re-?)?train|fine-?tun)(?:s|ed|ing|e|es)?\b", re.IGNORECASE)
_EVALUATES = re.compile(r"\b(?:evaluat(?:e|es|ed|ing)|test(?:s|ed|ing)?)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:train|test|development|validation)(?:ing)? (?:set|data|split|part|portion)", re.I)


def only_evaluated(templates: Iterable[Template]) -> frozenset[str]:
    """The names, in small letters, of data on which what other data trained is evaluated, as sentences say.

    "We train X on A and evaluate it on A and on B" tells it of B.
    """
    return frozenset(name for template in templates for name in _of_sentence(template))


def _of_sentence(template: Template) -> Iterator[str]:
    text = template.text
    trains, evaluates = _TRAINS.search(text), _EVALUATES.search(text)
    if not trains or not evaluates or evaluates.start() < trains.end() or _PART.search(text):
        return
    if _TRAINS.search(text, evaluates.end()):
        return
    trained = set(_data(template, trains.end(), evaluates.start()))
    if trained:
        yield from set(_data(template, evaluates.end(), len(text))) - trained


def _data(template: Template, start: int, end: int) -> Iterator[str]:
    for mark in MARK.finditer(template.text, start, end):
        if mark["letter"] == "D":
            yield template.mention(int(mark["numbers"])).surface.casefold()
