"""Sentences of corpora as PDFs of two justified columns, whose lines break and hyphenate as in print."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import typst

from benchmarks.labelled_text import LabelledText

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SENTENCES, PARAGRAPH = 60, 5
"""At least so many sentences stand in a paper, and at most so many in one of its paragraphs."""

SOURCE = """
#import "paper.typ": paper
#let parts = json(bytes(sys.inputs.parts))
#show: paper.with(
  title: "On Sentences of Research Papers", venue: "Set for measuring",
  authors: ((name: "Mira Setter", place: "Press"),), abstract: [What follows is set from a corpus.],
)
#for (number, part) in parts.enumerate() [
  #heading("Part " + str(number + 1))
  #for paragraph in part [#paragraph #parbreak()]
]
"""


def papers_of(passages: Sequence[Sequence[LabelledText]]) -> Iterator[list[Sequence[LabelledText]]]:
    """Yields the passages in runs that make a paper each: a document, or several short ones."""
    paper: list[Sequence[LabelledText]] = []
    for passage in passages:
        paper.append(passage)
        if sum(map(len, paper)) >= SENTENCES:
            yield paper
            paper = []
    if paper:
        yield paper


def typeset(passages: Sequence[Sequence[LabelledText]]) -> bytes:
    """The PDF of the passages' sentences, a section each, always the same."""
    parts = [
        [
            " ".join(each.text.text for each in passage[start : start + PARAGRAPH])
            for start in range(0, len(passage), PARAGRAPH)
        ]
        for passage in passages
    ]
    typesetter = typst.Compiler(
        SOURCE.encode(),
        root=str(SAMPLES),
        font_paths=[],
        ignore_system_fonts=True,
        sys_inputs={"parts": json.dumps(parts)},
    )
    return cast("bytes", typesetter.compile())
