"""What the PDF engine alone gives of a paper's gold text: the mark for structured reading."""

from collections.abc import Sequence
from pathlib import Path

import pymupdf

from benchmarks.gold_text import TextScore, text_score


def raw_score(path: Path, paragraphs: Sequence[Sequence[str]]) -> TextScore | None:
    """The score of the raw text, where a run is found whether line-end hyphens are joined or kept."""
    with pymupdf.open(path) as pdf:
        text = "\n".join(page.get_text() for page in pdf)
    joined, kept = text.replace("-\n", ""), text.replace("-\n", "-")
    return text_score([joined, kept], paragraphs)
