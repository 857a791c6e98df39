"""All that a document says for one fact, gathered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from canonicalize.linking import Linker
from records import Annotations, Link, Paper, Polarity, Predicate, Reference, Relation

Said = tuple[Relation, Link]
"""A relation, and the link of its object."""

Features = dict[str, float]
"""What can be told of a claim, by name; what is not there is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A fact that a document may hold: its subject, predicate and object, and what speaks of it.

    `reference` is the bibliography's entry of a subject that is only cited. `stated` are relations that
    rules have decided on, `candidates` those that nothing has.
    """

    subject: Paper
    predicate: Predicate
    entity_id: str
    reference: Reference | None
    stated: list[Said] = field(default_factory=list)
    candidates: list[Said] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The predicate, and whether it is said of a cited paper: what decides how it is weighed."""
        return f"{self.predicate.value}, {'cited' if self.reference else 'own'}"

    @property
    def size(self) -> int:
        """How many relations speak of it."""
        return len(self.stated) + len(self.candidates)

    @property
    def sureness(self) -> float:
        """How sure rules are of it at best, in [0, 1]."""
        affirmed = (said.confidence for said, _ in self.stated if said.polarity is Polarity.AFFIRMED)
        return max(affirmed, default=0.0)

    def all(self) -> Iterator[Said]:
        """Yields what rules have decided on, then the rest."""
        yield from self.stated
        yield from self.candidates

    def surfaces(self) -> frozenset[str]:
        """The names by which the object is called."""
        return frozenset(said.object.surface for said, _ in self.all())


class Claims:
    """The claims of a document in the order in which they come up.

    `wrong_types` counts relations whose object is of a type that their predicate does not take.
    """

    def __init__(
        self,
        annotations: Annotations,
        linker: Linker,
        *,
        own: Paper,
        cited: Mapping[str, tuple[Reference, Paper]],
    ) -> None:
        """`cited` are the entries of the bibliography, by id, with the papers that they stand for."""
        self._linker, self._own, self._cited = linker, own, cited
        self._claims: dict[tuple[str, Predicate, str], Claim] = {}
        self.wrong_types = 0
        for relation in annotations.relations:
            if claim := self._of(relation):
                claim[0].stated.append((relation, claim[1]))
        for relation in annotations.candidates:
            if claim := self._of(relation):
                claim[0].candidates.append((relation, claim[1]))

    def __iter__(self) -> Iterator[Claim]:
        yield from self._claims.values()

    def own(self, predicate: Predicate, entity_id: str) -> Claim | None:
        """The claim that the paper itself makes, if there is one."""
        return self._claims.get((self._own.id, predicate, entity_id))

    def _of(self, relation: Relation) -> tuple[Claim, Link] | None:
        mention = relation.object
        if mention.type not in relation.predicate.range:
            self.wrong_types += 1
            return None
        link = self._linker.link(mention.surface, mention.type, expansion=mention.expansion)
        entry = relation.cited_reference_id
        reference, subject = self._cited[entry] if entry else (None, self._own)
        claim = Claim(
            subject=subject, predicate=relation.predicate, entity_id=link.entity.id, reference=reference
        )
        return self._claims.setdefault((subject.id, relation.predicate, link.entity.id), claim), link
