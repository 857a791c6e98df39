"""The types that a document gives to names, by what it writes around them."""

import re
from collections.abc import Iterator

from extract.attributes import read_spans
from extract.descriptions import HEAD_NOUNS, type_of_description, type_of_long_form
from records import Document, EntityType

NAME = r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*(?:[-+/][A-Za-z0-9]+)*\+{0,2}"
NAME_AT = re.compile(rf"(?<![\w/@.-]){NAME}(?![\w@])")
_START = r"(?<![\w/@.-])"
_HEADS = "|".join(sorted({head for heads in HEAD_NOUNS.values() for head in heads}, key=len, reverse=True))
_CLAIM = (
    r"\b(?:[Ww]e|[Tt]his paper) (?:also |then |further |first |therefore |thus |have )?"
    r"(?:propose|introduce|present|release)[ds]? (?:the )?"
)
_CALLED = r"(?:called|named|dubbed|termed|which we (?:call|name|term|refer to as))"
_PHRASE = (
    r"(?!(?:an?|two|three|four|several|various|different|new|novel|simple|effective|efficient|our|their) )"
    r"(?P<phrase>(?:[a-z][a-z-]{2,} ){1,4}[a-z][a-z-]{2,})"
)
_GENERAL_PHRASE = re.compile(
    r"(?:models?|methods?|approach(?:es)?|frameworks?|algorithms?|systems?|techniques?|datasets?|corpora|corpus|"
    r"steps?|procedures?|rules?|tools?|scripts?)$"
)
_STEP_VERB = r"(?:pre-?process|tokeni[sz]|segment|augment)(?:e|es|ed|ing)?"

_DESCRIBED = (
    re.compile(rf"{_START}(?P<name>{NAME}) (?P<description>{_HEADS})\b"),
    re.compile(
        rf"\b(?P<description>(?:[a-z][\w-]* ){{0,4}}(?:{_HEADS})),? {_CALLED} (?:the "
        rf")?(?P<name>{NAME})(?![\w@])"
    ),
    re.compile(
        rf"{_CLAIM}(?P<name>{NAME})(?: \([^)]{{2,80}}\))?(?:, | : |: | \u2013 | \u2014 |, which is )"
        r"(?:an? |the )(?P<description>[^.;,]{5,120})"
    ),
    re.compile(rf"{_START}(?P<name>{NAME})\)?(?:,| is| are) an? (?P<description>[^.;,()]{{5,100}})"),
    re.compile(
        rf"\b(?P<description>(?:[a-z][\w-]* ){{0,4}}(?:{_HEADS})),? {_CALLED} (?:[\w-]+ "
        rf"){{1,7}}\((?P<name>{NAME})\)"
    ),
)
_USED = (
    (
        EntityType.PREPROCESSING_STEP,
        re.compile(rf"\b{_STEP_VERB} [^.;]{{0,40}}?\b(?:with|using|by|via) (?P<name>{NAME})"),
    ),
    (
        EntityType.DATASET,
        re.compile(
            r"\b(?:train|evaluat|fine-?tun|test)(?:e|ed|ing)? [^.;,]{0,30}?\bon (?:the )?"
            rf"(?P<name>{NAME})(?= \(| \[|[.,;]| and\b)"
        ),
    ),
    (
        EntityType.METHOD,
        re.compile(
            rf"\b(?:outperform\w*|baselines?,?(?: such as)?|compared? (?:with|to|against)) (?P<name>{NAME})"
        ),
    ),
)
_DESCRIBED_PHRASE = re.compile(rf"{_CLAIM}{_PHRASE}, (?:an? |the |our )(?P<description>[^.;,]{{5,120}})")
_STEP_PHRASE = re.compile(
    r"\b(?:pre-?process|tokeni[sz])(?:e|es|ed|ing)? "
    rf"[^.;]{{0,40}}?\b(?:with|using|by applying|via) {_PHRASE}(?= \((?:[A-Z]|see)| \[|[.,;])"
)


def type_votes(
    document: Document, expansions: dict[str, str], *, text: str
) -> Iterator[tuple[str, EntityType]]:
    """Yields a name, or a phrase that serves as one, with a type, for every place that gives one away.

    `text` is the document's, `expansions` are the long forms of the abbreviations that it defines.
    """
    for short, long_form in expansions.items():
        if found := type_of_long_form(long_form):
            yield short, found
    for span in read_spans(document):
        section = text[span.start : span.end]
        yield from _names_described(section)
        yield from _names_used(section)
        yield from _phrases(section)
    head, colon, rest = document.title.partition(":")
    if colon and " " not in head.strip():
        yield head.strip(), type_of_description(rest) or EntityType.METHOD


def _names_described(text: str) -> Iterator[tuple[str, EntityType]]:
    for pattern in _DESCRIBED:
        for match in pattern.finditer(text):
            if found := type_of_description(match["description"]):
                yield match["name"], found


def _names_used(text: str) -> Iterator[tuple[str, EntityType]]:
    for entity_type, pattern in _USED:
        for match in pattern.finditer(text):
            yield match["name"], entity_type


def _phrases(text: str) -> Iterator[tuple[str, EntityType]]:
    for match in _DESCRIBED_PHRASE.finditer(text):
        found = type_of_description(match["description"])
        if found and not _GENERAL_PHRASE.search(match["phrase"]):
            yield match["phrase"], found
    for match in _STEP_PHRASE.finditer(text):
        if not _GENERAL_PHRASE.search(match["phrase"]):
            yield match["phrase"], EntityType.PREPROCESSING_STEP
