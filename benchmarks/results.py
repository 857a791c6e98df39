"""How many of the results in papers' tables are found, and how many of the found ones are right.

`python -m benchmarks.results --papers DIR --gold FILE.jsonl` ingests the gold's papers, found in DIR by the
stems of their files, into a fresh graph, and prints precision over accepted results, and recall over those
that caption and header decide and over all. A line of the file is a paper: `{"paper": stem, "results":
[{"method", "method_aliases", "dataset", "dataset_aliases", "metric", "metric_aliases", "value", "best",
"copied", "decided", "certain"}]}`.

A found result is right where its figure is that of a certain one and method, data set and metric agree (name
or alias, after canonicalisation); where only uncertain ones agree it counts neither way.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from benchmarks.facts import pdf_of
from benchmarks.fresh_graph import documents_and_graph
from benchmarks.gold_results import GoldResult, GoldTables, gold_tables
from canonicalize import Linker, load_vocabularies
from canonicalize.surface_forms import surface_key
from flows.settings import load_settings
from graph import GraphReader
from records import EntityType

FOUND: Final = """
MATCH (f:Fact {predicate: 'REPORTS'})-[:OBJECT]->(r:Result)
MATCH (r)-[:OF_METHOD]->(m:Method)
MATCH (r)-[:ON_DATASET]->(t:Dataset)
MATCH (r)-[:BY_METRIC]->(s:Metric)
MATCH (f)<-[:SUPPORTS]-(e:Evidence)-[:WAS_QUOTED_FROM]->(d:Document)
WHERE f.belief > 0 AND e.job = d.current_job
RETURN d.file_name AS file, f.id AS fact, f.belief AS belief, r.value AS value, e.quote AS quote,
       e.best AS best, e.copied AS copied, e.surface AS surface,
       m.name AS method, m.aliases AS method_aliases, t.name AS dataset, t.aliases AS dataset_aliases,
       s.name AS metric, s.aliases AS metric_aliases
ORDER BY file, quote, fact
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundResult:
    """A result that a document supports, with all names of its method, data set and metric."""

    methods: tuple[str, ...]
    datasets: tuple[str, ...]
    metrics: tuple[str, ...]
    value: float
    best: bool
    copied: bool
    belief: float
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedResult:
    """A found result, and the gold that agrees with it: a certain one where there is one."""

    paper: str
    found: FoundResult
    gold: GoldResult | None

    @property
    def right(self) -> bool | None:
        """Whether it is; None where only uncertain gold agrees."""
        return False if self.gold is None else (self.gold.certain or None)


def main() -> None:
    """Prints the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    given = parser.parse_args()
    gold = gold_tables(given.gold)
    accepted = load_settings().belief.accepted
    with documents_and_graph([pdf_of(paper.stem, given.papers) for paper in gold]) as (_, store):
        found = found_results(store)
    print(json.dumps(report(gold, found, accepted=accepted), indent=1, ensure_ascii=False))


def found_results(store: GraphReader) -> dict[str, list[FoundResult]]:
    """What each document reports, by the stem of its file."""
    rows_of: dict[tuple[str, str], dict[str, object]] = {}
    for row in store.read(FOUND, {}):
        rows_of.setdefault((str(row["file"]), str(row["fact"])), dict(row))
    found: dict[str, list[FoundResult]] = defaultdict(list)
    for (file, _), row in rows_of.items():
        found[Path(file).stem].append(_found(row))
    return found


def _found(row: Mapping[str, object]) -> FoundResult:
    def names(key: str, *more: str) -> tuple[str, ...]:
        return (str(row[key]), *more, *(cast("list[str] | None", row[f"{key}_aliases"]) or ()))

    return FoundResult(
        methods=names("method", str(row["surface"])),
        datasets=names("dataset"),
        metrics=names("metric"),
        value=float(cast("float", row["value"])),
        best=row["best"] is True,
        copied=row["copied"] is True,
        belief=float(cast("float", row["belief"])),
        quote=str(row["quote"]),
    )


def report(
    gold: Sequence[GoldTables], found: Mapping[str, Sequence[FoundResult]], *, accepted: float
) -> dict[str, object]:
    """All that is printed; `accepted` is the belief from which results count as found."""
    marker = ResultMarker(Linker(load_vocabularies().entities))
    marked = [
        each
        for paper in gold
        for each in marker.mark(paper, [one for one in found.get(paper.stem, ()) if one.belief >= accepted])
    ]
    met = {id(each.gold) for each in marked if each.gold}
    certain = [(paper.stem, result) for paper in gold for result in paper.results if result.certain]
    missing = [(stem, one) for stem, one in certain if one.decided and id(one) not in met]
    agreed = [each for each in marked if each.gold]
    verdicts = [each.right for each in marked if each.right is not None]
    return {
        "papers": len(gold),
        "papers_with_results": len({each.paper for each in marked}),
        "found": len(marked),
        "precision": _share(verdicts),
        "recall": {
            "decided": _share(id(one) in met for _, one in certain if one.decided),
            "all": _share(id(one) in met for _, one in certain),
        },
        "expected": {"decided": sum(one.decided for _, one in certain), "all": len(certain)},
        "best_right": _share(each.found.best == each.gold.best for each in agreed if each.gold),
        "copied_right": _share(each.found.copied == each.gold.copied for each in agreed if each.gold),
        "wrong": [_shown(each.paper, each.found) for each in marked if each.right is False],
        "missing": [_shown(stem, one) for stem, one in missing],
    }


class ResultMarker:
    """Compares results by their figures, and names after canonicalisation."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker

    def mark(self, paper: GoldTables, found: Iterable[FoundResult]) -> list[MarkedResult]:
        """The paper's found results with the gold that agrees."""
        return [
            MarkedResult(paper=paper.stem, found=one, gold=self._agreeing(one, paper.results))
            for one in found
        ]

    def _agreeing(self, found: FoundResult, gold: Iterable[GoldResult]) -> GoldResult | None:
        agreeing = [
            one
            for one in gold
            if one.value == found.value
            and self._meet(found.methods, one.methods, EntityType.METHOD)
            and self._meet(found.datasets, one.datasets, EntityType.DATASET)
            and self._meet(found.metrics, one.metrics, EntityType.METRIC)
        ]
        return max(agreeing, key=lambda one: (one.certain, one.decided), default=None)

    def _meet(self, some: Iterable[str], others: Iterable[str], kind: EntityType) -> bool:
        return bool(self._keys(some, kind) & self._keys(others, kind))

    def _keys(self, names: Iterable[str], kind: EntityType) -> frozenset[str]:
        written = [name for name in names if surface_key(name)]
        return frozenset(
            {*map(surface_key, written), *(self._linker.link(name, kind).entity.id for name in written)}
        )


def _share(of: Iterable[bool]) -> float:
    counted = list(of)
    return round(sum(counted) / len(counted), 4) if counted else 0.0


def _shown(paper: str, one: FoundResult | GoldResult) -> dict[str, object]:
    names = {"method": one.methods[0], "dataset": next(iter(one.datasets), ""), "metric": one.metrics[0]}
    shown: dict[str, object] = {"paper": paper, **names, "value": one.value}
    return (
        {**shown, "belief": round(one.belief, 3), "quote": one.quote}
        if isinstance(one, FoundResult)
        else shown
    )


if __name__ == "__main__":
    main()
