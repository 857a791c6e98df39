"""Facts that people (or careful readers) found in papers: the gold of `benchmarks.facts`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from records import EntityType, Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWork:
    """A cited paper as the gold names it."""

    first_author: str
    year: int | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFact:
    """A fact of a paper, or, where `cited` names one, of a paper that it cites.

    `names` are all that the object may be called, the best first; facts that are not `certain` count
    neither way.
    """

    predicate: Predicate
    names: tuple[str, ...]
    type: EntityType
    certain: bool
    cited: CitedWork | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPaper:
    """A paper, by the stem of its PDF, and what it says."""

    stem: str
    facts: tuple[GoldFact, ...]


def gold_papers(path: Path) -> list[GoldPaper]:
    """The papers of a JSONL file; raises ValueError that names the line that is none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                found.append(gold_paper(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"{path}, line {number}: {error!r} in what should be a paper's gold"
                ) from error
    return found


def gold_paper(row: Mapping[str, object]) -> GoldPaper:
    """The paper of a line."""
    own = (_fact(each, Predicate(str(each["predicate"])), None) for each in _rows(row, "facts"))
    cited = (_cited(each) for each in _rows(row, "cited_introduces"))
    return GoldPaper(stem=str(row["paper"]), facts=(*own, *cited))


def predicates_of(papers: Iterable[GoldPaper]) -> frozenset[Predicate]:
    """The predicates that the gold speaks of: others cannot be scored."""
    return frozenset(fact.predicate for paper in papers for fact in paper.facts)


def _rows(row: Mapping[str, object], key: str) -> Iterator[Mapping[str, object]]:
    found = row.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise TypeError(f"{key} is no list of objects")
    yield from found


def _fact(row: Mapping[str, object], predicate: Predicate, cited: CitedWork | None) -> GoldFact:
    aliases = row.get("aliases", ())
    if not isinstance(aliases, Sequence):
        raise TypeError("aliases is no list")
    return GoldFact(
        predicate=predicate,
        names=(str(row["object"]), *map(str, aliases)),
        type=EntityType(str(row["type"])),
        certain=row.get("certain", True) is True,
        cited=cited,
    )


def _cited(row: Mapping[str, object]) -> GoldFact:
    work = row["cited"]
    if not isinstance(work, dict):
        raise TypeError("cited is no object")
    year = work.get("year")
    cited = CitedWork(
        first_author=str(work["first_author"]), year=int(year) if year else None, title=str(work["title"])
    )
    return _fact(row, Predicate.INTRODUCES, cited)
