"""All that a document says for one fact, gathered, and what can be told of it to be weighed."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from canonicalize.linking import Linker
from canonicalize.quotes import Places
from records import (
    Annotations,
    Document,
    Link,
    LinkStatus,
    Mention,
    Paper,
    Polarity,
    Predicate,
    Reference,
    RegionKind,
    Relation,
    normalised_title,
)
from records.papers import surname_of

SURE = 0.6
LONGEST_OPENING = 4
_WORD = re.compile(r"[^\W_]+")

Features = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A fact that a document may hold: its subject, predicate and object, and what speaks of it.

    `reference` is the bibliography's entry of a subject that is only cited. `stated` are relations that
    rules have decided on, `candidates` those that nothing has; each comes with the link of its object.
    """

    subject: Paper
    predicate: Predicate
    entity_id: str
    reference: Reference | None
    stated: list[tuple[Relation, Link]] = field(default_factory=list)
    candidates: list[tuple[Relation, Link]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The predicate, and whether it is said of a cited paper: what decides how it is weighed."""
        return f"{self.predicate.value}, {'cited' if self.reference else 'own'}"

    def all(self) -> Iterator[tuple[Relation, Link]]:
        """Yields what rules have decided on, then the rest."""
        yield from self.stated
        yield from self.candidates


class Claims:
    """The claims of a document, with features of each.

    `wrong_types` counts relations whose object is of a type that their predicate does not take.
    """

    def __init__(
        self,
        document: Document,
        annotations: Annotations,
        linker: Linker,
        *,
        own: Paper,
        cited: Mapping[str, Paper],
    ) -> None:
        self._document, self._linker = document, linker
        self._references = {reference.id: reference for reference in document.references}
        self._own, self._cited = own, cited
        self._claims: dict[tuple[str, Predicate, str], Claim] = {}
        self.wrong_types = 0
        for relation in annotations.relations:
            self._add(relation, stated=True)
        for relation in annotations.candidates:
            self._add(relation, stated=False)
        self._things = _Things(document, annotations, linker)
        for claim in self._claims.values():
            self._things.name(claim)
        self._rivals = _Rivals(self._claims.values())
        self._own_names = frozenset(self._names_of_its_own())

    def __iter__(self) -> Iterator[Claim]:
        yield from self._claims.values()

    def link(self, mention: Mention) -> Link:
        """The mention's entity."""
        return self._linker.link(mention.surface, mention.type, expansion=mention.expansion)

    def _add(self, relation: Relation, *, stated: bool) -> None:
        if relation.object.type not in relation.predicate.range:
            self.wrong_types += 1
            return
        link = self.link(relation.object)
        reference_id = relation.cited_reference_id
        subject = self._cited[reference_id] if reference_id else self._own
        claim = self._claims.setdefault(
            (subject.id, relation.predicate, link.entity.id),
            Claim(
                subject=subject,
                predicate=relation.predicate,
                entity_id=link.entity.id,
                reference=self._references[reference_id] if reference_id else None,
            ),
        )
        (claim.stated if stated else claim.candidates).append((relation, link))

    def features(self, claim: Claim) -> Features:
        """What can be told of a claim, by name; what is not there is 0."""
        found: Features = {}
        _tell_evidence(claim, found)
        self._things.tell(claim.entity_id, found)
        self._tell_other_claims(claim, found)
        self._tell_names(claim, found)
        if claim.reference:
            self._rivals.tell(claim, found)
        return found

    def _names_of_its_own(self) -> Iterator[str]:
        """Yields the names that rules say the paper introduces, and the one that opens its title."""
        for claim in self._claims.values():
            if (
                claim.predicate is Predicate.INTRODUCES
                and not claim.reference
                and _surest(claim.stated) >= SURE
            ):
                yield from (relation.object.surface for relation, _ in claim.stated)
        opening, colon, _ = self._document.title.partition(":")
        if colon and len(opening.split()) <= LONGEST_OPENING:
            yield opening

    def _tell_names(self, claim: Claim, found: Features) -> None:
        """How the names of the object stand to the paper's own names, and to authors'."""
        surfaces = {relation.object.surface for relation, _ in claim.all()}
        parts = {part for surface in surfaces for part in name_parts(surface)}
        for own in self._own_names:
            others = set(name_parts(own))
            if others and parts and others != parts and (others < parts or parts < others):
                found["name in a name of its own" if parts < others else "name holds one of its own"] = 1.0
            if own in surfaces:
                found["name of its own"] = 1.0
        if cited := self._rivals.works(claim.entity_id):
            found["log works cited behind it"] = math.log1p(cited)
        elif "thing: written as a name" in found:
            found["a name never cited"] = 1.0
            for where in ("in abstract", "in the title", "in a heading", "in conclusion"):
                if f"thing: {where}" in found:
                    found[f"a name never cited, {where}"] = 1.0
            if "tables: table of results" in found:
                found["a name never cited, with results"] = 1.0
        if "thing: ever written with capitals" not in found:
            found[
                "always written small, " + ("unknown" if "thing: in no vocabulary" in found else "known")
            ] = 1.0
        opening = self._document.title.partition(":")[0]
        if any(name_parts(surface) == name_parts(opening) for surface in surfaces):
            found["opens the title"] = 1.0
        surnames = self._rivals.surnames(claim, self._references.values())
        if surnames & {word.casefold() for surface in surfaces for word in _WORD.findall(surface)}:
            found["named after authors"] = 1.0

    def _tell_other_claims(self, claim: Claim, found: Features) -> None:
        for predicate in Predicate:
            other = self._claims.get((self._own.id, predicate, claim.entity_id))
            if other and (sure := _surest(other.stated)):
                found[f"rules say {predicate.value}"] = sure
            if other and other is not claim and predicate is Predicate.INTRODUCES:
                found["may be the paper's own"] = math.log1p(len(other.candidates))


def name_parts(surface: str) -> tuple[str, ...]:
    """The parts of a name of which others may be made: "MGAN-CF" has "mgan" and "cf"."""
    return tuple(part.casefold() for part in _WORD.findall(surface))


def _surest(stated: Iterable[tuple[Relation, Link]]) -> float:
    return max((r.confidence for r, _ in stated if r.polarity is Polarity.AFFIRMED), default=0.0)


def _tell_evidence(claim: Claim, found: Features) -> None:
    """What the candidates' signals and the rules say, any and how often."""
    counts: dict[str, int] = defaultdict(int)
    for relation, _ in claim.candidates:
        counts[relation.component] += 1
        if relation.polarity is not Polarity.AFFIRMED:
            counts[relation.polarity.value] += 1
            continue
        found.update((f"{relation.component}: {signal}", 1.0) for signal in relation.signals)
    for name, count in counts.items():
        found[f"log {name}"] = math.log1p(count)
    for relation, _ in claim.stated:
        if relation.polarity is Polarity.AFFIRMED:
            name = f"rule {relation.component}"
            found[name] = max(found.get(name, 0.0), relation.confidence)
        else:
            found[f"rule {relation.polarity.value}"] = 1.0


class _Things:
    """What a document tells of the things in it, whatever it may say of them."""

    def __init__(self, document: Document, annotations: Annotations, linker: Linker) -> None:
        self._features: dict[str, Features] = defaultdict(dict)
        places, title = Places(document), normalised_title(document.title)
        captions = sorted(r.span for r in document.regions if r.kind is RegionKind.CAPTION)
        counts: dict[str, int] = defaultdict(int)
        sections: dict[tuple[str, str], int] = defaultdict(int)
        ids: dict[str, str] = {}
        for mention in annotations.mentions:
            link = linker.link(mention.surface, mention.type, expansion=mention.expansion)
            entity_id = ids[mention.id] = link.entity.id
            told = self._features[entity_id]
            counts[entity_id] += 1
            section = places.section_of(mention.span)
            kind = section.kind.value if section else "other"
            sections[entity_id, kind] += 1
            if counts[entity_id] == 1:
                told[f"first in {kind}"] = 1.0
            if section and section.heading.contains(mention.span):
                told["in a heading"] = 1.0
            told["surest mention"] = max(told.get("surest mention", 0.0), mention.confidence)
            told[f"mentioned by {mention.component.split(':')[0]}"] = 1.0
            if any(span.contains(mention.span) for span in captions):
                told["in a caption"] = 1.0
            if normalised_title(mention.surface) in title:
                told["in the title"] = 1.0
            if mention.expansion:
                told["defined"] = 1.0
            _tell_name(mention.surface, link, told)
        self._tell_counts(counts, sections)
        for each in annotations.entity_relations:
            if each.polarity is Polarity.AFFIRMED:
                for end, mention in (("head", each.head), ("tail", each.tail)):
                    told = self._features[ids[mention.id]]
                    name = f"{end} of {each.type.value}"
                    told[name] = max(told.get(name, 0.0), each.confidence)

    def _tell_counts(self, counts: Mapping[str, int], sections: Mapping[tuple[str, str], int]) -> None:
        most: dict[str, int] = defaultdict(int)
        for entity_id, count in counts.items():
            kind = entity_id.partition(":")[0]
            most[kind] = max(most[kind], count)
        for entity_id, count in counts.items():
            told = self._features[entity_id]
            told["log mentions"] = math.log1p(count)
            told["share of the most mentioned"] = count / most[entity_id.partition(":")[0]]
        for (entity_id, section), count in sections.items():
            told = self._features[entity_id]
            told[f"in {section}"] = 1.0
            told[f"share in {section}"] = count / counts[entity_id]

    def name(self, claim: Claim) -> None:
        """Learns what the names in a claim tell: tables have names that running text does not mention."""
        for relation, link in claim.all():
            _tell_name(relation.object.surface, link, self._features[claim.entity_id])

    def tell(self, entity_id: str, found: Features) -> None:
        """Adds what is known of a thing."""
        found.update((f"thing: {name}", value) for name, value in self._features[entity_id].items())


def _tell_name(surface: str, link: Link, told: Features) -> None:
    if link.status is LinkStatus.PROVISIONAL:
        told["in no vocabulary"] = 1.0
    if surface.islower():
        told["ever written small"] = 1.0
    else:
        told["ever written with capitals"] = 1.0
    told["words"] = max(told.get("words", 0.0), min(len(surface.split()), 6) / 6)
    if any(map(str.isupper, surface[1:])) or any(map(str.isdigit, surface)):
        told["written as a name"] = 1.0


class _Rivals:
    """Which other works are cited for a name, and which other names a work is cited for."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._of_entity: dict[str, list[Claim]] = defaultdict(list)
        self._of_subject: dict[str, list[Claim]] = defaultdict(list)
        self._surnames: dict[str, frozenset[str]] | None = None
        for claim in claims:
            if claim.reference and claim.predicate is Predicate.INTRODUCES:
                self._of_entity[claim.entity_id].append(claim)
                self._of_subject[claim.subject.id].append(claim)

    def works(self, entity_id: str) -> int:
        """How many works are cited for a name."""
        return len(self._of_entity[entity_id])

    def surnames(self, claim: Claim, references: Iterable[Reference]) -> frozenset[str]:
        """The surnames of the authors of the cited work, or of all where none is in question."""
        if self._surnames is None:
            self._surnames = {
                reference.id: frozenset(surname_of(author) for author in reference.authors)
                for reference in references
            }
        if claim.reference:
            return self._surnames[claim.reference.id]
        return frozenset().union(*self._surnames.values()) if self._surnames else frozenset()

    def tell(self, claim: Claim, found: Features) -> None:
        """Adds how the claim stands to those of the same name and to those of the same work."""
        same_name, same_work = self._of_entity[claim.entity_id], self._of_subject[claim.subject.id]
        found["log rival works"] = math.log(len(same_name))
        found["log other names of the work"] = math.log(len(same_work))
        size = len(claim.stated) + len(claim.candidates)
        found["share of the name's citations"] = size / sum(
            len(c.stated) + len(c.candidates) for c in same_name
        )
        found["share of the work's names"] = size / sum(len(c.stated) + len(c.candidates) for c in same_work)
        years = [c.subject.year for c in same_name if c.subject.year]
        if claim.subject.year and len(years) > 1 and claim.subject.year == min(years):
            found["the earliest of the rivals"] = 1.0
