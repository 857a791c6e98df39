"""How well found facts agree with gold ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from benchmarks.gold_facts import CitedWork, GoldFact
from benchmarks.span_scores import Scores, Tally
from canonicalize import Linker
from canonicalize.surface_forms import surface_key
from records import Entity, EntityType, Predicate, normalised_title
from records.papers import surname_of

ALIKE_TITLES = 90
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFact:
    """A fact that a document of a paper supports; `cited` is its subject where that is another paper.

    `surfaces` are the names by which its quotes call the object.
    """

    predicate: Predicate
    object: Entity
    surfaces: tuple[str, ...]
    belief: float
    cited: CitedWork | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A found fact, whether it is right, and None where the gold leaves it open."""

    paper: str
    fact: FoundFact
    right: bool | None


@dataclass(slots=True)
class Marked:
    """Found facts with their verdicts, and certain gold facts with those of the accepted that found them."""

    verdicts: list[Verdict] = field(default_factory=list)
    missing: list[tuple[str, GoldFact]] = field(default_factory=list)
    met: list[tuple[str, GoldFact]] = field(default_factory=list)


class FactMarker:
    """Compares names after canonicalisation, by the entities and common forms that they lead to."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker

    def mark(
        self, paper: str, found: Sequence[FoundFact], gold: Sequence[GoldFact], *, accepted: float
    ) -> Marked:
        """The verdicts on a paper's facts; gold is met by facts believed at least as much as `accepted`."""
        marked = Marked()
        expected = [(fact, self._keys(fact.names)) for fact in gold]
        for one in found:
            keys = self._keys((one.object.name, *one.object.aliases, *one.surfaces)) | {one.object.id}
            met = [fact for fact, names in expected if _same_claim(one, fact) and names & keys]
            certain = any(fact.certain for fact in met)
            marked.verdicts.append(Verdict(paper=paper, fact=one, right=certain or (None if met else False)))
            if one.belief >= accepted:
                marked.met += [
                    (paper, fact) for fact in met if fact.certain and (paper, fact) not in marked.met
                ]
        held = {id(fact) for _, fact in marked.met}
        marked.missing = [(paper, fact) for fact in gold if fact.certain and id(fact) not in held]
        return marked

    def _keys(self, names: Iterable[str]) -> frozenset[str]:
        written = [name for name in names if surface_key(name)]
        linked = (self._linker.link(name, kind).entity.id for name in written for kind in EntityType)
        return frozenset({*map(surface_key, written), *linked})


def _same_claim(found: FoundFact, gold: GoldFact) -> bool:
    if found.predicate is not gold.predicate or (found.cited is None) is not (gold.cited is None):
        return False
    return found.cited is None or gold.cited is None or same_work(found.cited, gold.cited)


def same_work(one: CitedWork, other: CitedWork) -> bool:
    """Whether two descriptions are of one paper: like titles, or surname and year within one."""
    titles = normalised_title(one.title), normalised_title(other.title)
    if all(titles) and ratio(*titles) >= ALIKE_TITLES:
        return True
    years = one.year is not None and other.year is not None and abs(one.year - other.year) <= 1
    surnames = surname_of(one.first_author), surname_of(other.first_author)
    return years and bool(surnames[0]) and surnames[0] == surnames[1]


def scores(marked: Sequence[Marked], *, accepted: float, kept: Iterable[GoldFact | FoundFact]) -> Scores:
    """Precision over accepted found facts and recall over certain gold ones, of those that are `kept`."""
    chosen = {id(fact) for fact in kept}
    verdicts = [
        each.right
        for one in marked
        for each in one.verdicts
        if id(each.fact) in chosen and each.fact.belief >= accepted and each.right is not None
    ]
    met = sum(id(fact) in chosen for one in marked for _, fact in one.met)
    missing = sum(id(fact) in chosen for one in marked for _, fact in one.missing)
    precision = Tally(right=sum(verdicts), predicted=len(verdicts)).scores()["precision"]
    recall = met / (met + missing) if met + missing else 0.0
    both = precision + recall
    return {
        "precision": precision,
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / both, 4) if both else 0.0,
        "found": len(verdicts),
        "expected": met + missing,
    }


def calibration_error(verdicts: Iterable[Verdict], *, bins: int = BINS) -> float:
    """The expected calibration error of beliefs (Naeini et al., 2015), over bins of equal width."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for each in verdicts:
        if each.right is not None:
            place = min(int(each.fact.belief * bins), bins - 1)
            groups.setdefault(place, []).append((each.fact.belief, each.right))
    total = sum(map(len, groups.values()))
    gaps = (abs(sum(b for b, _ in group) - sum(right for _, right in group)) for group in groups.values())
    return round(sum(gaps) / total, 4) if total else 0.0
