"""SciREX (Jain et al., 2020): whole papers with mentions of methods, materials, tasks and metrics.

Mentions were found by a tagger and corrected, so that many are missing: good for a head of its own only.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.sentences import LabelledSentence, spans_of, words_of_tokens

MARKERS = ("section :", "subsection :", "subsubsection :")
SHARED_WITH_SCIER = ("2d876ed1", "3a61d5fb", "16028acc", "3070a1bd")
"""How the ids begin of documents that SciER has too: the second in its dev, the others in its train."""


def sentences(path: Path, *, without: tuple[str, ...] = ()) -> Iterator[LabelledSentence]:
    """Yields a gzipped file's sentences, but for section marks and documents whose ids begin so."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            if not paper["doc_id"].startswith(without):
                yield from _sentences_of(paper)


def _sentences_of(paper: dict[str, Any]) -> Iterator[LabelledSentence]:
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
