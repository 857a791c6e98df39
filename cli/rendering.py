"""Tables on the terminal: answers on stdout, everything else on stderr."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.plain_output import print_note
from cli.terminal_text import one_line
from flows.outcomes import DocumentOutcome, OutcomeState, in_words

STATE_STYLES = {
    OutcomeState.INGESTED: "green",
    OutcomeState.UNCHANGED: "dim",
    OutcomeState.REJECTED: "yellow",
    OutcomeState.FAILED: "red",
    OutcomeState.CRASHED: "bold red",
}
# Wide enough for a table that goes into a file or another program, which have no width of their own.
WIDTH_WITHOUT_TERMINAL = 160


def output() -> Console:
    """The console for answers; tables that go into files are not squeezed into 80 columns."""
    width = None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def table(*headings: str, numbers: Iterable[str] = ()) -> Table:
    """An empty table with plain lines; the headings among `numbers` are set to the right."""
    right = frozenset(numbers)
    empty = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        empty.add_column(heading, justify="right" if heading in right else "left", overflow="fold")
    return empty


def print_outcomes(outcomes: Sequence[DocumentOutcome]) -> None:
    """Prints the table of the documents and their sum in words."""
    counted = ("pages", "OCR pages", "mentions", "facts", "seconds")
    documents = table("file", *counted, "state", numbers=counted)
    for outcome in outcomes:
        documents.add_row(*_cells(outcome))
    console = output()
    if outcomes:
        console.print(documents)
    console.print(in_words(outcomes))


def _cells(outcome: DocumentOutcome) -> list[Text]:
    name = Text(one_line(Path(outcome.path).name or outcome.path))
    state = Text(outcome.state.value, style=STATE_STYLES[outcome.state])
    if not outcome.pages:
        return [name, *[Text("")] * 5, state]
    counts = (outcome.pages, outcome.ocr_pages, outcome.mentions, outcome.facts)
    return [name, *(Text(str(count)) for count in counts), Text(f"{outcome.seconds:.1f}"), state]


def print_reasons(outcomes: Iterable[DocumentOutcome]) -> None:
    """Prints a line for each input that did not get into the graph."""
    for outcome in outcomes:
        if outcome.state in {OutcomeState.REJECTED, OutcomeState.FAILED, OutcomeState.CRASHED}:
            name = Path(outcome.path).name
            # The reasons of the reading stage begin with the file's name already.
            said = outcome.reason if outcome.reason.startswith(name) else f"{outcome.path}: {outcome.reason}"
            print_note(f"{outcome.state}: {said}")


def print_rows(rows: Sequence[Mapping[str, object]]) -> None:
    """Prints the rows of a query as a table."""
    if not rows:
        print_note("no rows")
        return
    answer = table(*(one_line(heading) for heading in rows[0]))
    for row in rows:
        answer.add_row(*(Text(_cell(value)) for value in row.values()))
    output().print(answer)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_cell(item) for item in value)
    return one_line(str(value))
