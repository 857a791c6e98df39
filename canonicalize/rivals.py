"""Which other works are cited for a name, and which other names a work is cited for."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from canonicalize.claims import Claim, Features
from records import Predicate, Reference
from records.papers import surname_of


class Rivals:
    """The introductions that a document may attribute to works of its bibliography."""

    def __init__(self, claims: Iterable[Claim], references: Sequence[Reference]) -> None:
        self._of_entity: dict[str, list[Claim]] = defaultdict(list)
        self._of_subject: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.reference and claim.predicate is Predicate.INTRODUCES:
                self._of_entity[claim.entity_id].append(claim)
                self._of_subject[claim.subject.id].append(claim)
        self._surnames = {
            reference.id: frozenset(filter(None, map(surname_of, reference.authors)))
            for reference in references
        }
        self._all_surnames = frozenset[str]().union(*self._surnames.values())

    def works(self, entity_id: str) -> int:
        """How many works are cited for a name."""
        return len(self._of_entity[entity_id])

    def surnames(self, claim: Claim) -> frozenset[str]:
        """The surnames of the authors of the cited work, or of all where none is in question."""
        return self._surnames[claim.reference.id] if claim.reference else self._all_surnames

    def tell(self, claim: Claim, found: Features) -> None:
        """Adds how the claim stands to those of the same name and to those of the same work."""
        same_name, same_work = self._of_entity[claim.entity_id], self._of_subject[claim.subject.id]
        found["log rival works"] = math.log(len(same_name))
        found["log other names of the work"] = math.log(len(same_work))
        found["share of the name's citations"] = claim.size / sum(other.size for other in same_name)
        found["share of the work's names"] = claim.size / sum(other.size for other in same_work)
        years = [other.subject.year for other in same_name if other.subject.year]
        if claim.subject.year and len(years) > 1 and claim.subject.year == min(years):
            found["the earliest of the rivals"] = 1.0
