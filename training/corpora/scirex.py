"""SciREX (Jain et al., 2020): whole papers with mentions of methods, materials, tasks and metrics.

Mentions were found by a tagger and corrected, so that many are missing: good for a head of its own only.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from training.sentences import LabelledSentence, spans_of, words_of_tokens

MARKERS = ("section :", "subsection :", "subsubsection :")
SHARED_WITH_SCIER = ("16028acc", "3070a1bd")
"""Beginnings of the ids of documents that stand in SciER's train as well; two more are found by their text."""


def sentences(path: Path, *, without: frozenset[str] = frozenset()) -> Iterator[LabelledSentence]:
    """Yields the sentences of a gzipped file, but for section marks and documents in `without`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            if paper["doc_id"] not in without:
                yield from _sentences_of(paper)


def _sentences_of(paper: dict) -> Iterator[LabelledSentence]:
    mentions = sorted(paper["ner"])
    for start, end in paper["sentences"]:
        tokens = paper["words"][start:end]
        if " ".join(tokens).startswith(MARKERS):
            continue
        words, places = words_of_tokens(tokens)
        inside = [(a - start, b - start, name) for a, b, name in mentions if start <= a < b <= end]
        yield LabelledSentence(
            corpus="scirex",
            document="scirex:" + paper["doc_id"],
            words=tuple(words),
            spans=tuple(spans_of(places, inside)),
        )
