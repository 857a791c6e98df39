"""What a document tells of the things that it names, whatever it may say of them."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from canonicalize.claims import Claim, Features
from canonicalize.linking import Linker
from canonicalize.quotes import Places
from records import Annotations, Document, Link, LinkStatus, Mention, Polarity, RegionKind, normalised_title

MOST_WORDS = 6
"""Of a name; longer ones are told no further apart."""


class Things:
    """Where and how a document writes of each entity."""

    def __init__(self, document: Document, annotations: Annotations, linker: Linker) -> None:
        self._features: dict[str, Features] = defaultdict(dict)
        self._places, self._title = Places(document), normalised_title(document.title)
        self._captions = sorted(r.span for r in document.regions if r.kind is RegionKind.CAPTION)
        links = {
            mention.id: linker.link(mention.surface, mention.type, expansion=mention.expansion)
            for mention in annotations.mentions
        }
        counts: Counter[str] = Counter()
        sections: Counter[tuple[str, str]] = Counter()
        for mention in annotations.mentions:
            link = links[mention.id]
            told, section = self._features[link.entity.id], self._section(mention)
            if not counts[link.entity.id]:
                told[f"first in {section}"] = 1.0
            counts[link.entity.id] += 1
            sections[link.entity.id, section] += 1
            told["surest mention"] = max(told.get("surest mention", 0.0), mention.confidence)
            told.update((name, 1.0) for name in self._of_place(mention))
            _tell_name(mention.surface, link, told)
        self._tell_counts(counts, sections)
        self._tell_relations(annotations, links)

    def _section(self, mention: Mention) -> str:
        section = self._places.section_of(mention.span)
        return section.kind.value if section else "other"

    def _of_place(self, mention: Mention) -> Iterator[str]:
        yield f"mentioned by {mention.component.split(':')[0]}"
        section = self._places.section_of(mention.span)
        if section and section.heading.contains(mention.span):
            yield "in a heading"
        if any(span.contains(mention.span) for span in self._captions):
            yield "in a caption"
        if normalised_title(mention.surface) in self._title:
            yield "in the title"
        if mention.expansion:
            yield "defined"

    def _tell_counts(self, counts: Counter[str], sections: Counter[tuple[str, str]]) -> None:
        most: Counter[str] = Counter()
        for entity_id, count in counts.items():
            kind = _kind(entity_id)
            most[kind] = max(most[kind], count)
        for entity_id, count in counts.items():
            told = self._features[entity_id]
            told["log mentions"] = math.log1p(count)
            told["share of the most mentioned"] = count / most[_kind(entity_id)]
        for (entity_id, section), count in sections.items():
            told = self._features[entity_id]
            told[f"in {section}"] = 1.0
            told[f"share in {section}"] = count / counts[entity_id]

    def _tell_relations(self, annotations: Annotations, links: dict[str, Link]) -> None:
        for each in annotations.entity_relations:
            if each.polarity is Polarity.AFFIRMED:
                for end, mention in (("head", each.head), ("tail", each.tail)):
                    told = self._features[links[mention.id].entity.id]
                    name = f"{end} of {each.type.value}"
                    told[name] = max(told.get(name, 0.0), each.confidence)

    def name(self, claim: Claim) -> None:
        """Learns what the names in a claim tell: tables have names that running text does not mention."""
        for said, link in claim.all():
            _tell_name(said.object.surface, link, self._features[claim.entity_id])

    def tell(self, entity_id: str, found: Features) -> None:
        """Adds what is known of a thing."""
        found.update((f"thing: {name}", value) for name, value in self._features[entity_id].items())


def _kind(entity_id: str) -> str:
    return entity_id.partition(":")[0]


def _tell_name(surface: str, link: Link, told: Features) -> None:
    if link.status is LinkStatus.PROVISIONAL:
        told["in no vocabulary"] = 1.0
    told["ever written small" if surface.islower() else "ever written with capitals"] = 1.0
    told["words"] = max(told.get("words", 0.0), min(len(surface.split()), MOST_WORDS) / MOST_WORDS)
    if any(map(str.isupper, surface[1:])) or any(map(str.isdigit, surface)):
        told["written as a name"] = 1.0
