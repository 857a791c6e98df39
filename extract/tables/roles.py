"""What the rows and columns of a table stand for, where its header and caption decide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from records import Caption, Cell, Document, Span, Table

MOST_LABEL = 60
"""Characters of a cell that is a name, a figure or a measure; a hostile one may have millions."""

_NUMBER = re.compile(r"[^\w]*[-+±]?\d*[.,]?\d+ ?%?(?:[^A-Za-z]|[kKmMBG]\b)*$")
_NOTHING = re.compile(r"(?:[-–—/?∗*]|n/?a|N/?A)?$")
_RESULT = re.compile(
    r"\b(?:results?|performances?|accurac\w*|compar\w*|F-?1|F-?scores?|precision|recall|BLEU|ROUGE|METEOR|"
    r"evaluation|scores?|MAP|MRR|AUC|perplexit\w*|error|state-of-the-art|Pearson|Spearman|correlations?|MSE|"
    r"Acc|EM|P@\d+|[Hh]its?@\d+)\b",
    re.IGNORECASE,
)
_NO_RESULT = re.compile(
    r"\b(?:statistics|details? of|dataset description|number of|distribution|"
    r"hyper-?parameters?|settings|examples?|"
    r"notations?|vocabulary|sizes?|confusion|case study|sample|annotat\w+|error analysis|attention weights?|"
    r"feature templates?|running time|training time|complexity)\b",
    re.IGNORECASE,
)
_ABLATION = re.compile(
    r"\b(?:ablations?|variants?|effects?|impacts?|influence|contributions?|different (?:\w+ )?(?:settings?|"
    r"strateg\w+|components?|features?|layers?|configurations?|embeddings?|numbers?)|with or without|without|"
    r"removing|feature sets?)\b",
    re.IGNORECASE,
)
_SYSTEMS = re.compile(
    r"\b(?:methods?|models?|systems?|approach(?:es)?|algorithms?|classifiers?|networks?|baselines?|teams?|"
    r"parsers?|taggers?|architectures?)\b",
    re.I,
)
_DATA = re.compile(r"\b(?:data ?sets?|corpus|corpora|benchmarks?|collections?|domains?|test sets?)\b", re.I)
_METRIC = re.compile(
    r"^\W*(?:(?:macro|micro|avg|average|dev|test|mean|weighted|overall|"
    r"total)[\s.-]*)*(?:acc(?:uracy)?|f-?\d?|f-?score|f-?measure|"
    r"p(?:rec(?:ision)?)?|r(?:ec(?:all)?)?|bleu(?:-?\d)?|rouge(?:-?\w+)?|rg-?\w+|r-[124l]|meteor|"
    r"cider|map|mrr|auc|ppl|perplexity|err(?:or)?s?(?: rate)?|"
    r"em|exact match|p@\d+|hits?@\d+|pearson'?s?|spearman'?s?|r|ρ|τ|mse|mae|rmse|ter|wer|"
    r"cer|las|uas|kappa|time|speed|params?|"
    r"top-?\d|score|precision@\d+|ndcg(?:@\d+)?)\W*(?:\W*\(?%\)?)?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of numbers: the cell that names it, its cells, and what part of the text it covers."""

    label: Cell
    cells: tuple[Cell, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRoles:
    """A table with its caption's text, as rows of numbers under headers.

    `signals` say what header and caption tell of the table as a whole.
    """

    table: Table
    caption: str
    caption_span: Span | None
    rows: tuple[Row, ...]
    headers: tuple[Cell, ...]
    signals: frozenset[str]


def table_roles(document: Document) -> Iterator[TableRoles]:
    """Yields the tables of which at least two rows have a name and numbers, in text order."""
    captions = {caption.label: caption for caption in document.captions}
    for table in document.tables:
        rows = tuple(_rows(document, table))
        if len(rows) > 1:
            yield _roles(document, table, captions.get(table.label) if table.label else None, rows)


def _roles(document: Document, table: Table, caption: Caption | None, rows: tuple[Row, ...]) -> TableRoles:
    said = " ".join(document.text[caption.span.start : caption.span.end].split()) if caption else ""
    headers = tuple(cell for cell in table.cells if cell.header and len(cell.span))
    corner = " ".join(text_of(document, cell) for cell in headers if cell.column == 0)
    header_text = " ".join(text_of(document, cell) for cell in headers)
    signals = {
        name
        for name, found in {
            "table of results": _RESULT.search(said) or any(is_metric(text_of(document, h)) for h in headers),
            "table of no results": _NO_RESULT.search(said),
            "table of parts": _ABLATION.search(said),
            "corner says systems": _SYSTEMS.search(corner),
            "corner says data": _DATA.search(corner),
            "header says systems": _SYSTEMS.search(header_text),
            "caption says compared": re.search(r"\bcompar", said, re.IGNORECASE),
            "caption says baselines": re.search(
                r"\bbaselines?|\bstate-of-the-art|\bprevious", said, re.IGNORECASE
            ),
            "caption says ours": re.search(r"\b(?:our|proposed)\b", said, re.IGNORECASE),
            "no caption": not said,
        }.items()
        if found
    }
    return TableRoles(
        table=table,
        caption=said,
        caption_span=caption.span if caption else None,
        rows=rows,
        headers=headers,
        signals=frozenset(signals),
    )


def text_of(document: Document, cell: Cell) -> str:
    """A cell's text in one line."""
    return " ".join(document.text[cell.span.start : cell.span.end].split())


def is_number(text: str) -> bool:
    """Whether a cell holds a figure ("83.4", "83.4*", "1,280")."""
    return 0 < len(text) <= MOST_LABEL and _NUMBER.match(text) is not None


def is_metric(text: str) -> bool:
    """Whether a header names a measure ("Acc.", "Macro-F1", "P@10")."""
    return len(text) <= MOST_LABEL and _METRIC.match(text) is not None


def says_systems(text: str) -> bool:
    """Whether a header says that what stands below it are systems ("Model", "Methods")."""
    return len(text) <= MOST_LABEL and _SYSTEMS.fullmatch(text) is not None


def _rows(document: Document, table: Table) -> Iterator[Row]:
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if not cell.header and len(cell.span):
            by_row.setdefault(cell.row, []).append(cell)
    for _, cells in sorted(by_row.items()):
        cells.sort(key=lambda cell: cell.column)
        label, rest = cells[0], cells[1:]
        written = text_of(document, label)
        figures = [cell for cell in rest if is_number(text_of(document, cell))]
        if figures and not is_number(written) and not _NOTHING.match(written) and len(written) <= MOST_LABEL:
            span = Span(start=min(c.span.start for c in cells), end=max(c.span.end for c in cells))
            yield Row(label=label, cells=tuple(cells), span=span)
