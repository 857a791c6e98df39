"""A graph as lines of text and back: the same lines whichever store holds the graph."""

from graph.exchange.exporting import export_lines
from graph.exchange.importing import CheckedExport, ImportCounts, checked_export, import_export
from graph.exchange.lines import Header, header_of

__all__ = [
    "CheckedExport",
    "Header",
    "ImportCounts",
    "checked_export",
    "export_lines",
    "header_of",
    "import_export",
]
