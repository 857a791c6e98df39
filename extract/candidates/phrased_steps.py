"""Candidates from phrases that name a preprocessing step without being mentions of one.

Tagging and parsing are tasks by name, and only what a sentence does with them makes them a step; plain verbs
("excluded", "padded") are steps only beside the data that they were done to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.candidates.mentioned import mentioned_candidates
from extract.templates import templates
from records import Document, EntityType, Mention, Predicate, Relation, Span

COMPONENT = "step phrases"
CONFIDENCE = 0.5

_DONE = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|run|ran|appl(?:y|ies|ied|ying)|employ|perform|obtain|generat|extract|annotat|"
    r"tagged\b|pars(?:e|es|ed|ing)\b|pre-?process|process|lemmati|identif|recogni|comput|produc|deriv|convert)",
    re.IGNORECASE,
)
_ANNOTATION = re.compile(
    r"\b(?:part[- ]of[- ]speech(?: \(POS\))?(?:[- ]tag(?:s|ged|ging|ger)?)?|POS[- ]tag(?:s|ged|ging|ger)?|"
    r"POS and NER tags|dependency[- ](?:pars(?:ing|er|es?|e trees?)|trees?|relations?|paths?)|"
    r"constituen(?:cy|t)[- ](?:pars(?:ing|er|es?)|trees?)|"
    r"discourse pars(?:ing|er)|syntactic pars(?:ing|er)|(?:statistical|Stanford|Berkeley|Charniak) parser|"
    r"named[- ]entity (?:recogni[sz](?:er|ed)|recognition|tag(?:s|ging|ger))|"
    r"extract(?:ed)? named entities|NER (?:tags?|tagger|system)|"
    r"semantic role label(?:l)?(?:ing|er)|entity link(?:ing|er)|coreference resol(?:ution|ver)|"
    r"chunking|shallow pars(?:ing|e|er)|lemmas?)\b",
    re.IGNORECASE,
)
_DATA = (
    r"(?:instances?|examples?|sentences?|pairs?|tweets?|posts?|documents?|articles?|questions?|samples?|"
    r"reviews?|images?|categor(?:y|ies)|class(?:es)?|utterances?|words?|tokens?|duplicates?|pages?|entries|"
    r"annotations?|relations?|tags?|sequences?|inputs?|data(?: ?sets?)?|corpus|corpora|texts?|labels?)"
)
_LEFT_OUT = (
    r"(?:filter(?:s|ed|ing)?(?: out)?|remov(?:es?|ed|ing)|exclud(?:es?|ed|ing)|discard(?:s|ed|ing)?|"
    r"ignor(?:es?|ed|ing)|delet(?:es?|ed|ing)|dropp(?:ed|ing))"
)
_RESIZED = r"(?:truncat(?:es?|ed|ing)|(?:zero-)?pad(?:s|ded|ding)|down-?sampl\w+|up-?sampl\w+|sub-?sampl\w+)"
_AT_RANDOM = r"random(?:ly)? (?:subset|sample[ds]?|select(?:ed)?|cho(?:o)?se)"
_OPERATIONS = (
    re.compile(rf"\b(?P<step>{_LEFT_OUT}) (?:[\w-]+ ){{0,4}}?{_DATA}\b", re.IGNORECASE),
    re.compile(
        rf"\b{_DATA}[^.;]{{0,50}}? (?:is|are|was|were) (?:\w+ly )?(?P<step>{_LEFT_OUT})\b", re.IGNORECASE
    ),
    re.compile(rf"\b(?P<step>{_RESIZED})\b(?! (?:conv|layer))", re.IGNORECASE),
    re.compile(rf"\b(?P<step>{_AT_RANDOM})\b", re.IGNORECASE),
    re.compile(r"\b(?P<step>negative (?:instances|examples|samples|sampling))\b", re.IGNORECASE),
    re.compile(r"\b(?P<step>(?:first|last) \d+ (?:tokens|words|sentences))\b", re.IGNORECASE),
)


def phrased_steps(
    document: Document, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> Iterator[Relation]:
    """Yields what such phrases may say that the paper applied; both inputs are in text order."""
    taken = bytearray(len(document.text) + 1)
    for mention in mentions:
        if mention.type is EntityType.PREPROCESSING_STEP:
            taken[mention.span.start : mention.span.end] = b"\x01" * len(mention.span)
    found = [
        mention
        for sentence in sentences
        for mention in _phrases(document.text, sentence)
        if not any(taken[mention.span.start : mention.span.end])
    ]
    for template in templates(document, sentences, found):
        for candidate in mentioned_candidates(template):
            if candidate.predicate is Predicate.APPLIES_STEP:
                signals = tuple(sorted({*candidate.signals, candidate.object.component}))
                yield replace(candidate, signals=signals)


def _phrases(text: str, sentence: Span) -> Iterator[Mention]:
    written = text[sentence.start : sentence.end]
    spans: dict[Span, str] = {}
    if _DONE.search(written):
        for found in _ANNOTATION.finditer(written):
            spans[_placed(found.span(), sentence)] = "annotation"
    for pattern in _OPERATIONS:
        for found in pattern.finditer(written):
            spans.setdefault(_placed(found.span("step"), sentence), "operation")
    end = sentence.start
    for span, kind in sorted(spans.items()):
        if span.start >= end:
            end = span.end
            yield Mention(
                span=span,
                type=EntityType.PREPROCESSING_STEP,
                surface=" ".join(text[span.start : span.end].split()),
                expansion="",
                confidence=CONFIDENCE,
                component=f"{COMPONENT}: {kind}",
            )


def _placed(place: tuple[int, int], sentence: Span) -> Span:
    return Span(start=sentence.start + place[0], end=sentence.start + place[1])
