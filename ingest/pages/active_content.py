"""What a PDF carries besides its pages: attached files, scripts, hidden layers. It is counted, never used."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.pages.engine_errors import engine_errors

if TYPE_CHECKING:
    import pymupdf

MOST_NODES = 1000  # of the tree that names a file's scripts
_POINTER = re.compile(r"(\d{1,9}) \d{1,5} R")
_SCRIPT = re.compile(r"/S\s*/JavaScript\b")
_LAUNCH = re.compile(r"/S\s*/Launch\b")
_FILE_ATTACHMENT, _WIDGET, _SCREEN = 17, 21, 22  # the engine's numbers for kinds of annotations


@dataclass(slots=True)
class ActiveContent:
    """Counts what a file carries besides its pages; look at the document once, and at each of its pages."""

    attachments: int = 0
    scripts: int = 0
    launches: int = 0
    hidden_layers: int = 0

    def look_at_document(self, pdf: "pymupdf.Document") -> None:
        """Counts what belongs to the file as a whole."""
        try:
            self.attachments += pdf.embfile_count()
            catalog = pdf.pdf_catalog()
            for key in ("OpenAction", "AA"):
                self._look_at_action(pdf, catalog, key)
            self.scripts += _named_scripts(pdf, catalog)
            if pdf.xref_get_key(catalog, "OCProperties")[0] != "null":
                self.hidden_layers += sum(not group["on"] for group in pdf.get_ocgs().values())
        except engine_errors():
            return  # damage here costs nothing: the pages may be sound

    def look_at_page(self, page: "pymupdf.Page") -> None:
        """Counts what hangs on the page."""
        pdf = page.parent
        try:
            self._look_at_action(pdf, page.xref, "AA")
            for xref, kind, _ in page.annot_xrefs():
                if kind == _FILE_ATTACHMENT:
                    self.attachments += 1
                elif kind in (_WIDGET, _SCREEN):
                    self._look_at_action(pdf, xref, "A")
                    self._look_at_action(pdf, xref, "AA")
        except engine_errors():
            return

    def said(self) -> tuple[str, ...]:
        """One sentence for each kind that was found."""
        found = (
            (self.attachments, "attached file", "attached files"),
            (self.scripts, "JavaScript action", "JavaScript actions"),
            (self.launches, "action that starts a program", "actions that start programs"),
            (self.hidden_layers, "hidden layer", "hidden layers"),
        )
        return tuple(f"ignored {count} {one if count == 1 else many}" for count, one, many in found if count)

    def _look_at_action(self, pdf: "pymupdf.Document", xref: int, key: str) -> None:
        """Counts the actions under the key: one, or a dictionary of them; pointers are followed once."""
        kind, value = pdf.xref_get_key(xref, key)
        if kind == "null":
            return
        pointers = [int(number) for number in _POINTER.findall(value)][:MOST_NODES]
        written = [value] if kind != "xref" else []
        written += [pdf.xref_object(number, compressed=True) for number in pointers]
        for action in written:
            self.scripts += len(_SCRIPT.findall(action))
            self.launches += len(_LAUNCH.findall(action))


def _named_scripts(pdf: "pymupdf.Document", catalog: int) -> int:
    """How many scripts the file's tree of names has."""
    kind, root = pdf.xref_get_key(catalog, "Names/JavaScript")
    if kind == "null":
        return 0
    found, waiting, seen = 0, [root], 0
    while waiting and seen < MOST_NODES:
        seen += 1
        node = waiting.pop()
        if pointer := _POINTER.fullmatch(node):
            node = pdf.xref_object(int(pointer[1]), compressed=True)
        names, _, _ = node.partition("/Kids")
        found += len(_POINTER.findall(names)) if "/Names" in names else 0
        found += len(_SCRIPT.findall(names))
        waiting += [match.group() for match in _POINTER.finditer(node.partition("/Kids")[2])]
    return found
