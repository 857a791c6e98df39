"""What the headers over a table's column say that its figures are: of which data, by which metric."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.tables.names import TableNames, folded, is_part_of_data
from extract.tables.roles import MOST_LABEL, is_metric, text_of
from records import Cell, Document, EntityType, Mention, Span

MOST_NAME = 6
"""Words of a data set's name in a header."""
MOST_KIND = 2
"""Words before a metric that say which kind of it is: "top-1 error", "Crawler Recall"."""

_WORD = re.compile(r"[^\s()\[\],;:↑↓%*†‡]+")
_DATA_WORD = re.compile(r"(?:data ?sets?|data|sets?|corpus|corpora|benchmarks?|on|the|in|of)$", re.IGNORECASE)
_F1 = re.compile(r"\bF-?(?:1|score|measure)?\b", re.IGNORECASE)
_SHORT = {"p": "precision", "prec": "precision", "r": "recall", "rec": "recall"}
_UNCLEAR = frozenset({"p", "r"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What is said of a column; `setting` is what is neither data set nor metric: "Test", "Entity"."""

    dataset: Mention | None = None
    metric: Mention | None = None
    setting: str = ""
    signals: frozenset[str] = frozenset()

    @property
    def said(self) -> tuple[str, str, str]:
        """The names of all three, folded, to tell columns apart."""
        names = (mention.surface if mention else "" for mention in (self.dataset, self.metric))
        dataset, metric = map(folded, names)
        return dataset, metric, folded(self.setting)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one header says: the words that are left over are `parts` of data, or `rest`."""

    dataset: Mention | None = None
    metric: Mention | None = None
    parts: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


class ColumnHeadings:
    """Reads the headers of one table; `headers` are all of them."""

    def __init__(self, document: Document, names: TableNames, headers: Sequence[Cell]) -> None:
        self._document, self._names, self._headers = document, names, headers
        written = [text_of(document, head) for head in headers]
        self._beside_f1, self._beside_rho = any(map(_F1.search, written)), "ρ" in written

    def over(self, column: int) -> Heading | None:
        """What the headers over a column say; None where there are none, or what they say is not understood.

        That is so where they name two data sets, a system, or words that stand for neither a data set nor a
        metric, and that do not tell apart figures of one metric.
        """
        heads = sorted(
            (cell for cell in self._headers if cell.column <= column < cell.column + cell.column_count),
            key=lambda cell: cell.row,
        )
        parts = [self._part(head) for head in heads]
        if not heads or any(part is None for part in parts):
            return None
        return self._combined([part for part in parts if part])

    def _combined(self, parts: Sequence[_Part]) -> Heading | None:
        datasets = [part.dataset for part in parts if part.dataset]
        metrics = [part.metric for part in parts if part.metric]
        rest = [part for part in parts if part.rest]
        if len(datasets) > 1 or len(metrics) > 2 or (rest and not self._tells_apart(rest, parts)):
            return None
        metric = metrics[-1] if metrics else None
        if len(metrics) == 2:
            metric = replace(metrics[1], surface=f"{metrics[0].surface} {metrics[1].surface}", expansion="")
        words = [word for part in parts for word in (*part.rest, *part.parts)]
        return Heading(
            dataset=datasets[0] if datasets else None,
            metric=metric,
            setting=" ".join(words),
            signals=frozenset(_signals(datasets, metrics, parts)),
        )

    def _tells_apart(self, rest: Sequence[_Part], parts: Sequence[_Part]) -> bool:
        """Whether words that are left over are common ones, over or under a header that names something."""
        alone = all(not part.dataset and not part.metric for part in rest)
        named = any(part.dataset or part.metric for part in parts)
        words = [word for part in rest for word in part.rest]
        return len(rest) == 1 and alone and named and all(map(self._names.is_common, words))

    def _part(self, head: Cell) -> _Part | None:
        text = text_of(self._document, head)
        if len(text) > MOST_LABEL:
            return None
        words = [
            Span(start=head.span.start + found.start(), end=head.span.start + found.end())
            for found in _WORD.finditer(self._names.written(head.span))
        ]
        if words and self._is_metric(text):
            metric = self._whole_metric(_joined(words), text)
            return _Part(metric=metric) if metric else None
        found, words = self._dataset(words)
        metric, words = self._metric(words)
        written = [self._names.written(word) for word in words]
        known = self._names.known(" ".join(written))
        if known and known.type in {EntityType.METHOD, EntityType.PREPROCESSING_STEP}:
            return None
        left = [word for word in written if not _DATA_WORD.match(word)]
        return _Part(
            dataset=found,
            metric=metric,
            parts=tuple(word for word in left if is_part_of_data(word)),
            rest=tuple(word for word in left if not is_part_of_data(word)),
        )

    def _whole_metric(self, span: Span, text: str) -> Mention | None:
        """The metric that is all of a header; "P", "R" and "r" only beside what tells their meaning."""
        mention = self._names.mention(span, EntityType.METRIC)
        short = text.strip(". ").casefold()
        if short not in _SHORT:
            return mention
        if self._beside_f1 or short not in _UNCLEAR:
            return replace(mention, expansion=_SHORT[short])
        return replace(mention, expansion="Pearson correlation") if self._beside_rho and text == "r" else None

    def _is_metric(self, text: str) -> bool:
        known = self._names.known(text)
        return is_metric(text) or (known is not None and known.type is EntityType.METRIC)

    def _dataset(self, words: list[Span]) -> tuple[Mention | None, list[Span]]:
        """The data set of the longest name in the words, and the words without it."""
        for first, last in _windows(len(words), MOST_NAME):
            span = _joined(words[first:last])
            written = self._names.written(span)
            if is_part_of_data(written) or _DATA_WORD.match(written):
                continue
            known = self._names.known(written)
            if known.type is EntityType.DATASET if known else self._names.is_said_to_be_data(written):
                return self._names.mention(span, EntityType.DATASET), words[:first] + words[last:]
        return None, words

    def _metric(self, words: list[Span]) -> tuple[Mention | None, list[Span]]:
        """The metric at the end of the words, with what says which kind of it is, and the words before."""
        end = len(words)
        while end and is_part_of_data(self._names.written(words[end - 1])):
            end -= 1
        for first in range(max(0, end - MOST_NAME), end):
            written = self._names.written(_joined(words[first:end]))
            if self._is_metric(written) and written.casefold() not in _SHORT:
                start = first
                while start and first - start < MOST_KIND and self._says_kind(words[start - 1]):
                    start -= 1
                kind = _joined(words[start:end])
                return self._names.mention(kind, EntityType.METRIC), words[:start] + words[end:]
        return None, words

    def _says_kind(self, word: Span) -> bool:
        written = self._names.written(word)
        return not (is_part_of_data(written) or _DATA_WORD.match(written) or written.isdigit())


def _signals(
    datasets: Sequence[Mention], metrics: Sequence[Mention], parts: Sequence[_Part]
) -> Iterator[str]:
    if datasets:
        yield "data set in header"
    if metrics:
        yield "metric in header"
    if len(metrics) > 1:
        yield "metric in two headers"
    if any(part.rest for part in parts):
        yield "setting in header"
    if any(part.parts for part in parts):
        yield "part of the data in header"
    if any(part.dataset and part.metric for part in parts):
        yield "one header says both"


def _windows(count: int, most: int) -> Iterator[tuple[int, int]]:
    """Yields first and last of the stretches of at most so many words, the longest first."""
    for length in range(min(count, most), 0, -1):
        for first in range(count - length + 1):
            yield first, first + length


def _joined(words: Iterable[Span]) -> Span:
    spans = list(words)
    return Span(start=spans[0].start, end=spans[-1].end)
