"""The papers of corpora of full text: their sentences, and the mentions that people have marked, if any."""

import gzip
import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from benchmarks.labelled_text import LabelledText
from benchmarks.natural_text import natural_text
from extract.recognition.recogniser import FoundMention
from records import EntityType

TYPES = {
    "method": EntityType.METHOD,
    "task": EntityType.TASK,
    "dataset": EntityType.DATASET,
    "material": EntityType.DATASET,
    "metric": EntityType.METRIC,
}
"""Ours for those of the corpora, as far as there is one; SciNLP's tools have none."""

_SECTION_MARKS = ("section :", "subsection :", "subsubsection :", "document :")
Row = dict[str, Any]
Marks = Sequence[tuple[int, int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusPaper:
    """A paper's sentences as tokens, each with the first token, end and type of what people have marked."""

    id: str
    rows: tuple[tuple[list[str], Marks], ...]

    @property
    def sentences(self) -> tuple[LabelledText, ...]:
        """The sentences as they would be printed, with the mentions whose types are ours too."""
        return tuple(_labelled(self.id, tokens, marks) for tokens, marks in self.rows if tokens)


def corpus_papers(path: Path) -> Iterator[CorpusPaper]:
    """Yields the papers of a file of SciREX (`words`), SciNLP (`doc_key`) or ScisummNet (`sections`).

    Files are JSON lines, compressed where their names end in .gz or .xz. SciREX's marks of sections are left
    out.
    """
    with opened(path) as lines:
        for line in lines:
            row = json.loads(line)
            kind = next(key for key in ("words", "doc_key", "id") if key in row)
            name, sentences = {"words": _scirex, "doc_key": _scinlp, "id": _scisumm}[kind](row)
            yield CorpusPaper(id=name, rows=tuple(sentences))


def opened(path: Path) -> TextIO:
    """A file's text, decompressed by its name's ending."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _scirex(row: Row) -> tuple[str, Iterator[tuple[list[str], Marks]]]:
    def sentences() -> Iterator[tuple[list[str], Marks]]:
        for start, end in row["sentences"]:
            tokens = row["words"][start:end]
            if not " ".join(tokens).startswith(_SECTION_MARKS):
                inside = [(a - start, b - start, kind) for a, b, kind in row["ner"] if start <= a < b <= end]
                yield tokens, inside

    return row["doc_id"], sentences()


def _scinlp(row: Row) -> tuple[str, Iterator[tuple[list[str], Marks]]]:
    def sentences() -> Iterator[tuple[list[str], Marks]]:
        offset = 0
        for tokens, marked in zip(row["sentences"], row["ner"], strict=True):
            inside = [(a - offset, b + 1 - offset, kind) for a, b, kind in marked]
            yield tokens, [mark for mark in inside if 0 <= mark[0] < mark[1] <= len(tokens)]
            offset += len(tokens)

    return row["doc_key"], sentences()


def _scisumm(row: Row) -> tuple[str, Iterator[tuple[list[str], Marks]]]:
    sentences = (text for section in row["sections"] for text in section["sentences"])
    return row["id"], ((text.split(), ()) for text in sentences)


def _labelled(document: str, tokens: list[str], marks: Marks) -> LabelledText:
    text = natural_text(tokens)
    mentions = []
    for start, end, kind in sorted(marks):
        known = TYPES.get(kind.lower())
        first, last = text.token_words[start][0], text.token_words[end - 1][1]
        if known and first < last:
            place = {"start": text.words[first].start, "end": text.words[last - 1].end}
            mentions.append(FoundMention(**place, type=known, confidence=1.0))
    return LabelledText(document=document, text=text, mentions=tuple(mentions), relations=())
