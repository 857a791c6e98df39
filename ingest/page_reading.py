"""The pages of one file: what their text layers say, and what OCR reads where they say nothing."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.drafts import Draft
from ingest.files import check_is_pdf, file_hash, is_cut_off
from ingest.limits import ReadingLimits, tesseract_version, took_too_long
from ingest.pages.active_content import ActiveContent
from ingest.pages.engine_errors import engine_errors
from ingest.pages.opening import check_pages, has_lost_contents, opened
from ingest.pages.page_text import PageText
from ingest.pages.text_layer import read_page
from ingest.scans.recognition import needs_recognition, recognised
from records import PageSource, UnreadablePdfError

if TYPE_CHECKING:
    import pymupdf

OWN_SHARE = 0.95  # of the time limit: so that OCR is ended in good order before its worker is killed
_OUT_OF_MEMORY = re.compile(r"malloc|calloc|realloc|out of memory|compression bomb", re.IGNORECASE)


def read_layers(path: Path, limits: ReadingLimits) -> Draft:
    """The file's text layers; raises UnreadablePdfError with a one-line reason where they cannot be had."""
    check_is_pdf(path)
    identity = file_hash(path)
    with opened(path, limits) as pdf:
        pages, waiting, active = [], [], ActiveContent()
        active.look_at_document(pdf)
        for text, waits in _layers(pdf, path.name, limits, active):
            pages.append(text)
            if waits:
                waiting.append(text.number)
        check_pages(path, pdf, pages, waiting=waiting)
        metadata = {key: value for key, value in (pdf.metadata or {}).items() if isinstance(value, str)}
    draft = Draft(
        identity=identity,
        name=path.name,
        metadata=metadata,
        pages=tuple(pages),
        waiting=tuple(waiting),
        notes=(*active.said(), *_cut_off(path)),
    )
    if waiting and tesseract_version() == "none":
        return draft.with_pages(_without_text(page) for page in draft.waiting_pages())
    if len(waiting) > limits.max_ocr_pages:
        raise UnreadablePdfError(
            f"{path.name}: {len(waiting)} pages for OCR, more than the limit of {limits.max_ocr_pages}; "
            "split it, or raise the limit if it is worth it"
        )
    return draft


def recognise_pages(
    path: Path, layers: Sequence[PageText], limits: ReadingLimits, *, identity: str
) -> tuple[PageText, ...]:
    """The pages of these text layers as OCR reads them; the file must still be that of the hash."""
    if not layers:
        return ()
    if file_hash(path) != identity:
        raise UnreadablePdfError(f"{path.name}: the file has changed while it was read")
    until = time.monotonic() + OWN_SHARE * limits.timeout_seconds
    try:
        with opened(path, limits) as pdf:
            return tuple(_recognised(pdf, layer, limits, until=until) for layer in layers)
    except TimeoutError as error:
        raise UnreadablePdfError(f"{path.name}: {took_too_long(limits)}") from error


def _recognised(pdf: "pymupdf.Document", layer: PageText, limits: ReadingLimits, *, until: float) -> PageText:
    try:
        return recognised(pdf.load_page(layer.number - 1), layer, limits, until=until)
    except engine_errors() as error:
        _raise_if_out_of_memory(error)
        return _without_text(layer)


def _without_text(layer: PageText) -> PageText:
    return replace(layer, lines=(), turned=(), source=PageSource.NONE)


def _raise_if_out_of_memory(error: Exception) -> None:
    if _OUT_OF_MEMORY.search(str(error)):
        raise MemoryError from error


def _layers(
    pdf: "pymupdf.Document", name: str, limits: ReadingLimits, active: ActiveContent
) -> Iterator[tuple[PageText, bool]]:
    """Yields each page's text layer, and whether OCR has to read the page."""
    characters = 0
    for index in range(pdf.page_count):
        try:
            page = pdf.load_page(index)
            text, waits = _layer(page, index + 1, limits)
            active.look_at_page(page)
        except engine_errors() as error:
            _raise_if_out_of_memory(error)
            text, waits = _damaged(index + 1), False
        characters += sum(len(line.text) for line in text.lines)
        if characters > limits.max_characters:
            raise UnreadablePdfError(f"{name}: more than {limits.max_characters} characters, the limit")
        yield text, waits


def _layer(page: "pymupdf.Page", number: int, limits: ReadingLimits) -> tuple[PageText, bool]:
    text = read_page(page, number)
    if not text.lines and has_lost_contents(page):
        return _damaged(number), False
    if not needs_recognition(page, text):
        return text, False
    if not limits.allow_picture(text.width, text.height):
        return replace(text, source=PageSource.NONE), False
    return text, True


def _cut_off(path: Path) -> Iterator[str]:
    if is_cut_off(path):
        yield "the file is cut off at its end, after its pages"


def _damaged(number: int) -> PageText:
    return PageText(number=number, width=0.0, height=0.0, source=PageSource.NONE, damaged=True)
