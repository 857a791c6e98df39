"""How well papers are read, against their gold text, headings and references.

`python -m benchmarks.reading --papers FOLDER ... --gold FOLDER ...` reads every paper of the folders that
has a gold file of the same stem, and prints the figures per paper and their means. A gold file is JSON with
`paragraphs` (each a list of runs of plain prose between formulas and citations), `headings` and `references`
(whole entries, or titles alone); what it lacks, or has as null, gives null and is left out of the mean.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from pydantic import TypeAdapter

from benchmarks.gold_structure import heading_score, reference_score
from benchmarks.gold_text import TextScore, text_score
from benchmarks.limited_worker import Reading, limited_worker, measured_reading
from benchmarks.raw_text import raw_score
from canonicalize.citation_places import resolved_share
from ingest import ReadingLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What is known of a paper to be true."""

    paragraphs: list[list[str]] | None = None
    headings: list[str] | None = None
    references: list[str] | None = None


Figures = dict[str, float | None]


def main() -> None:
    """Measures, and prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", nargs="+", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--gold", nargs="+", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--only", nargs="*", default=[], metavar="STEM", help="of these papers alone")
    given = parser.parse_args()
    papers = [
        (paper, gold)
        for paper, gold in with_gold(given.papers, given.gold)
        if not given.only or paper.stem in given.only
    ]
    if not papers:
        sys.exit("no paper in --papers has a gold file of its stem in --gold")
    print(json.dumps(report(papers), indent=2))


def with_gold(papers: Sequence[Path], gold: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """The papers that have a gold file, with it."""
    files = {path.stem: path for folder in gold for path in sorted(folder.glob("*.json"))}
    for folder in papers:
        for paper in sorted(folder.glob("*.pdf")):
            if paper.stem in files:
                yield paper, files[paper.stem]


class Report(TypedDict):
    """The figures of every paper, and their means."""

    papers: list[dict[str, str | float | None]]
    mean: Figures


def report(papers: Sequence[tuple[Path, Path]]) -> Report:
    """The figures of every paper, and their means."""
    limits = ReadingLimits()
    rows: list[tuple[str, Figures]] = []
    with limited_worker(limits) as call:
        call(measured_reading, papers[0][0], limits)  # so that no paper pays for what is loaded only once
        for paper, gold_file in papers:
            gold = TypeAdapter(Gold).validate_json(gold_file.read_bytes())
            reading = call(measured_reading, paper, limits)
            raw = call(raw_score, paper, gold.paragraphs or [])
            rows.append((paper.stem, {**figures(reading, gold), **raw_figures(raw)}))
            print(paper.stem, rows[-1][1], file=sys.stderr)
    means: Figures = {key: mean([row[key] for _, row in rows]) for key in rows[0][1]}
    return {"papers": [{"paper": name, **row} for name, row in rows], "mean": means}


def figures(reading: Reading, gold: Gold) -> Figures:
    """All figures of one paper; None for what the gold does not know."""
    document = reading.document
    text = text_score([document.text], gold.paragraphs or [])
    headings, references = gold.headings, gold.references
    entries = reference_score(document, references) if references else None
    return rounded(
        {
            "word": text.word if text else None,
            "char": text.char if text else None,
            "order": text.order if text else None,
            "heading_f1": heading_score(document, headings).f1 if headings else None,
            "reference_precision": entries.precision if entries else None,
            "reference_recall": entries.recall if entries else None,
            "reference_f1": entries.f1 if entries else None,
            "callouts_resolved": resolved_share(document),
            "pages_per_cpu_second": len(document.pages) / reading.cpu_seconds,
        }
    )


def raw_figures(raw: TextScore | None) -> Figures:
    """The peer's: the engine's own text of the same paper."""
    return rounded({"raw_word": raw.word if raw else None, "raw_char": raw.char if raw else None})


def rounded(row: Figures) -> Figures:
    """The figures to four places."""
    return {key: None if value is None else round(value, 4) for key, value in row.items()}


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of the values that are known."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None


if __name__ == "__main__":
    main()
