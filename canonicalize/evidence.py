"""Claims as evidence: which of them are kept, by which quotes, and how sure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from canonicalize.claim_features import ClaimFeatures
from canonicalize.claims import Claim, Claims, Features, Said
from canonicalize.quotes import Places
from canonicalize.weighing import KindWeights, Weigher
from records import Document, Evidence, Fact, LinkStatus, Paper, Polarity, Predicate, Span

LEAST_CONFIDENCE = 0.25
MOST_QUOTES = 5
NEXT_QUOTE = 0.99
OWN = 0.5
_OF_OTHERS = frozenset({Predicate.USES, Predicate.COMPARES_AGAINST})

Dropped = Counter[str]
WRONG_TYPE = "object of a type that the predicate does not take"
UNCERTAIN = "too uncertain"
NO_ENTRY = "citation that leads to no entry"
NOT_REFOUND = "quote not found again"
OWN_INVENTION = "used or compared against by its own inventors"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedClaims:
    """A document's claims, and how they are weighed; without features and a weigher they are not."""

    claims: Claims
    features: ClaimFeatures | None
    weigher: Weigher | None

    def kind(self, claim: Claim) -> KindWeights | None:
        """What was learned of the claim's kind; None where nothing was."""
        return self.weigher.kinds.get(claim.kind) if self.weigher else None

    def told(self, claim: Claim) -> Features:
        """What is told of the claim, to be weighed."""
        return self.features.of(claim) if self.features else {}


def evidence_of(
    document: Document,
    weighed: WeighedClaims,
    *,
    own: Paper,
    dropped: Dropped,
    reported: Sequence[Evidence] = (),
) -> tuple[Evidence, ...]:
    """The evidence in text order, with that of results `reported`; what is left out is counted in `dropped`.

    Claims of a kind that something was learned of have its probability, the others keep what rules said.
    """
    quotes, found = Quotes(document), list(reported)
    for claim in weighed.claims:
        kind = weighed.kind(claim)
        items = _weighed(claim, kind, weighed.told(claim), quotes) if kind else _stated(claim, quotes)
        kept = [item for item in items if item.confidence >= LEAST_CONFIDENCE]
        if not kept:
            dropped[UNCERTAIN] += 1
        found += kept
    refound = [item for item in found if is_refound(document, item)]
    dropped[NOT_REFOUND] += len(found) - len(refound)
    kept = list(_without_own_inventions(refound, own))
    dropped[OWN_INVENTION] += len(refound) - len(kept)
    return tuple(sorted(kept, key=lambda item: (item.span, item.id)))


def is_refound(document: Document, item: Evidence) -> bool:
    """Whether the quote is, character for character, the document's text at its span."""
    return bool(item.quote) and document.text[item.span.start : item.span.end] == item.quote


class Quotes:
    """Makes evidence of what a document says."""

    def __init__(self, document: Document) -> None:
        self._document, self._places = document, Places(document)

    def evidence(
        self, claim: Claim, said: Said, confidence: float, reasons: tuple[str, ...] = ()
    ) -> Evidence:
        """The evidence for or against a claim that a relation's sentence is."""
        relation, link = said
        span = relation.sentence
        pages, boxes = self._places.lines_of(span)
        return Evidence(
            fact=Fact(subject_id=claim.subject.id, predicate=claim.predicate, object_id=claim.entity_id),
            document_id=self._document.id,
            span=span,
            quote=self._document.text[span.start : span.end],
            pages=pages,
            boxes=boxes,
            section=self._places.section_name(span),
            kind=relation.kind,
            polarity=relation.polarity,
            confidence=round(confidence, 4),
            component=relation.component,
            link=link,
            reasons=reasons,
            applied_to=relation.applied_to,
        )


def _stated(claim: Claim, quotes: Quotes) -> Iterator[Evidence]:
    """Yields what rules have decided on, the surest where one quote speaks twice."""
    best: dict[str, Evidence] = {}
    for said in claim.stated:
        relation, link = said
        certainty = link.score if link.status is LinkStatus.SCORED else 1.0
        item = quotes.evidence(claim, said, relation.confidence * certainty)
        if item.id not in best or item.confidence > best[item.id].confidence:
            best[item.id] = item
    yield from best.values()


def _weighed(claim: Claim, kind: KindWeights, told: Features, quotes: Quotes) -> Iterator[Evidence]:
    """Yields the most telling quotes of a claim that is likely enough, each a little less sure than the last.

    Quotes that deny it come along: they support nothing, and show what speaks against it.
    """
    probability, reasons = kind.probability(told), kind.reasons(told)
    affirmed = list(_most_telling(claim, kind, affirmed=True))
    if affirmed and probability < LEAST_CONFIDENCE:
        return
    for number, said in enumerate(affirmed):
        yield quotes.evidence(claim, said, probability * NEXT_QUOTE**number, reasons)
    taken = {relation.sentence for relation, _ in affirmed}
    for said in _most_telling(claim, kind, affirmed=False):
        relation = said[0]
        if relation.sentence not in taken and (affirmed or relation.confidence):
            yield quotes.evidence(claim, said, relation.confidence or probability, reasons)


def _most_telling(claim: Claim, kind: KindWeights, *, affirmed: bool) -> Iterator[Said]:
    """Yields the claim's quotes that are affirmed, or the others, a sentence once.

    What rules have decided on comes first, by how sure they are, then the rest by what their signals weigh.
    """
    chosen = [said for said in claim.all() if (said[0].polarity is Polarity.AFFIRMED) is affirmed]

    def worth(said: Said) -> tuple[float, float, int]:
        relation = said[0]
        names = tuple(f"{relation.component}: {signal}" for signal in relation.signals)
        return -relation.confidence, -kind.telling(names), relation.sentence.start

    seen: set[Span] = set()
    for said in sorted(chosen, key=worth):
        if said[0].sentence not in seen and len(seen) < MOST_QUOTES:
            seen.add(said[0].sentence)
            yield said


def _without_own_inventions(evidence: Sequence[Evidence], paper: Paper) -> Iterator[Evidence]:
    """Leaves out that a paper uses, or is compared against, what it introduces itself."""
    own = set(_introduced(evidence, paper))
    for item in evidence:
        if not (item.fact.predicate in _OF_OTHERS and item.fact.object_id in own):
            yield item


def _introduced(evidence: Iterable[Evidence], paper: Paper) -> Iterator[str]:
    for item in evidence:
        if (
            item.fact.predicate is Predicate.INTRODUCES
            and item.fact.subject_id == paper.id
            and item.polarity is Polarity.AFFIRMED
            and item.confidence >= OWN
        ):
            yield item.fact.object_id
