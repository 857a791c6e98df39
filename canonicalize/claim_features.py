"""What can be told of a claim, to be weighed."""

import math
import re
from collections import Counter
from collections.abc import Iterator

from canonicalize.claims import Claim, Claims, Features
from canonicalize.linking import Linker
from canonicalize.rivals import Rivals
from canonicalize.things import Things
from records import Annotations, Document, Polarity, Predicate

SURE = 0.6
LONGEST_OPENING = 4
"""Words of a title before its colon that may be a name."""

_WORD = re.compile(r"[^\W_]+")


class ClaimFeatures:
    """Tells of a document's claims what signals, rules, things, rivals and names say of them."""

    def __init__(self, document: Document, annotations: Annotations, linker: Linker, claims: Claims) -> None:
        self._title = document.title
        self._claims = claims
        self._things = Things(document, annotations, linker)
        for claim in claims:
            self._things.name(claim)
        self._rivals = Rivals(claims, document.references)
        self._own_names = frozenset(self._names_of_its_own())

    def of(self, claim: Claim) -> Features:
        """What can be told of a claim."""
        found: Features = {}
        _tell_candidates(claim, found)
        _tell_rules(claim, found)
        self._things.tell(claim.entity_id, found)
        self._tell_other_claims(claim, found)
        self._tell_own_names(claim, found)
        self._tell_citing(claim, found)
        if claim.reference:
            self._rivals.tell(claim, found)
        return found

    def _names_of_its_own(self) -> Iterator[str]:
        """Yields the names that rules say the paper introduces, and the one that opens its title."""
        for claim in self._claims:
            is_own = claim.predicate is Predicate.INTRODUCES and not claim.reference
            if is_own and claim.sureness >= SURE:
                yield from (said.object.surface for said, _ in claim.stated)
        opening, colon, _ = self._title.partition(":")
        if colon and len(opening.split()) <= LONGEST_OPENING:
            yield opening

    def _tell_other_claims(self, claim: Claim, found: Features) -> None:
        for predicate in Predicate:
            other = self._claims.own(predicate, claim.entity_id)
            if other and other.sureness:
                found[f"rules say {predicate.value}"] = other.sureness
            if other and other is not claim and predicate is Predicate.INTRODUCES:
                found["may be the paper's own"] = math.log1p(len(other.candidates))

    def _tell_own_names(self, claim: Claim, found: Features) -> None:
        """How the names of the object stand to the paper's own names and to its title."""
        surfaces = claim.surfaces()
        parts = {part for surface in surfaces for part in name_parts(surface)}
        for own in self._own_names:
            others = set(name_parts(own))
            if parts and parts < others:
                found["name in a name of its own"] = 1.0
            if others and others < parts:
                found["name holds one of its own"] = 1.0
            if own in surfaces:
                found["name of its own"] = 1.0
        opening = name_parts(self._title.partition(":")[0])
        if any(name_parts(surface) == opening for surface in surfaces):
            found["opens the title"] = 1.0
        if parts & self._rivals.surnames(claim):
            found["named after authors"] = 1.0

    def _tell_citing(self, claim: Claim, found: Features) -> None:
        """Whether works are cited behind the name: a paper cites none behind what it introduces itself."""
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
            known = "unknown" if "thing: in no vocabulary" in found else "known"
            found[f"always written small, {known}"] = 1.0


def name_parts(surface: str) -> tuple[str, ...]:
    """The parts of a name of which others may be made: "MGAN-CF" has "mgan" and "cf"."""
    return tuple(part.casefold() for part in _WORD.findall(surface))


def _tell_candidates(claim: Claim, found: Features) -> None:
    """The signals that any affirmed candidate has, and how many candidates there are."""
    counts: Counter[str] = Counter()
    for candidate, _ in claim.candidates:
        counts[candidate.component] += 1
        if candidate.polarity is Polarity.AFFIRMED:
            found.update((f"{candidate.component}: {signal}", 1.0) for signal in candidate.signals)
        else:
            counts[candidate.polarity.value] += 1
    found.update((f"log {name}", math.log1p(count)) for name, count in counts.items())


def _tell_rules(claim: Claim, found: Features) -> None:
    """How sure each component's rules are, and whether any of them deny it."""
    for stated, _ in claim.stated:
        if stated.polarity is Polarity.AFFIRMED:
            name = f"rule {stated.component}"
            found[name] = max(found.get(name, 0.0), stated.confidence)
        else:
            found[f"rule {stated.polarity.value}"] = 1.0
