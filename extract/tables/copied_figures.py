"""Which figures of a table the paper says that others obtained."""

import re
from collections.abc import Sequence
from itertools import islice

from extract.tables.names import cites, folded, is_ours

_OF_OTHERS = (
    r"(?:retrieved|copied|taken|cited|borrowed|quoted|reported (?:in|by)|"
    r"from (?:the )?(?:original|published|their))"
)
_FIGURES = r"(?:results?|performances?|numbers|scores|figures)"
_OF_BASELINES = re.compile(
    rf"\b{_FIGURES} (?:of|for) (?:the )?(?:other |previous |competing |compared )?"
    rf"(?:baselines?|methods|models|systems|approaches)[^.]{{0,40}} (?:are|were) {_OF_OTHERS}",
    re.IGNORECASE,
)
_OF_THE_CITED = re.compile(
    rf"\b(?:take|took|cite|copy|copied|quote|report) (?:the )?{_FIGURES} "
    rf"(?:reported |published )?(?:in|from|by)\b|\bother (?:published|reported) {_FIGURES}",
    re.IGNORECASE,
)
MOST_AROUND = 300
"""Characters of a sentence before and behind the label of the table that it names."""
MOST_SENTENCES = 50
"""About one table; a hostile text may name it without end."""

_DENIES = re.compile(r"\b(?:not|cannot|never|no)\b", re.IGNORECASE)
_MARKS = "*∗†‡§♮♯⋆"


def said_of(text: str, label: str) -> str:
    """The first sentences of a text that name a table by its label and deny nothing, in one line."""
    if not label:
        return ""
    sentences = []
    for found in islice(re.finditer(rf"{re.escape(label)}(?!\w)", text), MOST_SENTENCES):
        before = text[max(0, found.start() - MOST_AROUND) : found.start()].rpartition(".")[2]
        behind = text[found.end() : found.end() + MOST_AROUND].partition(".")[0]
        sentences.append(" ".join(f"{before}{label}{behind}".split()))
    return " . ".join(sentence for sentence in sentences if not _DENIES.search(sentence))


class CopiedFigures:
    """Judges the rows of a table, given by their `labels`, by its caption and by what text says of it.

    Where it is said that figures of others are copied, those are the rows that cite a work; where it is said
    of all baselines and a row bears a name of the paper's own, also those above it. `own_names` are folded.
    """

    def __init__(self, caption: str, said: str, labels: Sequence[str], own_names: frozenset[str]) -> None:
        self._caption = caption
        told = f"{caption} . {said}"
        baselines, cited = _OF_BASELINES.search(told), _OF_THE_CITED.search(told)
        own = [is_ours(label) or any(name in folded(label) for name in own_names) for label in labels]
        above = own.index(True) if any(own) else 0
        self._of_others = frozenset(
            label
            for place, label in enumerate(labels)
            if not own[place] and ((baselines and place < above) or ((baselines or cited) and cites(label)))
        )

    def holds(self, label: str, cell: str) -> bool:
        """Whether the figure in a cell of the row of that label is one of others."""
        return is_marked(self._caption, label + cell) or label in self._of_others


def is_marked(caption: str, cells: str) -> bool:
    """Whether the caption says that figures with a mark that the cells bear are others'."""
    for mark in (mark for mark in _MARKS if mark in cells):
        sign = re.escape(mark)
        if re.search(rf"{sign}[^.]{{0,60}}\b{_OF_OTHERS}|\b{_OF_OTHERS}[^.]{{0,40}}{sign}", caption):
            return True
    return False
