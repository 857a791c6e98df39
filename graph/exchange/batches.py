"""Rows gathered on their way into a transaction."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from graph.exchange.lines import Values
from graph.store import GraphTransaction

BATCH: Final = 2_000


@dataclass(slots=True)
class Batches:
    """Rows on their way into a transaction, gathered by the statement that writes them."""

    transaction: GraphTransaction
    _rows: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))

    def add(self, statement: str, row: Values) -> None:
        """The row is written soon."""
        rows = self._rows[statement]
        rows.append(row)
        if len(rows) >= BATCH:
            self._write(statement)

    def write(self) -> None:
        """Writes all that waits."""
        for statement in list(self._rows):
            self._write(statement)

    def _write(self, statement: str) -> None:
        self.transaction.run(statement, {"rows": self._rows.pop(statement)})
