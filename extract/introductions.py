"""Who introduced what: own claims, and the sentences of papers that cite the introducing one."""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import MENTIONS, RELATIONS, SENTENCES, document_of, relations_of
from extract.cues import ATTRIBUTIVE, cue
from extract.descriptions import type_of_description
from extract.gazetteer import COMPONENT as GAZETTEER
from extract.own_claims import prose
from extract.polarity import polarity_before
from extract.templates import Template
from records import (
    Document,
    EntityType,
    EvidenceKind,
    Mention,
    Predicate,
    Reference,
    Relation,
    SectionKind,
    normalised_title,
)

COMPONENT = "introductions"

_OBJECT = r"⟦(?P<letter>[MDPTR])(?P<number>\d+)⟧"
_NOUN = (
    r"(?: (?:data|datasets?|corpora|corpus|benchmarks?|treebanks?|models?|networks?|algorithms?|methods?|"
    r"optimi[sz]ers?|"
    r"embeddings?|architectures?|techniques?|tokeni[sz]ers?|metrics?|scores?|parsers?|toolkit|layers?|"
    r"units?|approach|"
    r"framework|objective|loss|vectors|mechanism|regulari[sz]ation|encoding|task)){0,2}"
)
_MODIFIERS = (
    r"(?P<modifiers>(?:(?!(?:and|but|that|which|who|where|while|for|of|on|with|using|based|by|in|to|from|"
    r"via|as|is|are|was|were) )"
    r"[A-Za-z][\w,-]* ){0,7}?)"
)
_DIRECT = cue(
    rf"(?:{{own}}|⟦X(?P<cited>[\d,]+)⟧(?: (?:have|has|also|first|further|"
    rf"later))*) (?:{{introduce}}) {_MODIFIERS}{_OBJECT}"
)
_CALLED = cue(
    rf"(?:{{own}}|⟦X(?P<cited>[\d,]+)⟧(?: (?:have|has|also|first))*) (?:{{introduce}}) {{any}}"
    rf"(?:called|named|dubbed|termed|namely|which (?:we|they) (?:call|name|term|denote|"
    rf"refer to as)) (?:as )?(?:the )?{_OBJECT}"
)
_APPOSED = cue(
    rf"(?:{{own}}|⟦X(?P<cited>[\d,]+)⟧) (?:{{introduce}}) (?:an?|the|"
    rf"our) (?P<description>(?:[^\s⟦⟧.;:,]+ ){{0,11}}[^\s⟦⟧.;:,]+)"
    rf"(?:, |: | – | — |—){_OBJECT}(?=[,.;: )–—]|$)"
)
_OUR_PROPOSED = re.compile(rf"\b[Oo]ur (?:newly )?(?:proposed|new|novel) (?:\w+,? ){{0,2}}?{_OBJECT}")
_PASSIVE = re.compile(
    rf"{_OBJECT}{_NOUN},?(?: (?:which|that))?(?: (?:is|are|was|were|has been|have been))?(?: (?:first|"
    rf"originally|recently|newly))*"
    r" (?:proposed|introduced|presented|developed|released|invented|created|collected|pioneered|published) "
    r"(?:by|in)(?: the work of)? (?:⟦[XC](?P<cited>[\d,]+)⟧|(?P<own>this (?:paper|work)))"
)
_OF_AUTHORS = re.compile(rf"\b[Tt]he (?:\w+ )?{_OBJECT}{_NOUN} (?:of|by|from) ⟦X(?P<cited>[\d,]+)⟧")
_ADJACENT = re.compile(rf"{_OBJECT}(?P<noun>{_NOUN})(?: \([A-Za-z0-9-]{{2,12}}\))? ?⟦C(?P<cited>[\d,]+)⟧")
_BORROWED = re.compile(
    r"\b(?:implementations?|versions?|variants?|extensions?|application|usage|parts?|results?|subsets?|"
    r"toolkit|library) "
    r"(?:\w+ ){0,2}$|\b(?:similar to|unlike|improved|modified|extended|adapted|re-?implemented|multilingual|"
    r"hierarchical|deep|stacked|conditional|following)[\w ]{0,12} $"
)
_INDEFINITE = re.compile(r"\b(?:an?|new|novel|several|various|different|two|three|some)\b")
_SECONDHAND_TITLE = re.compile(
    r"\b(?:survey|overview|review|tutorial|comparison|comparing|revisit\w*|analysis of|applications?|"
    r"improv\w+|towards|extending|introduction to|empirical)\b",
    re.IGNORECASE,
)
_MEANS = re.compile(r"\b(?:using|with|via|by|through|on|of|for|from|in)\b", re.IGNORECASE)
_PART_OF_A_NAME = re.compile(r"(?:\b[A-Z][\w-]*|-(?:based|aware|augmented|enhanced|driven|guided|level)) $")
INTRODUCIBLE = "MDPR"
CITED_ALONE, CITED_IN_PAIR = 0.6, 0.35


@Language.component(COMPONENT, assigns=[RELATIONS], requires=[MENTIONS, SENTENCES])
def introductions(doc: Doc) -> Doc:
    """Adds the INTRODUCES relations that sentences state, with the paper itself or a cited one as subject."""
    document = document_of(doc)
    titles = {reference.id: reference for reference in document.references}
    found = [*relations_of(doc)]
    for template in prose(doc):
        found.extend(stated_introductions(template, document))
        found.extend(cited_introductions(template, titles))
    doc._.relations = found
    return doc


def stated_introductions(template: Template, document: Document) -> Iterator[Relation]:
    """Yields what the sentence says in words that somebody introduced: "we propose X", "X was proposed "
    "by"."""
    for pattern, confidence in ((_DIRECT, 0.85), (_CALLED, 0.9), (_APPOSED, 0.85)):
        for match in pattern.finditer(template.text):
            if _introduces(match, template, document):
                yield from _relations(template, match, confidence, cited=match["cited"])
    for match in _OUR_PROPOSED.finditer(template.text):
        if _is_proper(template.mention(int(match["number"])), document) and _heads(match, template):
            yield from _relations(template, match, 0.7, cited=None)
    for match in _PASSIVE.finditer(template.text):
        if match["letter"] != "T" or match["own"]:
            yield from _relations(template, match, 0.85, cited=match["cited"])


def cited_introductions(template: Template, references: dict[str, Reference]) -> Iterator[Relation]:
    """Yields the introductions that a citation right behind a name implies: "BPE (Sennrich et al., 2016)".

    Two citations behind one name halve the confidence, more give nothing. A title that holds the name
    speaks for the cited paper; without it, a name in plain lower-case words is too general to attribute.
    """
    for pattern in (_ADJACENT, _OF_AUTHORS):
        for match in pattern.finditer(template.text):
            ids = template.references(match["cited"])
            if match["letter"] not in INTRODUCIBLE or len(ids) > 2:
                continue
            mention = template.mention(int(match["number"]))
            for reference_id in ids:
                confidence = CITED_ALONE if len(ids) == 1 else CITED_IN_PAIR
                confidence = _weighed(
                    confidence, mention, references[reference_id], template.text[: match.start()]
                )
                if confidence:
                    yield _relation(template, mention, (match.start(), confidence), reference_id)


def _weighed(confidence: float, mention: Mention, reference: Reference, before: str) -> float:
    if named_as_subject(mention, reference.title) and not _SECONDHAND_TITLE.search(reference.title):
        return min(0.9, confidence + 0.25)
    if mention.surface.islower() and mention.type is EntityType.METHOD:
        return 0.0
    if _SECONDHAND_TITLE.search(reference.title) or _BORROWED.search(before):
        return confidence / 2
    return confidence


def named_as_subject(mention: Mention, title: str) -> bool:
    """Whether a title speaks of the mentioned thing as its subject, not as a means or a place of use."""
    for name in filter(None, (mention.surface, mention.expansion)):
        before, found, _ = title.casefold().partition(name.casefold())
        if found:
            return _MEANS.search(before) is None
    return False


def _introduces(match: re.Match[str], template: Template, document: Document) -> bool:
    """Whether the object is what is introduced, and not a known thing that the new one is made with."""
    if not _heads(match, template) or (template.section is SectionKind.RELATED_WORK and not match["cited"]):
        return False
    mention = template.mention(int(match["number"]))
    groups = match.groupdict()
    if (description := groups.get("description")) is not None:
        return type_of_description(description) in {mention.type, None}
    if (modifiers := groups.get("modifiers")) is not None:
        if match["letter"] == "T":
            return False
        return _is_proper(mention, document) and not (
            mention.component == "gazetteer"
            and _INDEFINITE.search(modifiers)
            and not _titled(mention, document)
        )
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
        yield _relation(template, mention, (match.start("letter"), confidence), subjects[0])


def _relation(
    template: Template, mention: Mention, place: tuple[int, float], reference_id: str | None
) -> Relation:
    position, confidence = place
    return Relation(
        predicate=Predicate.INTRODUCES,
        object=mention,
        cited_reference_id=reference_id,
        sentence=template.sentence,
        kind=EvidenceKind.CITING_SENTENCE if reference_id else EvidenceKind.OWN_CLAIM,
        polarity=polarity_before(template.text, position),
        confidence=round(confidence * mention.confidence, 4),
        component=COMPONENT,
    )
