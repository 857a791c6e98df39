"""A PDF as text: one string, and everything else pointing into it by spans."""

from dataclasses import dataclass
from enum import StrEnum

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

    A word hyphenated at a line end is whole in the text and split between two lines' spans.
    """

    span: Span
    page: int
    box: Box


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
    ("3.2", "A") or empty. Sections of a document lie side by side and cover its text.
    """

    span: Span
    heading: Span
    number: str
    title: str
    kind: SectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An entry of the bibliography.

    `id` is unique in its document ("r12"); `number` is the printed one where entries are numbered. What
    could not be told apart in the entry is empty (authors, title) or None. Authors are names as printed,
    in order.
    """

    id: str
    span: Span
    number: int | None
    authors: tuple[str, ...]
    year: int | None
    title: str
    doi: str | None
    arxiv_id: str | None


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
