"""How well entities and the relations between them are recognised.

`python -m benchmarks.recognition --scier FILE.jsonl [--model default]` recognises the sentences of a file of
SciER's format (see `benchmarks.labelled_text`), as they would be printed, and prints

- `entities`: exact spans of the right type, in all (`micro`), by type, and apart for names that the model was
  trained on and others (`seen`, `unseen`: those of the recogniser's `trained_names`, or of `--seen-names`);
- `relations`: `end_to_end`, where both spans, both types and the relation must be right, and
  `gold_entities`, between the marked mentions; null where the file marks no relation, or where the
  recogniser cannot be asked about given mentions;
- `sentences_per_second`, by the clock, after a first passage that is not counted;
- `empty_sentences`: how many of the sentences without any mention were left empty.

Only the types that occur in the file are scored. Relations count once a sentence between the same names.

`python -m benchmarks.recognition --pipeline` measures what is lost where the same text is read from a PDF:
see `benchmarks.real_reading`.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Protocol, TypedDict, cast, runtime_checkable

from benchmarks.chosen_recogniser import opened
from benchmarks.dictionary_recogniser import DictionaryRecogniser
from benchmarks.labelled_text import LabelledText, labelled_texts, passages
from benchmarks.recognition_scores import (
    EmptyFigures,
    EntityFigures,
    entity_scores,
    marked,
    relation_scores,
    surface,
)
from benchmarks.span_scores import Scores
from extract.recognition.recogniser import FoundMention, FoundRelation, Recogniser

STEPS = Path(__file__).resolve().parents[1] / "training" / "data" / "steps-dev.jsonl"


@runtime_checkable
class Relates(Protocol):
    """A recogniser that can be asked for the relations between mentions that are given."""

    def relations_between(
        self, passages: Sequence[Sequence[str]], mentions: Sequence[Sequence[Sequence[FoundMention]]]
    ) -> list[list[tuple[FoundRelation, ...]]]:
        """The relations of each sentence of each passage, between its mentions."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures, and prints one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scier", type=Path, default=STEPS, metavar="FILE", help="default: our own steps")
    parser.add_argument(
        "--model", default="default", help="as in the settings, or dictionary:FILE of SciER's format"
    )
    parser.add_argument(
        "--seen-names", type=Path, metavar="FILE", help="of SciER's format: what was trained on"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pipeline", action="store_true", help="from PDF instead of from text")
    parser.add_argument(
        "--papers", nargs="*", type=Path, default=[], metavar="FOLDER", help="of --pipeline: PDFs"
    )
    parser.add_argument(
        "--corpus", nargs="*", type=Path, default=[], metavar="FILE", help="of --pipeline: their text"
    )
    given = parser.parse_args(arguments)
    recogniser = opened(given.model, threads=given.threads)
    if given.pipeline:
        from benchmarks import real_reading

        read = real_reading.report(recogniser, given.scier, papers=given.papers, corpora=given.corpus)
        print(json.dumps(read, indent=2))
    else:
        names = seen_names(recogniser, given.seen_names)
        print(json.dumps(report(recogniser, given.scier, seen_names=names), indent=2))


def seen_names(recogniser: Recogniser, path: Path | None) -> frozenset[str]:
    """The names of a training file, else those that the recogniser says it was trained on, else none."""
    if path:
        return DictionaryRecogniser.of_file(path).trained_names
    return frozenset(map(surface, getattr(recogniser, "trained_names", ())))


class RelationFigures(TypedDict):
    """What is printed of relations, null where it cannot be known."""

    end_to_end: Scores | None
    gold_entities: Scores | None


class Figures(TypedDict):
    """What is printed of a file."""

    entities: EntityFigures
    relations: RelationFigures
    sentences_per_second: float
    empty_sentences: EmptyFigures


def report(recogniser: Recogniser, path: Path, *, seen_names: frozenset[str]) -> Figures:
    """All figures of a file of SciER's format."""
    documents = passages(labelled_texts(path))
    plain = [[text.text.text for text in passage] for passage in documents]
    recogniser.recognise(plain[:1])
    began = time.perf_counter()
    found = [held for passage in plain for held in recogniser.recognise([passage])[0]]
    seconds = time.perf_counter() - began
    texts = list(chain.from_iterable(documents))
    types = marked(texts)
    print(f"{path}: {len(texts)} sentences, {len(documents)} passages, {recogniser.name}", file=sys.stderr)
    entities = entity_scores(texts, found, types=types, seen_names=seen_names)
    end_to_end = [(each.mentions, each.relations) for each in found]
    between_gold = given_mentions_related(recogniser, documents)
    return {
        "entities": entities.report(),
        "relations": {
            "end_to_end": relation_scores(texts, end_to_end, types=types),
            "gold_entities": relation_scores(texts, between_gold, types=types) if between_gold else None,
        },
        "sentences_per_second": round(len(texts) / seconds, 1),
        "empty_sentences": entities.empty_report(),
    }


Related = list[tuple[Sequence[FoundMention], Sequence[FoundRelation]]]


def given_mentions_related(
    recogniser: Recogniser, documents: Sequence[Sequence[LabelledText]]
) -> Related | None:
    """The marked mentions of every sentence, and what the recogniser says of them; None if it cannot."""
    if not isinstance(recogniser, Relates):
        return None
    plain = [[text.text.text for text in passage] for passage in documents]
    mentions = [[text.mentions for text in passage] for passage in documents]
    relations = recogniser.relations_between(plain, mentions)
    return cast(
        "Related",
        list(zip(chain.from_iterable(mentions), chain.from_iterable(relations), strict=True)),
    )


if __name__ == "__main__":
    main()
