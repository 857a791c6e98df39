"""How well scans are read: papers made into pictures, read by OCR, and compared with their own text.

`python -m benchmarks.scans --papers FOLDER [--pages 3] [--limit 5] [--every 2 --from 0]` takes pages of every
paper, makes scans of them at 150, 200 and 300 dpi, clean and degraded (1.2 degrees askew, noise, JPEG), reads
them, and prints CER and WER per paper and condition, with the means over pages; `order_share` is the part of
the character errors that comes from the order of lines alone, and `cer_without_formulas` is that of the lines
that have none, in the digital order. What counts as prose is said in
`benchmarks.scan_errors`. Errors are counted page by page, so that a lost column shows. Pages per CPU second
count tesseract's time, which runs in child processes. Papers and scans are opened in a limited worker alone.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.limited_worker import Call, limited_worker, measured_reading
from benchmarks.made_scans import CONDITIONS, Condition, spread_pages, write_scan, write_selection
from benchmarks.scan_errors import PageErrors, page_errors
from ingest import ReadingLimits
from ingest.reader import read_pdf

COLUMNS = {True: "two columns", False: "one column"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A paper read under a condition: its pages' errors, and what reading it cost."""

    paper: str
    condition: Condition
    pages: tuple[PageErrors, ...]
    page_count: int
    cpu_seconds: float


def main() -> None:
    """Measures, and prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--pages", type=int, default=3, help="of every paper")
    parser.add_argument("--limit", type=int, default=None, help="papers, after --every and --from")
    parser.add_argument("--every", type=int, default=1, help="2: every other paper in sorted order")
    parser.add_argument("--from", type=int, default=0, dest="first", help="where --every begins to count")
    parser.add_argument("--conditions", nargs="*", default=[], help='such as "300 clean"; all if not given')
    given = parser.parse_args()
    papers = sorted(given.papers.glob("*.pdf"))[given.first :: given.every][: given.limit]
    conditions = [one for one in CONDITIONS if not given.conditions or one.name in given.conditions]
    print(json.dumps(report(list(readings(papers, conditions, pages=given.pages))), indent=2))


def readings(papers: Sequence[Path], conditions: Sequence[Condition], *, pages: int) -> Iterator[Reading]:
    """Every paper under every condition."""
    with TemporaryDirectory() as folder, limited_worker(ReadingLimits()) as call:
        for paper in papers:
            digital = Path(folder) / "digital.pdf"
            call(write_selection, paper, call(spread_pages, paper, pages), digital)
            for condition in conditions:
                reading = read_scan(paper.stem, digital, condition, folder=Path(folder), call=call)
                print(paper.stem, condition.name, figures([reading]), file=sys.stderr)
                yield reading


def read_scan(paper: str, digital: Path, condition: Condition, *, folder: Path, call: Call) -> Reading:
    """The digital pages against a scan of them; `call` has PDFs opened in the worker."""
    scan = folder / "scan.pdf"
    call(write_scan, digital, condition, scan)
    own_text = call(read_pdf, digital, ReadingLimits())  # first, so that no scan pays for what is loaded once
    read = call(measured_reading, scan, ReadingLimits())
    errors = page_errors(own_text, read.document, tilt_degrees=condition.tilt_degrees)
    return Reading(
        paper=paper,
        condition=condition,
        pages=tuple(errors),
        page_count=len(read.document.pages),
        cpu_seconds=read.cpu_seconds,
    )


def report(taken: Sequence[Reading]) -> dict[str, object]:
    """Figures per paper and condition, and the means of each condition over one- and two-column pages."""
    papers = sorted({reading.paper for reading in taken})
    conditions = sorted({reading.condition for reading in taken}, key=CONDITIONS.index)
    return {
        "papers": [
            {
                "paper": paper,
                **{one.condition.name: figures([one]) for one in taken if one.paper == paper},
            }
            for paper in papers
        ],
        "mean": {
            condition.name: by_columns([one for one in taken if one.condition == condition])
            for condition in conditions
        },
    }


def by_columns(taken: Sequence[Reading]) -> dict[str, object]:
    """The figures of all pages, and of those in one and in two columns."""
    pages = [page for reading in taken for page in reading.pages]
    split = {name: [page for page in pages if page.narrow is narrow] for narrow, name in COLUMNS.items()}
    return {**figures(taken), **{name: errors_of(found) for name, found in split.items() if found}}


def figures(taken: Sequence[Reading]) -> dict[str, float]:
    """Error rates and speed of the readings together."""
    seconds = sum(reading.cpu_seconds for reading in taken) or 1e-9
    pages = [page for reading in taken for page in reading.pages]
    speed = sum(reading.page_count for reading in taken) / seconds
    return {**errors_of(pages), "pages_per_cpu_second": round(speed, 3)}


def errors_of(pages: Sequence[PageErrors]) -> dict[str, float]:
    """Rates over all characters of the pages; `worst_page` is the CER of the worst of them."""
    characters = sum(page.characters for page in pages) or 1
    edits = sum(page.edits for page in pages)
    in_order = sum(page.edits_in_order for page in pages)
    return {
        "pages": len(pages),
        "cer": round(edits / characters, 4),
        "wer": round(sum(page.word_edits for page in pages) / (sum(page.words for page in pages) or 1), 4),
        "cer_without_formulas": round(
            sum(page.plain_edits for page in pages) / (sum(page.plain_characters for page in pages) or 1), 4
        ),
        "worst_page": round(max((page.edits / page.characters for page in pages), default=0.0), 4),
        "order_share": round(1 - in_order / edits, 3) if edits else 0.0,
    }


if __name__ == "__main__":
    main()
