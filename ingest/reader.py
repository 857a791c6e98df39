"""One PDF read into a Document; runs in a worker process, because the file may be hostile."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.drafts import PAGES_AT_ONCE, Draft, chunks
from ingest.layout.blocks import Role, look_of
from ingest.layout.captions import captions_of, with_whole_captions
from ingest.layout.formulas import with_whole_formulas
from ingest.layout.grouping import blocks_of
from ingest.layout.hyphens import word_use
from ingest.layout.margins import without_margins
from ingest.layout.reading_text import ReadingText, as_lines, as_pages, reading_text
from ingest.layout.regions import regions_of
from ingest.limits import ReadingLimits
from ingest.page_reading import read_layers, recognise_pages
from ingest.report import warnings_of, why_empty
from ingest.scans.as_shown import as_shown, recognised_words
from ingest.structure.bibliographies import resolved_callouts
from ingest.structure.bibliography import with_entries
from ingest.structure.cited_works import Cited, surname
from ingest.structure.front_matter import FrontMatter, front_first, front_matter
from ingest.structure.headings import with_headings
from ingest.structure.reference_fields import fields_of
from ingest.structure.sections import sections_of
from ingest.tables.cells import tables_of
from ingest.tables.finding import with_tables
from records import Document, Reference, UnreadablePdfError


def read_pdf(path: Path, limits: ReadingLimits) -> Document:
    """The document in the file; raises UnreadablePdfError with a one-line reason where there is none.

    Pages without a usable text layer are read by OCR one after the other; the pool reads them side by side.
    """
    draft = read_layers(path, limits)
    for pages in chunks(draft.waiting_pages()):
        draft = draft.with_pages(recognise_pages(path, pages, limits, identity=draft.identity))
    return document_of(draft, limits)


def read_or_draft(path: Path, limits: ReadingLimits) -> Document | Draft:
    """The document, or its draft where more pages wait for OCR than one task reads."""
    draft = read_layers(path, limits)
    if len(draft.waiting) > PAGES_AT_ONCE:
        return draft
    pages = recognise_pages(path, draft.waiting_pages(), limits, identity=draft.identity)
    return document_of(draft.with_pages(pages), limits)


def document_of(draft: Draft, limits: ReadingLimits) -> Document:
    """The document that the pages make; raises UnreadablePdfError where they make none."""
    name, pages = draft.name, draft.pages
    if sum(len(line.text) for page in pages for line in page.lines) > limits.max_characters:
        raise UnreadablePdfError(f"{name}: more than {limits.max_characters} characters, the limit")
    bodies = without_margins(pages)
    look = look_of(bodies)
    parted = with_tables(with_whole_formulas(with_whole_captions(blocks_of(bodies, look))), look)
    blocks = with_entries(front_first(with_headings(parted, look)))
    use = word_use(line.text for body in bodies for line in body.lines)
    reading = reading_text(blocks, look=look, use=use)
    if not reading.text.strip():
        raise UnreadablePdfError(f"{name}: {why_empty(pages, limits)}")
    cited = tuple(_cited(reading))
    front = front_matter(
        blocks,
        [line for body in bodies for line in body.margin],
        metadata=draft.metadata,
        newest=max((entry.reference.year for entry in cited if entry.reference.year), default=None),
    )
    warnings = warnings_of(pages, draft.notes, limits)
    document = _document(draft, reading, front=front, cited=cited, warnings=warnings)
    return as_shown(document, pages)


def _document(
    draft: Draft,
    reading: ReadingText,
    *,
    front: FrontMatter,
    cited: Sequence[Cited],
    warnings: tuple[str, ...],
) -> Document:
    sections = sections_of(reading.text, reading.passages)
    return Document(
        id=draft.identity,
        name=draft.name,
        text=reading.text,
        title=front.title,
        authors=front.authors,
        year=front.year,
        doi=front.doi,
        arxiv_id=front.arxiv_id,
        pages=as_pages(draft.pages, reading.lines, length=len(reading.text)),
        lines=as_lines(reading),
        sections=sections,
        references=tuple(entry.reference for entry in cited),
        callouts=resolved_callouts(reading.text, cited, sections, marks=reading.marks),
        warnings=warnings,
        regions=tuple(regions_of(reading.passages)),
        captions=tuple(captions_of(reading.text, reading.passages)),
        tables=tuple(tables_of(reading)),
        recognised=tuple(recognised_words(reading)),
    )


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
            venue=fields.venue,
        )
        yield Cited(
            reference=reference,
            label=fields.label,
            year_letter=fields.year_letter,
            surnames=tuple(filter(None, (surname(author) for author in fields.authors))),
            others=fields.others,
        )
