"""Who introduced what, answered from what papers say: how often rightly.

`python -m benchmarks.attribution --papers DIR ... --gold TSV` ingests the papers into a fresh graph and asks
for every name of the TSV (name, type, first author, year, title; several right answers separated by a bar)
that some paper mentions with a citation. The vocabularies only say what names are the same: the program
takes no fact from them, so there is nothing to switch off. `--explain NAME` prints, instead of the figures,
all that speaks for and against each paper that may have introduced it.

Asked are names with a citation near them in the same sentence, anywhere in the papers. `cited_twice`
are those of them whose introducing paper stands in the bibliographies of at least two papers.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fact_scores import same_work
from benchmarks.fresh_graph import documents_and_graph
from benchmarks.gold_facts import CitedWork
from canonicalize.surface_forms import surface_words
from cli.answers import print_fact
from flows.questions import UnknownNameError, who_introduced
from flows.settings import load_settings
from graph import GraphReader, Introduction, fact_provenance
from records import BeliefThresholds, Document, Fact, Predicate, Reference, normalised_title

NEAR = 150
"""Characters between a name and a citation in its sentence."""

COLUMNS = ("name", "type", "first_author", "year", "title")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldName:
    """A name and the works of which each would be a right answer."""

    name: str
    works: tuple[CitedWork, ...]


def main() -> None:
    """Prints the figures, or one name's evidence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=Path, nargs="+", required=True)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--gold", type=Path)
    what.add_argument("--explain", metavar="NAME")
    given = parser.parse_args()
    thresholds = load_settings().belief.thresholds
    with documents_and_graph(given.papers) as (documents, store):
        if given.explain:
            explain(store, given.explain)
        else:
            figures = report(gold_names(given.gold), documents, store, thresholds)
            print(json.dumps(figures, indent=1, ensure_ascii=False))


def gold_names(path: Path) -> list[GoldName]:
    """The names of a TSV; raises SystemExit where its columns are others."""
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(header.split("\t")) != COLUMNS:
        sys.exit(f"benchmarks.attribution: {path} must have the columns {', '.join(COLUMNS)}")
    return [_gold_name(line.split("\t")) for line in lines if line.strip()]


def _gold_name(cells: Sequence[str]) -> GoldName:
    name, _, authors, years, titles = cells
    works = (
        CitedWork(first_author=author, year=int(year), title=title)
        for title in titles.split("|")
        for author in authors.split("|")
        for year in years.split("|")
    )
    return GoldName(name=name, works=tuple(works))


def report(
    gold: Sequence[GoldName],
    documents: Sequence[Document],
    store: GraphReader,
    thresholds: BeliefThresholds,
) -> dict[str, object]:
    """The figures over the names that the documents mention with a citation."""
    asked = [one for one in gold if any(cited_with(one.name, document) for document in documents)]
    answers = {one.name: answered(store, one.name, thresholds) for one in asked}
    met = [one for one in asked if answers[one.name]]
    right = [one for one in met if _is_right(one, answers[one.name][:1])]
    twice = [one for one in asked if sum(_cites(document, one) for document in documents) > 1]
    return {
        "papers": len(documents),
        "asked": len(asked),
        "answered": len(met),
        "right_at_1": len(right),
        "right_at_3": sum(_is_right(one, answers[one.name][:3]) for one in met),
        "cited_twice": {"asked": len(twice), "answered": sum(bool(answers[one.name]) for one in twice)},
        "wrong": [_shown(one, answers[one.name]) for one in met if one not in right],
        "unanswered": [one.name for one in asked if not answers[one.name]],
        "not_asked": [one.name for one in gold if one not in asked],
    }


def cited_with(name: str, document: Document) -> bool:
    """Whether the document has the name with a citation near it in the same sentence."""
    words = surface_words(name)
    pattern = re.compile(r"\b" + r"[\s-]*".join(map(re.escape, words)) + r"s?\b", re.IGNORECASE)
    spans = [callout.span for callout in document.callouts]
    return any(
        _joined(document.text, min(found.end(), span.end), max(found.start(), span.start))
        for found in pattern.finditer(document.text)
        for span in spans
    )


def _joined(text: str, end: int, start: int) -> bool:
    """Whether what lies between two places is short and ends no sentence."""
    between = text[end:start]
    return start - end <= NEAR and re.search(r"[.?!]\s+[A-Z]|\n\n", between) is None


def answered(store: GraphReader, name: str, thresholds: BeliefThresholds) -> list[CitedWork]:
    """The works that the program names, best first; none for a name that it does not know."""
    try:
        found = who_introduced(store, name, thresholds).introductions
    except UnknownNameError:
        return []
    return [_work(one) for one in found]


def _work(found: Introduction) -> CitedWork:
    paper = found.paper
    return CitedWork(first_author=next(iter(paper.authors), ""), year=paper.year, title=paper.title)


def _is_right(gold: GoldName, answers: Sequence[CitedWork]) -> bool:
    return any(same_work(answer, work) for answer in answers for work in gold.works)


def _cites(document: Document, gold: GoldName) -> bool:
    return any(_is_right(gold, [_cited(reference)]) for reference in document.references)


def _cited(reference: Reference) -> CitedWork:
    author = next(iter(reference.authors), "")
    return CitedWork(first_author=author, year=reference.year, title=reference.title)


def _shown(gold: GoldName, answers: Sequence[CitedWork]) -> dict[str, object]:
    return {
        "name": gold.name,
        "answers": [f"{one.first_author} {one.year}: {one.title}" for one in answers[:3]],
        "gold": sorted({normalised_title(work.title) for work in gold.works}),
    }


def explain(store: GraphReader, name: str) -> None:
    """Prints each paper that may have introduced it, however doubted, with every quote for and against."""
    everything = BeliefThresholds(accepted=1.0, proposed=0.0)
    try:
        found = who_introduced(store, name, everything).introductions
    except UnknownNameError as error:
        sys.exit(f"benchmarks.attribution: {error}")
    for one in _facts(found):
        print_fact(fact_provenance(store, one))
        print()
    if not found:
        print(f"no paper is said to have introduced {name}")


def _facts(found: Sequence[Introduction]) -> Iterator[str]:
    for one in found:
        yield Fact(subject_id=one.paper.id, predicate=Predicate.INTRODUCES, object_id=one.entity.id).id


if __name__ == "__main__":
    main()
