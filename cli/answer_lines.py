"""The lines that answers for people are made of: headings, quotes and cells, on a terminal of any width."""

from collections.abc import Mapping
from typing import Protocol

from rich.text import Text

from cli.rendering import output
from cli.terminal_text import one_line
from graph import EntitySummary, PaperSummary, Quote
from records import Predicate, Standing

AUTHORS_SHOWN = 4
ID_DIGITS = 12


def line(text: str, *, indent: int = 0, style: str = "") -> None:
    """Prints the text, wrapped at the console's width, with every row indented."""
    console = output()
    margin = Text(" " * indent)
    for row in Text(one_line(text), style=style).wrap(console, console.width - indent):
        console.print(margin + row)


def cell(text: str) -> Text:
    """The text as a table's cell."""
    return Text(one_line(text))


def print_quote(quote: Quote, *, document_names: Mapping[str, str], indent: int = 3) -> None:
    """Prints the quote, and below it where it stands and how sure its reading is."""
    line(f"“{quote.quote}”", indent=indent, style="italic")
    document_name = document_names.get(quote.document, quote.document[:ID_DIGITS])
    parts = (
        f"page {quote.page} of {document_name}",
        quote.section,
        quote.kind,
        f"confidence {quote.confidence:.2f}",
        f"job {quote.job[:ID_DIGITS]}",
    )
    line(" · ".join(part for part in parts if part), indent=indent + 2, style="dim")


def headline(paper: PaperSummary) -> str:
    """A paper's title, with its year where that is known."""
    return f"{paper.title} ({paper.year})" if paper.year is not None else paper.title


def byline(paper: PaperSummary) -> str:
    """A paper's first authors, and whether it was read or is only cited."""
    shown = ", ".join(paper.authors[:AUTHORS_SHOWN]) or "unknown authors"
    more = " et al." if len(paper.authors) > AUTHORS_SHOWN else ""
    return f"{shown}{more} · {paper.status}"


def named(entity: EntitySummary) -> str:
    """An entity's name and type."""
    return f"{entity.name} ({entity.type})"


class Believed(Protocol):
    """What answers tell a belief and a standing of."""

    @property
    def belief(self) -> float:
        """In [0, 1]."""

    @property
    def standing(self) -> Standing:
        """By the thresholds that the question was asked with."""


def belief(found: Believed) -> str:
    """A belief as it is shown, with its standing where it is not accepted: "0.52, proposed"."""
    standing = "" if found.standing is Standing.ACCEPTED else f", {found.standing}"
    return f"{found.belief:.2f}{standing}"


def verb(predicate: Predicate) -> str:
    """A predicate as a word: "compares against"."""
    return predicate.value.lower().replace("_", " ")
