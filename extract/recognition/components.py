"""The recogniser as a part of the pipeline: its mentions as candidates, and relations of chosen ones."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import (
    CANDIDATES,
    DEFINITIONS,
    ENTITY_RELATIONS,
    MENTIONS,
    SENTENCES,
    candidates_of,
    definitions_of,
    document_of,
    entity_relations_of,
    mentions_of,
    read_sections,
)
from extract.polarity import polarity_of
from extract.recognition.recogniser import Recognised, Recogniser
from extract.sentences import sentence_spans
from records import Document, EntityRelation, EntityType, Mention, Polarity, RegionKind, RelationType, Span

RECOGNISER, RELATIONS = "recogniser", "entity_relations"
LONGEST_SENTENCE = 2_000
MOST_SENTENCES = 200
"""Of a passage; few sections have more, and what is read as one section may be a whole book."""

NOT_PROSE = frozenset({RegionKind.FORMULA, RegionKind.TABLE, RegionKind.LABEL})


@Language.factory(
    RECOGNISER, assigns=[CANDIDATES, ENTITY_RELATIONS], requires=[CANDIDATES, DEFINITIONS, SENTENCES]
)
class RecogniserComponent:
    """Proposes the mentions that a recogniser finds in the prose of the document, and their relations."""

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 (spaCy passes it)
        self.name = name
        self._recogniser: Recogniser | None = None

    def use(self, recogniser: Recogniser) -> None:
        """Takes the recogniser that does the work; without one the component changes nothing."""
        self._recogniser = recogniser

    def __call__(self, doc: Doc) -> Doc:
        """Adds the mentions to the document's candidates."""
        if self._recogniser is None:
            return doc
        passages = list(prose(document_of(doc), sentence_spans(doc)))
        text = doc.text
        found = self._recogniser.recognise([[text[s.start : s.end] for s in passage] for passage in passages])
        expansions = dict(definitions_of(doc))
        candidates = [*candidates_of(doc)]
        relations: list[EntityRelation] = []
        known = KnownTypes(candidates)
        for passage, results in zip(passages, found, strict=True):
            for sentence, result in zip(passage, results, strict=True):
                mentions = [known.typed(each) for each in self._mentions(result, sentence, text, expansions)]
                candidates += mentions
                relations += self._relations(result, sentence, mentions)
        doc._.candidates, doc._.entity_relations = candidates, relations
        return doc

    def _mentions(
        self, result: Recognised, sentence: Span, text: str, expansions: dict[str, str]
    ) -> list[Mention]:
        assert self._recogniser is not None  # noqa: S101 (its caller has looked)
        made = []
        for each in result.mentions:
            span = Span(start=sentence.start + each.start, end=sentence.start + each.end)
            surface = text[span.start : span.end]
            made.append(
                Mention(
                    span=span,
                    type=each.type,
                    surface=surface,
                    expansion=" ".join(expansions.get(surface, "").split()),
                    confidence=each.confidence,
                    component=self._recogniser.name,
                )
            )
        return made

    def _relations(
        self, result: Recognised, sentence: Span, mentions: Sequence[Mention]
    ) -> Iterator[EntityRelation]:
        assert self._recogniser is not None  # noqa: S101 (its caller has looked)
        for each in result.relations:
            yield EntityRelation(
                head=mentions[each.head],
                tail=mentions[each.tail],
                type=each.type,
                sentence=sentence,
                polarity=Polarity.AFFIRMED,
                confidence=each.confidence,
                component=self._recogniser.name,
            )


class KnownTypes:
    """The types that vocabularies and the document's own words give to names.

    They hold wherever a name stands: a sentence alone often does not tell whether it is a method or a step.
    """

    def __init__(self, candidates: Sequence[Mention]) -> None:
        self._types: dict[str, EntityType] = {}
        for each in sorted(candidates, key=lambda mention: mention.confidence):
            self._types[_folded(each.surface)] = each.type

    def typed(self, mention: Mention) -> Mention:
        """The mention with the type that its name, or its long form, is known to have."""
        for name in filter(None, (mention.surface, mention.expansion)):
            if found := self._types.get(_folded(name)):
                return replace(mention, type=found)
        return mention


def _folded(surface: str) -> str:
    return " ".join(surface.casefold().replace("-", " ").split()).removesuffix("s")


@Language.component(RELATIONS, assigns=[ENTITY_RELATIONS], requires=[MENTIONS, ENTITY_RELATIONS])
def entity_relations(doc: Doc) -> Doc:
    """Keeps the relations whose mentions were chosen, each with its polarity."""
    chosen = {(mention.span, mention.type): mention for mention in mentions_of(doc)}
    text, kept = doc.text, []
    for each in entity_relations_of(doc):
        head, tail = (chosen.get((mention.span, mention.type)) for mention in (each.head, each.tail))
        if head and tail:
            kept.append(_judged(each, head, tail, text))
    doc._.entity_relations = kept
    return doc


def _judged(relation: EntityRelation, head: Mention, tail: Mention, text: str) -> EntityRelation:
    start = relation.sentence.start
    said = text[start : relation.sentence.end]
    polarities = {polarity_of(said, each.span.start - start, each.span.end - start) for each in (head, tail)}
    if relation.type is RelationType.COMPARE_WITH:
        polarities.discard(Polarity.NEGATED)  # "unlike X, we …" compares all the same
    worst = next((p for p in (Polarity.NEGATED, Polarity.HYPOTHETICAL) if p in polarities), Polarity.AFFIRMED)
    sureness = min(head.confidence, tail.confidence)
    return EntityRelation(
        head=head,
        tail=tail,
        type=relation.type,
        sentence=relation.sentence,
        polarity=worst,
        confidence=round(relation.confidence * sureness, 4),
        component=relation.component,
    )


def prose(document: Document, sentences: Sequence[Span]) -> Iterator[list[Span]]:
    """Yields the sentences of running text by section, without those of tables, formulas and figures."""
    regions = sorted((r.span for r in document.regions if r.kind in NOT_PROSE), key=lambda span: span.start)
    sections = [section.span for section in read_sections(document)] or [
        Span(start=0, end=len(document.text))
    ]
    kept = _outside(regions, [s for s in sentences if 0 < len(s) <= LONGEST_SENTENCE])
    for _, group in groupby(_within(sections, kept), key=lambda pair: pair[0]):
        section = [sentence for _, sentence in group]
        for start in range(0, len(section), MOST_SENTENCES):
            yield section[start : start + MOST_SENTENCES]


def _outside(regions: Sequence[Span], sentences: Sequence[Span]) -> Iterator[Span]:
    """Yields the sentences that begin in no region; both are in text order."""
    waiting = iter(regions)
    region = next(waiting, None)
    for sentence in sentences:
        while region and region.end <= sentence.start:
            region = next(waiting, None)
        if not (region and region.start <= sentence.start):
            yield sentence


def _within(sections: Sequence[Span], sentences: Iterator[Span]) -> Iterator[tuple[int, Span]]:
    """Yields the sentences of the sections with their section's number; both are in text order."""
    number = 0
    for sentence in sentences:
        while number < len(sections) and sections[number].end <= sentence.start:
            number += 1
        if number < len(sections) and sections[number].start <= sentence.start:
            yield number, sentence
