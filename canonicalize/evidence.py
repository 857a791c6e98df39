"""Claims as evidence: which of them are kept, by which quotes, and how sure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from canonicalize.claims import Claim, Claims
from canonicalize.quotes import Places
from canonicalize.weighing import KindWeights, Weigher
from records import Document, Evidence, Fact, Link, LinkStatus, Paper, Polarity, Predicate, Relation, Span

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


def evidence_of(
    document: Document, claims: Claims, weigher: Weigher | None, *, own: Paper, dropped: Dropped
) -> tuple[Evidence, ...]:
    """The evidence in text order; what is left out is counted in `dropped`.

    Claims of a kind that the weigher knows have its probability, the others keep what rules said.
    """
    places, found = Places(document), list[Evidence]()
    for claim in claims:
        kind = weigher.kinds.get(claim.kind) if weigher else None
        items = _weighed(document, claim, kind, claims, places) if kind else _stated(document, claim, places)
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


def _stated(document: Document, claim: Claim, places: Places) -> Iterator[Evidence]:
    """Yields what rules have decided on, the surest where one quote speaks twice."""
    best: dict[str, Evidence] = {}
    for relation, link in claim.stated:
        certainty = link.score if link.status is LinkStatus.SCORED else 1.0
        item = _one(document, claim, relation, link, relation.confidence * certainty, places)
        if item.id not in best or item.confidence > best[item.id].confidence:
            best[item.id] = item
    yield from best.values()


def _weighed(
    document: Document, claim: Claim, kind: KindWeights, claims: Claims, places: Places
) -> Iterator[Evidence]:
    """Yields the most telling quotes of a claim that is likely enough, each a little less sure than the one before.

    Quotes that deny it come along: they support nothing, and show what speaks against it.
    """
    probability = kind.probability(claims.features(claim))
    affirmed = list(_most_telling(claim, kind, affirmed=True))
    if affirmed and probability < LEAST_CONFIDENCE:
        return
    for number, (relation, link) in enumerate(affirmed):
        yield _one(document, claim, relation, link, probability * NEXT_QUOTE**number, places)
    taken = {relation.sentence for relation, _ in affirmed}
    for relation, link in _most_telling(claim, kind, affirmed=False):
        if relation.sentence not in taken and (affirmed or relation.confidence):
            yield _one(document, claim, relation, link, relation.confidence or probability, places)


def _most_telling(claim: Claim, kind: KindWeights, *, affirmed: bool) -> Iterator[tuple[Relation, Link]]:
    """Yields the claim's quotes that are affirmed, or the others, the most telling first, a sentence once."""
    chosen = [pair for pair in claim.all() if (pair[0].polarity is Polarity.AFFIRMED) is affirmed]

    def worth(pair: tuple[Relation, Link]) -> tuple[float, int]:
        relation = pair[0]
        names = tuple(f"{relation.component}: {signal}" for signal in relation.signals)
        rule = kind.weights.get(f"rule {relation.component}", 0.0) * relation.confidence
        return -relation.confidence - kind.telling(names) - rule, relation.sentence.start

    seen: set[Span] = set()
    for relation, link in sorted(chosen, key=worth):
        if relation.sentence not in seen and len(seen) < MOST_QUOTES:
            seen.add(relation.sentence)
            yield relation, link


def _one(
    document: Document, claim: Claim, relation: Relation, link: Link, confidence: float, places: Places
) -> Evidence:
    span = relation.sentence
    pages, boxes = places.lines_of(span)
    return Evidence(
        fact=Fact(subject_id=claim.subject.id, predicate=claim.predicate, object_id=claim.entity_id),
        document_id=document.id,
        span=span,
        quote=document.text[span.start : span.end],
        pages=pages,
        boxes=boxes,
        section=places.section_name(span),
        kind=relation.kind,
        polarity=relation.polarity,
        confidence=round(confidence, 4),
        component=relation.component,
        link=link,
    )


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
