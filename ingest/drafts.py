"""What a PDF's own text layers give, before OCR has read the pages that wait for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.pages.page_text import PageText

PAGES_AT_ONCE = 3  # that one task of OCR reads: opening the file again for every page would cost, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file whose text layers have been read.

    `identity` is the file's hash, `metadata` what it says of itself, `notes` what the report says of the
    file as a whole; `waiting` are the numbers of the pages that OCR has to read, in order.
    """

    identity: str
    name: str
    metadata: Mapping[str, str]
    pages: tuple[PageText, ...]
    waiting: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def waiting_pages(self) -> tuple[PageText, ...]:
        """The text layers of the pages that OCR has to read."""
        waiting = frozenset(self.waiting)
        return tuple(page for page in self.pages if page.number in waiting)

    def with_pages(self, pages: Iterable[PageText]) -> "Draft":
        """The draft with these pages in the places of those with their numbers, which wait no longer."""
        read = {page.number: page for page in pages}
        return replace(
            self,
            pages=tuple(read.get(page.number, page) for page in self.pages),
            waiting=tuple(number for number in self.waiting if number not in read),
        )


def chunks(pages: Sequence[PageText]) -> Iterator[tuple[PageText, ...]]:
    """Yields the pages in parts that one task reads."""
    for start in range(0, len(pages), PAGES_AT_ONCE):
        yield tuple(pages[start : start + PAGES_AT_ONCE])
