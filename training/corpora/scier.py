"""SciER (Zhang et al., 2024): sentences of full papers with datasets, methods, tasks and nine relations.

Spans and relations are given by their surface forms. Forms stand in the order of their mentions, so that
each is the first occurrence after the one before it.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from training.sentences import LabelledRelation, LabelledSentence, LabelledSpan, spans_of, words_of_tokens

SYMMETRIC = frozenset({"Compare-With", "Synonym-Of"})


def sentences(path: Path, corpus: str = "scier") -> Iterator[LabelledSentence]:
    """Yields the sentences of a file of SciER's format, in its order."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            tokens = row["sentence"].split()
            words, places = words_of_tokens(tokens)
            marked = list(aligned(tokens, row["ner"]))
            spans = spans_of(places, marked)
            names = [(" ".join(tokens[start:end]), name) for start, end, name in marked]
            relations, uncertain = resolved(row.get("rel_plus", []), names, spans)
            yield LabelledSentence(
                corpus=corpus,
                document=str(row["doc_id"]),
                words=tuple(words),
                spans=tuple(spans),
                relations=tuple(relations),
                uncertain=tuple(uncertain),
            )


def aligned(tokens: Sequence[str], entities: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    """Yields first token, end and type of each entity: the first occurrence that overlaps no earlier one."""
    position = 0
    for surface, name in entities:
        wanted = surface.split()
        width = len(wanted)
        for start in range(position, len(tokens) - width + 1):
            if list(tokens[start : start + width]) == wanted:
                yield start, start + width, name
                position = start + width
                break


def resolved(
    rows: Sequence[Sequence[str]], names: Sequence[tuple[str, str]], spans: Sequence[LabelledSpan]
) -> tuple[list[LabelledRelation], list[tuple[int, int]]]:
    """The relations between spans, each at the two nearest spans of the names, and the pairs left open."""
    relations, uncertain = [], []
    for head, kind, tail in rows:
        pairs = [
            (i, j)
            for i, j in product(_of_name(head, names), _of_name(tail, names))
            if i != j and max(i, j) < len(spans)
        ]
        if not pairs:
            continue
        nearest = min(pairs, key=lambda pair: (abs(spans[pair[0]].start - spans[pair[1]].start), pair))
        relations.append(LabelledRelation(head=nearest[0], tail=nearest[1], type=kind))
        uncertain += [pair for pair in pairs if pair != nearest]
    return relations, uncertain


def _of_name(name: str, names: Sequence[tuple[str, str]]) -> list[int]:
    surface, _, kind = name.rpartition(":")
    return [number for number, each in enumerate(names) if each == (surface, kind)]
