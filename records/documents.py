"""A PDF as text: one string, and everything else pointing into it by spans."""

from dataclasses import dataclass
from enum import StrEnum

from records.character_edges import Stop, character_edges
from records.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page in PDF points, origin top left, y growing downwards."""

    x0: float
    y0: float
    x1: float
    y1: float


class PageSource(StrEnum):
    """Where a page's text comes from."""

    TEXT_LAYER = "text layer"
    OCR = "ocr"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page; `number` counts from 1, `width` and `height` are points, `span` is its part of the text."""

    number: int
    width: float
    height: float
    span: Span
    source: PageSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed line: the part of the text that it holds, and where it stands.

    A word hyphenated at a line end is whole in the text and split between two lines' spans. `stops` are
    offsets within the span and how far to the right they stand, as far as the file says: at least those
    of the span's ends.
    """

    span: Span
    page: int
    box: Box
    stops: tuple[Stop, ...] = ()

    def box_of(self, span: Span, text: str) -> Box:
        """The box of the part of the line that lies in the span, to hundredths of a point.

        `text` is the document's.
        """
        start = max(span.start, self.span.start) - self.span.start
        end = min(span.end, self.span.end) - self.span.start
        x0, x1 = self.box.x0, self.box.x1
        if self.stops and 0 <= start < end:
            edges = character_edges(text[self.span.start : self.span.end], self.stops)
            x0, x1 = edges[start], edges[end]
        return Box(x0=round(x0, 2), y0=round(self.box.y0, 2), x1=round(x1, 2), y1=round(self.box.y1, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedWord:
    """A word that OCR has read, and how sure it was, in [0, 1]."""

    span: Span
    confidence: float


class RegionKind(StrEnum):
    """What a part of the text is, where it is no running text."""

    FORMULA = "formula"
    TABLE = "table"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of the text that sentences do not run through; a label is a word or two of a figure."""

    span: Span
    kind: RegionKind


class CaptionKind(StrEnum):
    """What a caption describes."""

    FIGURE = "figure"
    TABLE = "table"
    ALGORITHM = "algorithm"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A caption with its label as printed, "Table 2", which begins its span."""

    span: Span
    kind: CaptionKind
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table's cell; `row` and `column` count from 0, `span` may be empty.

    A cell that reaches over several rows or columns stands once, at its first, and says how many.
    """

    row: int
    column: int
    row_count: int
    column_count: int
    header: bool
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as cells in row order; `label` is that of its caption ("Table 2") or empty."""

    span: Span
    page: int
    box: Box
    label: str
    row_count: int
    column_count: int
    cells: tuple[Cell, ...]


class SectionKind(StrEnum):
    """What a section is for, whatever its title says."""

    FRONT = "front"
    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    RELATED_WORK = "related work"
    METHOD = "method"
    DATA = "data"
    EXPERIMENTS = "experiments"
    RESULTS = "results"
    CONCLUSION = "conclusion"
    ACKNOWLEDGEMENTS = "acknowledgements"
    REFERENCES = "references"
    APPENDIX = "appendix"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section with its heading: `span` runs from the heading to the next one.

    `heading` is the heading's own span, empty for text before the first heading; `number` is as printed
    ("3.2", "A") or empty. `level` is 1 for the sections of the paper, 2 for their subsections and so on; a
    section's parent is the last one before it of a lower level. Sections of a document lie side by side
    and cover its text.
    """

    span: Span
    heading: Span
    number: str
    title: str
    kind: SectionKind
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An entry of the bibliography.

    `id` is unique in its document ("r12"); `number` is the printed one where entries are numbered. What
    could not be told apart in the entry is empty (authors, title, venue) or None. Authors are names as
    printed, in order.
    """

    id: str
    span: Span
    number: int | None
    authors: tuple[str, ...]
    year: int | None
    title: str
    doi: str | None
    arxiv_id: str | None
    venue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A place in the running text that points at one bibliography entry.

    A list such as "[3, 5]" is two callouts over one span. A name in running text ("Sennrich et al.
    (2016)") lies inside the span; `textual` tells that it is part of the sentence.
    """

    span: Span
    reference_id: str
    textual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One PDF as text; `id` is the SHA-256 of the file's bytes in hex.

    `text` is the reading text in reading order: normalised to NFC with ligatures opened, line-end hyphens
    joined, lines separated by single spaces or newlines, paragraphs by blank lines. Every span in the
    record points into it. `name` is the file's name, for people only. `year`, `doi` and `arxiv_id` are
    those of the paper itself, where the file says them. `warnings` say in words what was left out.
    `recognised` are the words of pages that OCR has read. Regions, captions, tables and these words stand
    in text order.
    """

    id: str
    name: str
    text: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    arxiv_id: str | None
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    callouts: tuple[Callout, ...]
    warnings: tuple[str, ...]
    regions: tuple[Region, ...] = ()
    captions: tuple[Caption, ...] = ()
    tables: tuple[Table, ...] = ()
    recognised: tuple[RecognisedWord, ...] = ()
