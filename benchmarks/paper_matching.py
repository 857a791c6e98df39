"""Which PDFs hold the papers of a corpus: those whose text shares most runs of seven words with theirs."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pymupdf

from benchmarks.corpus_papers import CorpusPaper
from benchmarks.limited_worker import Call

RUN, STEP = 7, 5
LEAST_SHARE = 0.4
_WORD = re.compile(r"[^\W\d_]+")


def matched(
    files: Sequence[Path], papers: Iterable[CorpusPaper], call: Call
) -> Iterator[tuple[Path, CorpusPaper]]:
    """Yields the files that hold a paper's text, with it; files are opened in the worker.

    Every fifth run of a paper is looked for.
    """
    holders: dict[int, set[Path]] = defaultdict(set)
    for path in files:
        for run in runs(call(raw_text, path)):
            holders[run].add(path)
    for paper in papers:
        looked_for = [run for tokens, _ in paper.rows for run in runs(" ".join(tokens))][::STEP]
        votes = Counter(path for run in looked_for for path in holders.get(run, ()))
        for path, count in votes.most_common(1):
            if count >= LEAST_SHARE * len(looked_for):
                yield path, paper


def runs(text: str) -> Iterator[int]:
    """Yields the hashes of the runs of seven words of letters, in whatever case."""
    words = _WORD.findall(text.lower())
    return (hash(tuple(words[start : start + RUN])) for start in range(len(words) - RUN + 1))


def raw_text(path: Path) -> str:
    """The engine's own text, with words joined over line ends."""
    with pymupdf.open(path) as pdf:
        return "\n".join(page.get_text() for page in pdf).replace("-\n", "")
