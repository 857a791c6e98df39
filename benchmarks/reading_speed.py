"""What reading costs, beside what other readers cost on the same pages in the same run.

`python -m benchmarks.speed reading --papers FOLDER ... [--rounds 3] [--peers 5]` reads every paper in turn
with each reader, all in one worker process such as the program's, and takes the least CPU time of the rounds
for each paper. `structured` is the whole reading of this project, from the file to the document; `raw` is
PyMuPDF's `page.get_text()`, the least that can be done; pypdfium2's text and pymupdf4llm's Markdown, which is
slow and therefore read only from the first `--peers` papers, are the peers. `pages_to_raw` is the pages per
CPU second in those of raw over the same papers, `paper_median` the median of that over the papers.
"""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import pymupdf
import pypdfium2

from benchmarks.limited_worker import Call, cpu_seconds, limited_worker
from ingest import ReadingLimits
from ingest.reader import read_pdf

with contextlib.redirect_stdout(sys.stderr):  # it advertises itself
    import pymupdf4llm

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SLOW = "pymupdf4llm"

Reader = Callable[[Path], int]


def main(arguments: Sequence[str]) -> None:
    """Measures, and prints one JSON object."""
    parser = argparse.ArgumentParser(prog="benchmarks.speed reading", description=__doc__)
    parser.add_argument("--papers", nargs="+", type=Path, default=[SAMPLES], metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=int, default=5, help="papers that the slow peer reads")
    given = parser.parse_args(arguments)
    papers = [path for folder in given.papers for path in sorted(folder.glob("*.pdf"))]
    with limited_worker(ReadingLimits()) as call:
        print(json.dumps(report(papers, call, rounds=given.rounds, slow_papers=given.peers), indent=2))


def report(papers: Sequence[Path], call: Call, *, rounds: int, slow_papers: int) -> dict[str, object]:
    """Every reader's pages per CPU second, alone and in those of the raw text of the same papers.

    Papers without a text layer are left out: what OCR costs is measured by `benchmarks.scans`.
    """
    born_digital = [paper for paper in papers if call(raw_characters, paper)]
    pages = {paper: call(read_raw, paper) for paper in born_digital}
    seconds = costs(born_digital, call, rounds=rounds, slow_papers=slow_papers)
    return {
        "papers": len(born_digital),
        "pages": sum(pages.values()),
        **{name: figures(cost, seconds["raw"], pages) for name, cost in seconds.items()},
    }


def raw_characters(paper: Path) -> int:
    """How many characters the text layer has."""
    with pymupdf.open(paper) as pdf:
        return sum(len(page.get_text()) for page in pdf)


def costs(
    papers: Sequence[Path], call: Call, *, rounds: int, slow_papers: int
) -> dict[str, dict[Path, float]]:
    """The least CPU seconds of each reader for each paper."""
    seconds: dict[str, dict[Path, float]] = {name: {} for name in READERS}
    for place, paper in enumerate(papers):
        names = [name for name in READERS if name != SLOW or place < slow_papers]
        for name in names * rounds:
            cost = call(cost_of, name, paper)
            seconds[name][paper] = min(cost, seconds[name].get(paper, cost))
        print(paper.name, {name: round(seconds[name][paper], 3) for name in names}, file=sys.stderr)
    return seconds


def cost_of(name: str, paper: Path) -> float:
    """The CPU seconds of reading the paper once with the reader of that name."""
    reader = READERS[name]
    began = cpu_seconds()
    reader(paper)
    return cpu_seconds() - began


def figures(
    cost: dict[Path, float], raw: dict[Path, float], pages: dict[Path, int]
) -> dict[str, float | int]:
    """Pages per CPU second, and that in units of the raw text's, over the papers that the reader has read."""
    count = sum(pages[paper] for paper in cost)
    spent = sum(cost.values())
    return {
        "pages": count,
        "pages_per_cpu_second": round(count / spent, 2) if spent else 0.0,
        "pages_to_raw": round(sum(raw[paper] for paper in cost) / spent, 4) if spent else 0.0,
        "paper_median": round(median(raw[paper] / cost[paper] for paper in cost), 4) if spent else 0.0,
    }


def read_structured(paper: Path) -> int:
    """Reads as the program does."""
    return len(read_pdf(paper, ReadingLimits()).pages)


def read_raw(paper: Path) -> int:
    """Reads the text of every page."""
    with pymupdf.open(paper) as pdf:
        for page in pdf:
            page.get_text()
        return int(pdf.page_count)


def read_pypdfium2(paper: Path) -> int:
    """Reads the text of every page with PDFium."""
    pdf = pypdfium2.PdfDocument(paper)
    try:
        for index in range(len(pdf)):
            page = pdf[index]
            textpage = page.get_textpage()
            textpage.get_text_bounded()
            textpage.close()
            page.close()
        return len(pdf)
    finally:
        pdf.close()


def read_pymupdf4llm(paper: Path) -> int:
    """Reads Markdown."""
    return len(pymupdf4llm.to_markdown(str(paper), page_chunks=True, show_progress=False))


READERS: dict[str, Reader] = {
    "structured": read_structured,
    "raw": read_raw,
    "pypdfium2": read_pypdfium2,
    SLOW: read_pymupdf4llm,
}
