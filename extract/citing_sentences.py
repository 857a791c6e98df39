"""Who introduced what, where a citation stands right behind a name: "BPE (Sennrich et al., 2016)"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import RELATIONS, TEMPLATES, document_of, relations_of
from extract.grammar import HEAD_NOUN, OBJECT
from extract.introductions import introduction
from extract.templates import Template, templates_of
from records import EntityType, Mention, Polarity, Reference, Relation

COMPONENT = "citing_sentences"
INTRODUCIBLE = "MDPR"
MOST_CITED_TOGETHER = 2
CITED_ALONE, CITED_IN_PAIR, NAMED_IN_TITLE, MOST = 0.6, 0.35, 0.25, 0.9

_ADJACENT = re.compile(rf"{OBJECT}(?P<noun>{HEAD_NOUN})(?: \([A-Za-z0-9-]{{2,12}}\))? ?⟦C(?P<cited>[\d,]+)⟧")
_OF_AUTHORS = re.compile(rf"\b[Tt]he (?:\w+ )?{OBJECT}{HEAD_NOUN} (?:of|by|from) ⟦X(?P<cited>[\d,]+)⟧")
_BORROWED = re.compile(
    r"\b(?:implementations?|versions?|variants?|extensions?|application|usage|parts?|results?|subsets?|"
    r"toolkit|"
    r"library) (?:\w+ ){0,2}$|\b(?:similar to|unlike|following)[\w ]{0,12} $"
)
_OPEN_BEFORE = re.compile(
    r"(?:^|[(\[,;:•“\"—–⟧] ?|\b(?:the|an?|of|on|with|using|uses?|used|by|in|into|to|for|from|and|or|as|via|"
    r"through|called|named|"
    r"like|than|both|either|including|apply|applying|adopt|employ|employs|namely|over|our|their|its|this|"
    r"standard|"
    r"popular|pre-?trained|original|famous|well-known|recent|existing|public|state-of-the-art|benchmark|"
    r"namely|is|are|was|were|between|against|towards|propose|proposes|proposed|introduces?|introduced|"
    r"initialized|compare|leverage|exploit|follow|see|i\.e\.,?|e\.g\.,?|two|three|four|several) )$",
    re.IGNORECASE,
)
_SECONDHAND_TITLE = re.compile(
    r"\b(?:survey|overview|review|tutorial|comparison|comparing|revisit\w*|analysis of|applications?|"
    r"improv\w+|towards|extending|introduction to|empirical)\b",
    re.IGNORECASE,
)
_OPENS_TITLE = re.compile(r"(?:^|[:.?!\u2013\u2014-] ?)(?:an? |the )?$", re.IGNORECASE)
_CLOSES_TITLE = re.compile(
    r"\s*(?:[:.?!,;()\u2013\u2014]|$|\s(?:for|of|in|with|and|toolkit|models?|methods?|"
    r"algorithms?|networks?|layers?|dataset|corpus)\b)"
)


@Language.component(COMPONENT, assigns=[RELATIONS], requires=[TEMPLATES])
def citing_sentences(doc: Doc) -> Doc:
    """Adds the INTRODUCES relations of works that the document cites right behind the name of a thing."""
    references = {reference.id: reference for reference in document_of(doc).references}
    found = [*relations_of(doc)]
    for template in templates_of(doc):
        found.extend(cited_introductions(template, references))
    doc._.relations = found
    return doc


def cited_introductions(template: Template, references: dict[str, Reference]) -> Iterator[Relation]:
    """Yields the introductions that a citation right behind a name implies.

    Two citations behind one name speak less for each, more say nothing: they are examples of use. Tasks are
    not introduced by a citation, and a name with a word in front that makes a kind of it ("dilated RNNs")
    is another thing.
    """
    for pattern in (_ADJACENT, _OF_AUTHORS):
        for match in pattern.finditer(template.text):
            ids = template.references(match["cited"])
            if match["letter"] not in INTRODUCIBLE or len(ids) > MOST_CITED_TOGETHER:
                continue
            mention = template.mention(int(match["number"]))
            before = template.text[: match.start("letter") - 1]
            base = CITED_ALONE if len(ids) == 1 else CITED_IN_PAIR
            for reference_id in ids:
                if confidence := weighed(base, mention, references[reference_id].title, before=before):
                    found = introduction(
                        template,
                        mention,
                        position=match.start(),
                        confidence=confidence,
                        reference_id=reference_id,
                    )
                    yield replace(found, polarity=Polarity.AFFIRMED)  # "unlike X (A, 2016)" presupposes it


def weighed(confidence: float, mention: Mention, title: str, *, before: str) -> float:
    """The confidence in the light of the cited title and of the words before the name; 0 for none at all."""
    support = support_of(title, mention)
    if support is True and not _SECONDHAND_TITLE.search(title):
        return min(MOST, confidence + NAMED_IN_TITLE)
    if support is False or not _OPEN_BEFORE.search(before):
        return 0.0
    if _is_general(mention):
        return 0.0
    is_borrowed = _SECONDHAND_TITLE.search(title) or _BORROWED.search(before)
    return confidence / 2 if is_borrowed else confidence


def _is_general(mention: Mention) -> bool:
    """Whether the name is one of a family ("neural networks", "CRFs"), cited for a use more often."""
    is_plural = mention.surface.endswith("s") and not mention.surface.endswith(("ss", "us", "is"))
    if mention.type is EntityType.METHOD:
        is_plain = mention.surface.islower() and not any(map(str.isdigit, mention.surface))
        return is_plain or is_plural
    return mention.type is EntityType.METRIC and mention.surface.islower()


def support_of(title: str, mention: Mention) -> bool | None:
    """Whether a title names the mentioned thing as its subject; None where it does not name it.

    "Layer normalization" and "GloVe: Global vectors …" do. "Dilated recurrent neural networks" names a kind
    of it and "Tagging with recurrent networks" a means: both speak against.
    """
    for name in filter(None, (mention.surface, mention.expansion)):
        singular = name.casefold().removesuffix("s")
        found = re.search(rf"(?<!\w){re.escape(singular)}s?(?!\w)", title.casefold())
        if found:
            opens = _OPENS_TITLE.search(title[: found.start()]) is not None
            closes = _CLOSES_TITLE.match(title, found.end()) is not None
            named_inside = not mention.surface.islower() and mention.type is EntityType.DATASET
            return (opens and closes) or named_inside
    return None
