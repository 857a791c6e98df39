"""Opening a PDF, with a reason of its own for each way in which that can fail."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.files import is_cut_off
from ingest.limits import ReadingLimits
from ingest.pages.engine_errors import engine_errors
from ingest.pages.page_text import PageText
from records import UnreadablePdfError

if TYPE_CHECKING:
    import pymupdf

MOST_TREE_NODES = 10_000  # of the page tree, looked at in search of a circle
MOST_BLANK_PAGES = 20  # of a file without text, unpacked in search of a reason
MOST_UNPACKED_MIB = 64  # instructions of a real page are a thousandth of that
TRUNCATED = "truncated, the file ends before its pages do; fetch it again"
CIRCLE = "damaged, its page tree runs in a circle; save it anew with another program"
NO_PAGE = "damaged, no page can be found in it; fetch it again"
BOMB = "unpacks to an absurd size and shows no text, as a decompression bomb does; leave it out"
_POINTER = re.compile(r"(\d{1,9}) \d{1,5} R")


def opened(path: Path, limits: ReadingLimits) -> "pymupdf.Document":
    """The opened file; raises UnreadablePdfError where it is locked, damaged, truncated or too long."""
    import pymupdf

    try:
        # Bytes, because the engine does not open files whose names are no UTF-8.
        pdf = pymupdf.open(stream=path.read_bytes(), filetype="pdf")
    except engine_errors() as error:
        damage = TRUNCATED if is_cut_off(path) else "damaged, cannot be opened as a PDF; fetch it again"
        raise UnreadablePdfError(f"{path.name}: {damage}") from error
    if pdf.needs_pass:
        raise UnreadablePdfError(f"{path.name}: encrypted, needs a password; save a copy without one")
    count = _page_count(pdf)
    if count == 0:
        raise UnreadablePdfError(f"{path.name}: {_why_no_page(pdf, path)}")
    if count > limits.max_pages:
        raise UnreadablePdfError(
            f"{path.name}: {count} pages, more than the limit of {limits.max_pages}; "
            "split it, or raise the limit if it is worth it"
        )
    return pdf


def check_pages(
    path: Path, pdf: "pymupdf.Document", pages: Sequence[PageText], *, waiting: Collection[int]
) -> None:
    """Raises UnreadablePdfError where no page could be read, or where a truncated file has lost some.

    `waiting` are the numbers of the pages without text that OCR has yet to read.
    """
    if is_cut_off(path):
        silent = (page for page in pages if not page.lines and page.number not in waiting)
        if lost := sum(1 for _ in silent):
            raise UnreadablePdfError(
                f"{path.name}: truncated, {lost} of its {len(pages)} pages are lost; fetch it again"
            )
    if all(page.damaged for page in pages):
        unreadable = "damaged, none of its pages can be read; fetch it again"
        raise UnreadablePdfError(f"{path.name}: {CIRCLE if _runs_in_a_circle(pdf) else unreadable}")
    if not waiting and not any(page.lines for page in pages) and _is_bomb(pdf):
        raise UnreadablePdfError(f"{path.name}: {BOMB}")


def _is_bomb(pdf: "pymupdf.Document") -> bool:
    """Whether the first pages' instructions unpack to what no page needs, or the engine stops at that."""
    unpacked = 0
    for index in range(min(MOST_BLANK_PAGES, pdf.page_count)):
        try:
            for xref in pdf.load_page(index).get_contents():
                unpacked += len(pdf.xref_stream(xref) or b"")
        except engine_errors() as error:
            if "compression bomb" in str(error):
                return True
        if unpacked > MOST_UNPACKED_MIB * 1024**2:
            return True
    return False


def has_lost_contents(page: "pymupdf.Page") -> bool:
    """Whether the page of a repaired file points at drawing instructions that are not there."""
    pdf = page.parent
    return pdf.is_repaired and not all(pdf.xref_is_stream(xref) for xref in page.get_contents())


def _page_count(pdf: "pymupdf.Document") -> int:
    """How many pages the file claims; none where its claim is absurd."""
    try:
        count: int = pdf.page_count
    except engine_errors():
        return 0
    return max(count, 0)


def _why_no_page(pdf: "pymupdf.Document", path: Path) -> str:
    if is_cut_off(path):
        return TRUNCATED
    return CIRCLE if _runs_in_a_circle(pdf) else NO_PAGE


def _runs_in_a_circle(pdf: "pymupdf.Document") -> bool:
    """Whether a node of the page tree is found below itself, or by two ways."""
    try:
        waiting = _pointers(pdf, pdf.pdf_catalog(), "Pages")
        seen: set[int] = set()
        while waiting and len(seen) < MOST_TREE_NODES:
            node = waiting.pop()
            if node in seen:
                return True
            seen.add(node)
            waiting += _pointers(pdf, node, "Kids")
    except engine_errors():
        pass
    return False


def _pointers(pdf: "pymupdf.Document", xref: int, key: str) -> list[int]:
    return [int(number) for number in _POINTER.findall(pdf.xref_get_key(xref, key)[1])]
