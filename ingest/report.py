"""What a document's report says of its reading: what was left out, recognised, lost or ignored."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.limits import ReadingLimits, tesseract_version
from ingest.pages.page_text import PageText
from records import PageSource


def warnings_of(pages: Sequence[PageText], notes: Sequence[str], limits: ReadingLimits) -> tuple[str, ...]:
    """The sentences of the report; `notes` are those on the file as a whole."""
    return (*_left_out(pages), *_of_pages(pages, limits), *notes)


def why_empty(pages: Sequence[PageText], limits: ReadingLimits) -> str:
    """The reason for which a document without text has none."""
    if any(_is_too_large(page, limits) for page in pages):
        return "no text in it, and its pages are too large to be made pictures for OCR"
    if all(page.source is not PageSource.NONE for page in pages):
        return "no text in it that a person could see"
    if tesseract_version() == "none":
        return "no text in it; if its pages are pictures, install tesseract to read them"
    return "no text in it, and OCR found none in its pictures"


def _left_out(pages: Sequence[PageText]) -> Iterator[str]:
    unseen: Counter[str] = Counter()
    for page in pages:
        unseen.update({str(reason): count for reason, count in page.unseen.items()})
    for reason, count in sorted(unseen.items()):
        if count:
            yield f"left out {count} characters {reason}"


def _of_pages(pages: Sequence[PageText], limits: ReadingLimits) -> Iterator[str]:
    silent = [page for page in pages if page.source is PageSource.NONE]
    too_large = [page for page in pages if _is_too_large(page, limits)]
    for wording, found in (
        ("read by OCR", [page for page in pages if page.source is PageSource.OCR]),
        (
            "text that an OCR program had put under the page image",
            [page for page in pages if page.hidden_layer],
        ),
        ("damaged, could not be read", [page for page in silent if page.damaged]),
        ("too large to be made a picture for OCR", too_large),
        (
            "no text that could be read",
            [page for page in silent if not page.damaged and page not in too_large],
        ),
    ):
        if found:
            yield f"{wording}: page{'s' if len(found) > 1 else ''} {_ranges([page.number for page in found])}"


def _is_too_large(page: PageText, limits: ReadingLimits) -> bool:
    return not page.lines and not limits.allow_picture(page.width, page.height)


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers with runs drawn together: "1-3, 7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in parts)
