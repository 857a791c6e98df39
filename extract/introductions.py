"""Who introduced what, where a sentence says it in words: "we propose X", "X was introduced by …"."""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import RELATIONS, TEMPLATES, document_of, relations_of
from extract.descriptions import type_of_description
from extract.gazetteer import COMPONENT as GAZETTEER
from extract.grammar import ATTRIBUTIVE, HEAD_NOUN, OBJECT, cue
from extract.listed_marks import listed_marks
from extract.polarity import polarity_of_mark
from extract.templates import Template, templates_of
from records import (
    Document,
    EvidenceKind,
    Mention,
    Predicate,
    Relation,
    SectionKind,
    normalised_title,
)

COMPONENT = "introductions"

_MODIFIERS = (
    r"(?P<modifiers>(?:(?!(?:and|but|that|which|who|where|while|for|of|on|with|using|based|by|in|to|from|"
    r"via|as|is|are|was|were) )"
    r"[A-Za-z][\w,-]* ){0,7}?)"
)
_DIRECT = cue(
    rf"(?:{{own}}|⟦X(?P<cited>[\d,]+)⟧(?: (?:have|has|also|first|further|"
    rf"later))*) (?:{{introduce}}) {_MODIFIERS}{OBJECT}"
)
_CALLED = cue(
    rf"(?:{{own}}|⟦X(?P<cited>[\d,]+)⟧(?: (?:have|has|also|first))*) (?:{{introduce}}) {{any}}"
    rf"(?:called|named|dubbed|termed|namely|which (?:we|they) (?:call|name|term|denote|"
    rf"refer to as)) (?:as )?(?:the )?{OBJECT}"
)
_APPOSED = cue(
    rf"(?:{{own}}|⟦X(?P<cited>[\d,]+)⟧) (?:{{introduce}}) (?:an?|the|"
    rf"our) (?P<description>(?:(?:[^\s⟦⟧.;:,]+|⟦[MDPTR]\d+⟧) ){{0,14}}(?:[^\s⟦⟧.;:,]+|⟦[MDPTR]\d+⟧))"
    rf"(?:, |: | – | — |—){OBJECT}(?=[,.;: )–—]|$)"
)
_OUR_PROPOSED = re.compile(rf"\b[Oo]ur (?:newly )?(?:proposed|new|novel) (?:\w+,? ){{0,2}}?{OBJECT}")
_PASSIVE = re.compile(
    rf"{OBJECT}{HEAD_NOUN},?(?: (?:which|that))?(?: (?:is|are|was|were|has been|have been))?(?: (?:first|"
    rf"originally|recently|newly))*"
    r" (?:proposed|introduced|presented|developed|released|invented|created|collected|pioneered|published) "
    r"(?:by|in)(?: the work of)? (?:⟦[XC](?P<cited>[\d,]+)⟧|(?P<own>this (?:paper|work)))"
)
_INDEFINITE = re.compile(r"\b(?:an?|new|novel|several|various|different|two|three|some)\b")
_PART_OF_A_NAME = re.compile(r"(?:\b[A-Z][\w-]*|-(?:based|aware|augmented|enhanced|driven|guided|level)) $")


def introduction(
    template: Template, mention: Mention, *, position: int, confidence: float, reference_id: str | None
) -> Relation:
    """The relation that a sentence states of the mention at a position of its template.

    The subject is the paper behind `reference_id`, or the document's own where that is None.
    """
    return Relation(
        predicate=Predicate.INTRODUCES,
        object=mention,
        cited_reference_id=reference_id,
        sentence=template.sentence,
        kind=EvidenceKind.CITING_SENTENCE if reference_id else EvidenceKind.OWN_CLAIM,
        polarity=polarity_of_mark(template.text, position, section=template.section),
        confidence=round(confidence * mention.confidence, 4),
        component=COMPONENT,
    )


@Language.component(COMPONENT, assigns=[RELATIONS], requires=[TEMPLATES])
def introductions(doc: Doc) -> Doc:
    """Adds the INTRODUCES relations that sentences state, with the paper itself or a cited one as subject."""
    document = document_of(doc)
    found = [*relations_of(doc)]
    for template in templates_of(doc):
        found.extend(stated_introductions(template, document))
    doc._.relations = found
    return doc


def stated_introductions(template: Template, document: Document) -> Iterator[Relation]:
    """Yields what the sentence says that its own paper, or one that it cites, introduced."""
    for pattern, confidence in ((_DIRECT, 0.85), (_CALLED, 0.9), (_APPOSED, 0.85)):
        for match in pattern.finditer(template.text):
            if _introduces(match, template, document):
                yield from _relations(template, match, confidence, cited=match["cited"])
                yield from _others_of_the_list(template, match, confidence, document)
    for match in _OUR_PROPOSED.finditer(template.text):
        if _is_proper(template.mention(int(match["number"])), document) and _heads(match, template):
            yield from _relations(template, match, 0.7, cited=None)
    for match in _PASSIVE.finditer(template.text):
        if match["letter"] != "T" or match["own"]:
            yield from _relations(template, match, 0.85, cited=match["cited"])


def _others_of_the_list(
    template: Template, match: re.Match[str], confidence: float, document: Document
) -> Iterator[Relation]:
    """Yields the introductions of the names that go on a list: "we propose X and Y", "called X, Y and Z"."""
    if match["cited"]:
        return
    for mark in list(listed_marks(template.text, match.start("letter") - 1, "MDPR"))[1:]:
        mention = template.mention(int(mark["numbers"]))
        if _is_proper(mention, document) and not mention.surface.islower():
            yield introduction(
                template, mention, position=mark.start(), confidence=confidence, reference_id=None
            )


def _introduces(match: re.Match[str], template: Template, document: Document) -> bool:
    """Whether the object is what is introduced, and not a known thing that the new one is made with."""
    if not _heads(match, template) or (template.section is SectionKind.RELATED_WORK and not match["cited"]):
        return False
    mention = template.mention(int(match["number"]))
    groups = match.groupdict()
    if (description := groups.get("description")) is not None:
        return type_of_description(description) in {mention.type, None}
    if (modifiers := groups.get("modifiers")) is not None:
        return match["letter"] != "T" and _is_what_is_new(mention, modifiers, document)
    return True


def _is_what_is_new(mention: Mention, modifiers: str, document: Document) -> bool:
    """Whether "we propose <modifiers> <mention>" proposes the thing itself, not a new kind of a known one."""
    if mention.component != GAZETTEER or _titled(mention, document):
        return True
    is_kind = _INDEFINITE.search(modifiers) or _PART_OF_A_NAME.search(modifiers)
    return not is_kind and not mention.surface.islower()


def _heads(match: re.Match[str], template: Template) -> bool:
    return ATTRIBUTIVE.match(template.text, match.end()) is None


def _is_proper(mention: Mention, document: Document) -> bool:
    return not mention.surface.islower() or mention.component != GAZETTEER or _titled(mention, document)


def _titled(mention: Mention, document: Document) -> bool:
    return normalised_title(mention.surface) in normalised_title(document.title)


def _relations(
    template: Template, match: re.Match[str], confidence: float, *, cited: str | None
) -> Iterator[Relation]:
    mention = template.mention(int(match["number"]))
    subjects: tuple[str | None, ...] = template.references(cited) if cited else (None,)
    if len(subjects) == 1:
        yield introduction(
            template, mention, position=match.start("letter"), confidence=confidence, reference_id=subjects[0]
        )
