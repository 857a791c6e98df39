"""What is seen while papers are read: a bar on the terminal, and the outcomes so far."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.terminal_text import one_line
from flows.outcomes import DocumentOutcome
from records import JobOutput

NAME_WIDTH = 40


def _bar() -> Progress:
    columns = (
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    console = Console(file=sys.stderr)
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)


@dataclass(slots=True)
class IngestionProgress:
    """Listens to an ingestion, shows a bar where stderr is a terminal, and keeps the outcomes."""

    outcomes: list[DocumentOutcome] = field(default_factory=list)
    input_count: int = 0
    flow_run_url: str = ""
    _progress: Progress = field(default_factory=_bar)

    def __enter__(self) -> Self:
        self._progress.start()
        self._progress.add_task("looking for PDF files", total=None)
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def found(self, count: int) -> None:
        """The bar gets its length."""
        self.input_count = count
        self._describe("looking what is new", total=count)

    def began(self, path: Path) -> None:
        """The bar names the document in work."""
        self._describe(one_line(path.name)[:NAME_WIDTH])

    def wrote(self, output: JobOutput) -> None:
        """The bar shows documents, not facts."""

    def finished(self, outcome: DocumentOutcome) -> None:
        """The bar moves on."""
        self.outcomes.append(outcome)
        for task_id in self._progress.task_ids:
            self._progress.advance(task_id)

    def recorded(self, flow_run_url: str) -> None:
        """Remembers where the run can be looked at."""
        self.flow_run_url = flow_run_url

    def _describe(self, text: str, *, total: float | None = None) -> None:
        for task_id in self._progress.task_ids:
            self._progress.update(task_id, description=text, total=total)
