"""How many of the facts that papers hold are found, and how many of the found ones are right.

`python -m benchmarks.facts --papers DIR --gold FILE.jsonl` ingests the gold's papers, found in DIR by the
stems of their files, into a fresh graph, and prints precision and recall by predicate and in all over
accepted facts, and the calibration error of the beliefs of all. A line of the file is a paper:
`{"paper": stem, "facts": [{"predicate", "object", "aliases", "type", "certain"}], "cited_introduces":
[{"object", "aliases", "type", "cited": {"first_author", "year", "title"}, "certain"}]}`.

A found fact is right where predicate and object (name or alias, after canonicalisation) agree with a certain
one, and the cited work where it has one; those that meet only uncertain ones count neither way. Predicates
of which the gold says nothing are not scored.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, cast

from benchmarks.fact_scores import FactMarker, FoundFact, Marked, calibration_error, scores
from benchmarks.fresh_graph import documents_and_graph
from benchmarks.gold_facts import CitedWork, GoldFact, GoldPaper, gold_papers, predicates_of
from canonicalize import Linker, load_vocabularies
from flows.settings import load_settings
from graph import GraphReader
from records import Entity, EntityType, Predicate

FOUND: Final = """
MATCH (own:Paper)<-[:MANIFESTATION_OF]-(d:Document)<-[:WAS_QUOTED_FROM]-(e:Evidence)-[:SUPPORTS]->(f:Fact)
WHERE f.belief > 0 AND e.job = d.current_job AND f.predicate <> 'REPORTS'
MATCH (f)-[:SUBJECT]->(p:Paper)
MATCH (f)-[:OBJECT]->(o)
RETURN d.file_name AS file, own.id AS own,
       p.id AS paper, p.title AS title, p.authors AS authors, p.year AS year,
       f.id AS fact, f.predicate AS predicate, f.belief AS belief, e.quote AS quote, e.surface AS surface,
       o.id AS entity, o.name AS name, o.aliases AS aliases, labels(o)[0] AS entity_type
ORDER BY e.confidence DESC
"""


def main() -> None:
    """Prints the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    given = parser.parse_args()
    gold = gold_papers(given.gold)
    accepted = load_settings().belief.accepted
    with documents_and_graph([pdf_of(paper.stem, given.papers) for paper in gold]) as (_, store):
        found = found_facts(store)
    print(json.dumps(report(gold, found, accepted=accepted), indent=1, ensure_ascii=False))


def pdf_of(stem: str, *folders: Path) -> Path:
    """The file of that stem in the folders or below; raises SystemExit where there is none."""
    for folder in folders:
        for path in sorted(folder.rglob(f"{stem}.pdf")):
            return path
    where = ", ".join(map(str, folders))
    sys.exit(f"benchmarks: {stem}.pdf is not in {where}: name the folder of the gold's papers")


def found_facts(store: GraphReader) -> dict[str, list[FoundFact]]:
    """What each document supports, by the stem of its file."""
    rows_of: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for row in store.read(FOUND, {}):
        rows_of[str(row["file"]), str(row["fact"])].append(dict(row))
    found: dict[str, list[FoundFact]] = defaultdict(list)
    for (file, _), rows in rows_of.items():
        found[Path(file).stem].append(_found(rows))
    return found


def _found(rows: Sequence[dict[str, object]]) -> FoundFact:
    row = rows[0]
    authors = cast("list[str] | None", row["authors"]) or [""]
    year = cast("int | None", row["year"])
    cited = CitedWork(first_author=authors[0], year=year, title=str(row["title"] or ""))
    return FoundFact(
        predicate=Predicate(str(row["predicate"])),
        object=Entity(
            id=str(row["entity"]),
            name=str(row["name"]),
            type=EntityType(str(row["entity_type"])),
            aliases=tuple(cast("list[str] | None", row["aliases"]) or ()),
            vocabulary="",
        ),
        surfaces=tuple(sorted({str(each["surface"]) for each in rows})),
        belief=float(cast("float", row["belief"])),
        cited=None if row["own"] == row["paper"] else cited,
        quote=str(row["quote"]),
    )


def report(
    gold: Sequence[GoldPaper], found: dict[str, list[FoundFact]], *, accepted: float
) -> dict[str, object]:
    """All that is printed; `accepted` is the belief from which facts count as found."""
    marker, scored = FactMarker(Linker(load_vocabularies().entities)), predicates_of(gold)
    marked = [
        marker.mark(
            paper.stem,
            [fact for fact in found.get(paper.stem, ()) if fact.predicate in scored],
            paper.facts,
            accepted=accepted,
        )
        for paper in gold
    ]
    facts = list(all_facts(marked))
    verdicts = [each for one in marked for each in one.verdicts]
    of = {predicate: [f for f in facts if f.predicate is predicate] for predicate in sorted(scored)}
    introduced = of.get(Predicate.INTRODUCES, [])
    return {
        "papers": len(gold),
        "accepted_from": accepted,
        "predicates": {str(name): scores(marked, accepted=accepted, kept=kept) for name, kept in of.items()},
        "introduces": {
            "own": scores(marked, accepted=accepted, kept=[f for f in introduced if f.cited is None]),
            "cited": scores(marked, accepted=accepted, kept=[f for f in introduced if f.cited]),
        },
        "micro": scores(marked, accepted=accepted, kept=facts),
        "calibration_error": calibration_error(verdicts),
        "wrong": [
            _shown(v.paper, v.fact) for v in verdicts if v.right is False and v.fact.belief >= accepted
        ],
        "missing": [_shown(paper, fact) for one in marked for paper, fact in one.missing],
    }


def all_facts(marked: Iterable[Marked]) -> Iterator[GoldFact | FoundFact]:
    """Yields the found facts and the certain gold ones."""
    for one in marked:
        yield from (each.fact for each in one.verdicts)
        yield from (fact for _, fact in (*one.met, *one.missing))


def _shown(paper: str, fact: GoldFact | FoundFact) -> dict[str, object]:
    shown: dict[str, object] = {"paper": paper, "predicate": fact.predicate}
    if fact.cited:
        shown["cited"] = f"{fact.cited.first_author} {fact.cited.year}: {fact.cited.title}"
    if isinstance(fact, GoldFact):
        return {**shown, "object": fact.names[0]}
    return {**shown, "object": fact.object.name, "belief": round(fact.belief, 3), "quote": fact.quote}


if __name__ == "__main__":
    main()
