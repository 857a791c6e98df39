"""Columns of query rows as records: rows are untyped where they leave a store, and typed from here on."""

from collections.abc import Mapping
from typing import TypeAlias, cast

from graph.answers import EntitySummary, PaperSummary, Quote
from records import EntityType, EvidenceKind, PaperStatus, Polarity

Columns: TypeAlias = Mapping[str, object]

PAPER_COLUMNS = """p.id AS paper, p.title AS title, p.year AS year, p.authors AS authors,
       p.status AS status"""
QUOTE_COLUMNS = """e.quote AS quote, e.pages AS pages, d.id AS document, e.section AS section,
       e.kind AS kind, e.polarity AS polarity, e.confidence AS confidence, e.job AS job,
       e.span_start AS span_start"""
ENTITY_COLUMNS = "o.id AS entity, o.name AS name, labels(o)[0] AS entity_type"


def text(row: Columns, column: str) -> str:
    """A text; what the graph does not have is empty."""
    return cast("str | None", row[column]) or ""


def number(row: Columns, column: str) -> float:
    """A number; what the graph does not have is 0."""
    return float(cast("float | None", row[column]) or 0.0)


def count(row: Columns, column: str) -> int:
    """A whole number; what the graph does not have is 0."""
    return cast("int | None", row[column]) or 0


def texts(row: Columns, column: str) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(cast("list[str] | None", row[column]) or ())


def numbers(row: Columns, column: str) -> tuple[float, ...]:
    """A list of numbers."""
    return tuple(cast("list[float] | None", row[column]) or ())


def pages(row: Columns) -> tuple[int, ...]:
    """The pages of a quote."""
    return tuple(cast("list[int] | None", row["pages"]) or ())


def paper_summary(row: Columns) -> PaperSummary:
    """The paper of a row with PAPER_COLUMNS."""
    return PaperSummary(
        id=text(row, "paper"),
        title=text(row, "title"),
        year=cast("int | None", row["year"]),
        authors=texts(row, "authors"),
        status=PaperStatus(text(row, "status")),
    )


def entity_summary(row: Columns) -> EntitySummary:
    """The entity of a row with ENTITY_COLUMNS."""
    return EntitySummary(
        id=text(row, "entity"), name=text(row, "name"), type=EntityType(text(row, "entity_type"))
    )


def quote(row: Columns) -> Quote:
    """The quote of a row with QUOTE_COLUMNS."""
    return Quote(
        quote=text(row, "quote"),
        page=min(pages(row), default=0),
        document=text(row, "document"),
        section=text(row, "section"),
        kind=EvidenceKind(text(row, "kind")),
        polarity=Polarity(text(row, "polarity")),
        confidence=number(row, "confidence"),
        job=text(row, "job"),
    )


def surest_first(row: Columns) -> tuple[float, str, int]:
    """The order of quotes: confidence, then the place, so that the order is always the same."""
    return -number(row, "confidence"), text(row, "document"), count(row, "span_start")
