"""Files of SciER's format as passages of natural text, with the mentions and relations marked on them.

A line is a JSON object: `doc_id`; `sentence`, tokens apart by spaces; `ner`, pairs of surface and type; and
`rel_plus`, triples of "surface:Type", relation, "surface:Type". A sentence may hold nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from benchmarks.natural_text import NaturalText, natural_text
from extract.recognition.recogniser import FoundMention, FoundRelation
from records import EntityType, RelationType
from training.corpora import scier
from training.sentences import LabelledSentence


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """A sentence as printed, and what people have marked on it."""

    document: str
    text: NaturalText
    mentions: tuple[FoundMention, ...]
    relations: tuple[FoundRelation, ...]


def labelled_texts(path: Path) -> Iterator[LabelledText]:
    """Yields the sentences of a file of SciER's format, in its order."""
    with path.open(encoding="utf-8") as lines:
        for line, sentence in zip(lines, scier.sentences(path), strict=True):
            yield _labelled(natural_text(json.loads(line)["sentence"].split()), sentence)


def passages(texts: Iterator[LabelledText]) -> list[list[LabelledText]]:
    """The sentences in runs of the same document."""
    return [list(group) for _, group in groupby(texts, key=lambda text: text.document)]


def _labelled(text: NaturalText, sentence: LabelledSentence) -> LabelledText:
    return LabelledText(
        document=sentence.document,
        text=text,
        mentions=tuple(
            FoundMention(
                start=text.words[span.start].start,
                end=text.words[span.end - 1].end,
                type=EntityType(span.type),
                confidence=1.0,
            )
            for span in sentence.spans
        ),
        relations=tuple(
            FoundRelation(head=each.head, tail=each.tail, type=RelationType(each.type), confidence=1.0)
            for each in sentence.relations
        ),
    )
