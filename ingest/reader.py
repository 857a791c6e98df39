"""One PDF read into a Document; runs in a worker process, because the file may be hostile."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.bibliography import with_entries
from ingest.blocks import Role, look_of
from ingest.callouts import callouts_in
from ingest.cited_works import Cited, surname
from ingest.files import check_is_pdf, file_hash
from ingest.front_matter import FrontMatter, front_first, front_matter
from ingest.grouping import blocks_of
from ingest.headings import with_headings
from ingest.hyphens import word_use
from ingest.limits import ReadingLimits, tesseract_version
from ingest.margins import without_margins
from ingest.ocr import needs_recognition, recognised
from ingest.page_text import PageText
from ingest.reading_text import ReadingText, as_lines, as_pages, reading_text
from ingest.reference_fields import fields_of
from ingest.sections import sections_of
from ingest.text_layer import read_page
from records import Document, PageSource, Reference, Section, SectionKind, Span, UnreadablePdfError

if TYPE_CHECKING:
    import pymupdf

_OUT_OF_MEMORY = re.compile(r"malloc|calloc|realloc|out of memory", re.IGNORECASE)


def read_pdf(path: Path, limits: ReadingLimits) -> Document:
    """The document in the file; raises UnreadablePdfError with a one-line reason where there is none."""
    check_is_pdf(path)
    identity = file_hash(path)
    with _opened(path, limits) as pdf:
        pages = list(_pages(pdf, path.name, limits))
        metadata = {key: value for key, value in (pdf.metadata or {}).items() if isinstance(value, str)}
    bodies = without_margins(pages)
    look = look_of(bodies)
    blocks = with_entries(front_first(with_headings(blocks_of(bodies, look), look)))
    use = word_use(line.text for body in bodies for line in body.lines)
    reading = reading_text(blocks, look=look, use=use)
    if not reading.text.strip():
        raise UnreadablePdfError(f"{path.name}: {_why_empty(pages)}")
    cited = tuple(_cited(reading))
    front = front_matter(
        blocks,
        [line for body in bodies for line in body.margin],
        metadata=metadata,
        newest=max((entry.reference.year for entry in cited if entry.reference.year), default=None),
    )
    return _document(identity, path.name, reading, front=front, cited=cited, pages=pages)


def _document(
    identity: str,
    name: str,
    reading: ReadingText,
    *,
    front: FrontMatter,
    cited: Sequence[Cited],
    pages: Sequence[PageText],
) -> Document:
    sections = sections_of(reading.text, reading.passages)
    return Document(
        id=identity,
        name=name,
        text=reading.text,
        title=front.title,
        authors=front.authors,
        year=front.year,
        doi=front.doi,
        arxiv_id=front.arxiv_id,
        pages=as_pages(pages, reading.lines, length=len(reading.text)),
        lines=as_lines(reading.lines),
        sections=sections,
        references=tuple(entry.reference for entry in cited),
        callouts=callouts_in(reading.text, cited, within=_running_text(sections), marks=reading.marks),
        warnings=tuple(_warnings(pages)),
    )


def _engine_errors() -> tuple[type[Exception], ...]:
    """What the PDF engine raises for damage; its own errors are no common Python ones."""
    import pymupdf

    return (pymupdf.mupdf.FzErrorBase, pymupdf.FileDataError, RuntimeError, ValueError, IndexError)


def _opened(path: Path, limits: ReadingLimits) -> "pymupdf.Document":
    import pymupdf

    try:
        # Bytes, because the engine does not open files whose names are no UTF-8.
        pdf = pymupdf.open(stream=path.read_bytes(), filetype="pdf")
        if pdf.needs_pass:
            raise UnreadablePdfError(f"{path.name}: encrypted, needs a password to open")
        count = pdf.page_count
    except _engine_errors() as error:
        raise UnreadablePdfError(f"{path.name}: damaged, cannot be opened as a PDF") from error
    if count == 0:
        raise UnreadablePdfError(f"{path.name}: damaged, no page can be found in it")
    if count > limits.max_pages:
        raise UnreadablePdfError(f"{path.name}: {count} pages, more than the limit of {limits.max_pages}")
    return pdf


def _pages(pdf: "pymupdf.Document", name: str, limits: ReadingLimits) -> Iterator[PageText]:
    characters = 0
    for index in range(pdf.page_count):
        try:
            text = _page(pdf.load_page(index), index + 1, limits)
        except _engine_errors() as error:
            if _OUT_OF_MEMORY.search(str(error)):
                raise MemoryError from error
            text = PageText(number=index + 1, width=0.0, height=0.0, source=PageSource.NONE)
        characters += sum(len(line.text) for line in text.lines)
        if characters > limits.max_characters:
            raise UnreadablePdfError(f"{name}: more than {limits.max_characters} characters, the limit")
        yield text


def _page(page: "pymupdf.Page", number: int, limits: ReadingLimits) -> PageText:
    text = read_page(page, number)
    return recognised(page, text, limits) if needs_recognition(page, text) else text


def _why_empty(pages: Sequence[PageText]) -> str:
    if all(page.source is not PageSource.NONE for page in pages):
        return "no text in it that a person could see"
    if tesseract_version() == "none":
        return "no text in it; if its pages are pictures, install tesseract to read them"
    return "no text in it, and OCR found none in its pictures"


def _cited(reading: ReadingText) -> Iterator[Cited]:
    for index, passage in enumerate((p for p in reading.passages if p.role is Role.ENTRY), start=1):
        fields = fields_of(reading.text[passage.span.start : passage.span.end])
        reference = Reference(
            id=f"r{index}",
            span=passage.span,
            number=int(fields.label) if fields.label.isdigit() else None,
            authors=fields.authors,
            year=fields.year,
            title=fields.title,
            doi=fields.doi,
            arxiv_id=fields.arxiv_id,
        )
        yield Cited(
            reference=reference,
            label=fields.label,
            year_letter=fields.year_letter,
            surnames=tuple(filter(None, (surname(author) for author in fields.authors))),
        )


def _running_text(sections: Sequence[Section]) -> list[Span]:
    return [section.span for section in sections if section.kind is not SectionKind.REFERENCES]


def _warnings(pages: Sequence[PageText]) -> Iterator[str]:
    unseen: Counter[str] = Counter()
    for page in pages:
        unseen.update({str(reason): count for reason, count in page.unseen.items()})
    for reason, count in sorted(unseen.items()):
        if count:
            yield f"left out {count} characters {reason}"
    for wording, numbers in (
        ("read by OCR", [page.number for page in pages if page.source is PageSource.OCR]),
        (
            "text that an OCR program had put under the page image",
            [page.number for page in pages if page.hidden_layer],
        ),
        ("no text that could be read", [page.number for page in pages if page.source is PageSource.NONE]),
    ):
        if numbers:
            yield (
                f"{wording}: page {_ranges(numbers)}"
                if len(numbers) == 1
                else f"{wording}: pages {_ranges(numbers)}"
            )


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers with runs drawn together: "1-3, 7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in parts)
