"""What was recognised, against what people have marked: exact spans and types, and named relations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from benchmarks.labelled_text import LabelledText
from benchmarks.natural_text import NaturalText
from benchmarks.span_scores import Scores, Tally
from extract.recognition.recogniser import FoundMention, FoundRelation, Recognised
from extract.recognition.words import WORD
from records import EntityType, RelationType, Span

Place = tuple[float, float, EntityType]
Named = tuple[str, EntityType, RelationType, str, EntityType]


class EntityFigures(TypedDict):
    """What is printed of entities."""

    micro: Scores
    by_type: dict[str, Scores]
    seen: Scores
    unseen: Scores


class EmptyFigures(TypedDict):
    """What is printed of sentences without any marked mention; no share where there are none."""

    expected: int
    left_empty: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The types that occur in a file: others that a recogniser finds are left out."""

    entities: frozenset[EntityType]
    relations: frozenset[RelationType]


def marked(texts: Iterable[LabelledText]) -> Marked:
    """The types that occur on the sentences."""
    each = list(texts)
    return Marked(
        entities=frozenset(mention.type for text in each for mention in text.mentions),
        relations=frozenset(relation.type for text in each for relation in text.relations),
    )


def surface(text: str) -> str:
    """A name's words in lower case: names are the same if these are."""
    return " ".join(WORD.findall(text)).casefold()


def place(mention: FoundMention, words: Sequence[Span]) -> Place:
    """First word, end and type of a mention; a bound that is no word's lies half way, and is never exact."""
    starts = {span.start: number for number, span in enumerate(words)}
    ends = {span.end: number + 1 for number, span in enumerate(words)}
    before = sum(span.start < mention.start for span in words) - 0.5
    after = sum(span.end < mention.end for span in words) + 0.5
    return starts.get(mention.start, before), ends.get(mention.end, after), mention.type


def named(text: str, mentions: Sequence[FoundMention], relation: FoundRelation) -> Named:
    """A relation by the names and types of its ends; these stand in order where either may be the head."""
    ends = [
        (surface(text[each.start : each.end]), each.type)
        for each in (mentions[relation.head], mentions[relation.tail])
    ]
    if relation.type.symmetric:
        ends.sort()
    return (*ends[0], relation.type, *ends[1])


@dataclass(slots=True, kw_only=True)
class EntityScores:
    """Counts of mentions, in all, by type, and by whether the model was trained on the name."""

    types: frozenset[EntityType]
    seen_names: frozenset[str]
    micro: Tally = field(default_factory=Tally)
    by_type: dict[EntityType, Tally] = field(default_factory=dict)
    seen: Tally = field(default_factory=Tally)
    unseen: Tally = field(default_factory=Tally)
    empty: int = 0
    left_empty: int = 0

    def add(self, text: NaturalText, found: Iterable[FoundMention], gold: Iterable[FoundMention]) -> None:
        """Counts the mentions of one sentence."""
        both = [[each for each in mentions if each.type in self.types] for mentions in (found, gold)]
        if not both[1]:
            self.empty += 1
            self.left_empty += not both[0]
        places = [
            [(place(each, text.words), self._is_seen(text.text, each)) for each in side] for side in both
        ]
        self.micro.add(*([where for where, _ in side] for side in places))
        for kind in self.types:
            tally = self.by_type.setdefault(kind, Tally())
            tally.add(*([where for where, _ in side if where[2] is kind] for side in places))
        for tally, wanted in ((self.seen, True), (self.unseen, False)):
            tally.add(*([where for where, is_seen in side if is_seen is wanted] for side in places))

    def _is_seen(self, text: str, mention: FoundMention) -> bool:
        return surface(text[mention.start : mention.end]) in self.seen_names

    def report(self) -> EntityFigures:
        """The figures."""
        return {
            "micro": self.micro.scores(),
            "by_type": {kind.value: tally.scores() for kind, tally in sorted(self.by_type.items())},
            "seen": self.seen.scores(),
            "unseen": self.unseen.scores(),
        }

    def empty_report(self) -> EmptyFigures:
        """Of the sentences without any marked mention, how many were left empty."""
        share = round(self.left_empty / self.empty, 4) if self.empty else None
        return {"expected": self.empty, "left_empty": self.left_empty, "share": share}


def entity_scores(
    texts: Sequence[LabelledText], found: Sequence[Recognised], *, types: Marked, seen_names: frozenset[str]
) -> EntityScores:
    """The counts over all sentences."""
    scores = EntityScores(types=types.entities, seen_names=seen_names)
    for text, recognised in zip(texts, found, strict=True):
        scores.add(text.text, recognised.mentions, text.mentions)
    return scores


def relation_scores(
    texts: Sequence[LabelledText],
    found: Sequence[tuple[Sequence[FoundMention], Sequence[FoundRelation]]],
    *,
    types: Marked,
) -> Scores | None:
    """The figures of relations between the mentions that stand with them; None where the file marks none.

    A relation counts once a sentence between the same names.
    """
    if not types.relations:
        return None
    tally = Tally()
    for text, (mentions, relations) in zip(texts, found, strict=True):
        ours = {named(text.text.text, mentions, each) for each in relations if each.type in types.relations}
        theirs = {named(text.text.text, text.mentions, each) for each in text.relations}
        tally.add((each for each in ours if types.entities.issuperset((each[1], each[4]))), theirs)
    return tally.scores()
