"""What stands in the margins: running heads, page numbers, line numbers, stamps."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.pages.page_text import PageText
from ingest.pages.printed_lines import PrintedLine

HEAD_SHARE = 0.13  # running heads stand in the first, running feet in the last eighth of a page
PAGE_NUMBER_SHARE = 0.12
OUTERMOST_LINES = 3
SAME_HEIGHT_POINTS = 8.0
LEAST_LINE_NUMBERS = 5
IMPRINT_SHARE = 0.92

_PAGE_NUMBER = re.compile(
    r"(page\s*)?[-–—\[(]?\s*(\d{1,5}|[ivxlc]{1,6}|[A-Z]?\d{1,3}[-:]\d{1,4})\s*[-–—\])]?(\s*(of|/)\s*\d{1,5})?",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"proceedings of|copyright|©|c⃝|conference on|association for|https?://doi\.org|"
    r"^[\w\s,.-]{0,60}, \w+ \d{1,2}\s?[–-]\s?(\w+ )?\d{1,2},? (19|20)\d\d",
    re.IGNORECASE,
)
_LINE_NUMBER = re.compile(r"\d{1,5}")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBody:
    """A page's lines of text, and apart from them what stands in its margins."""

    page: PageText
    lines: tuple[PrintedLine, ...]
    margin: tuple[PrintedLine, ...]


def without_margins(pages: Sequence[PageText]) -> list[PageBody]:
    """The pages with running heads, page numbers, line numbers and turned stamps set apart.

    A head or foot is what comes back on other pages at the same height with the same words, its numbers
    aside.
    """
    numbered = [(page, _line_numbers(page)) for page in pages]
    rest = [[line for line in page.lines if id(line) not in numbers] for page, numbers in numbered]
    outer = [_outermost(page, lines) for page, lines in zip(pages, rest, strict=True)]
    repeated = _repeated(outer)
    bodies = []
    for page, lines, edge in zip(pages, rest, outer, strict=True):
        apart = {id(line) for line in edge if _key(line) in repeated or _is_page_number(line, page)}
        if page.number == 1:
            apart |= {id(line) for line in lines if _is_imprint(line, page)}
        bodies.append(
            PageBody(
                page=page,
                lines=tuple(line for line in lines if id(line) not in apart),
                margin=tuple(line for line in lines if id(line) in apart) + page.turned,
            )
        )
    return bodies


def _outermost(page: PageText, lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines at the very top and bottom of the page, within the share where heads and feet stand."""
    head, foot = page.height * HEAD_SHARE, page.height * (1 - HEAD_SHARE)
    first = _heights([line for line in lines if line.box.y1 < head])[:OUTERMOST_LINES]
    last = _heights([line for line in lines if line.box.y0 > foot])[-OUTERMOST_LINES:]
    return [line for row in (*first, *last) for line in row]


def _heights(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: line.box.y0):
        if rows and line.box.y0 < rows[-1][0].box.y1 - 1:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _key(line: PrintedLine) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text).casefold(), round(line.box.y0 / SAME_HEIGHT_POINTS)


def _repeated(outer: Sequence[Iterable[PrintedLine]]) -> set[tuple[str, int]]:
    """The keys of lines that stand on several pages; heights may differ by one step of rounding."""
    pages_of: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, lines in enumerate(outer):
        for line in lines:
            text, height = _key(line)
            for near in (height - 1, height, height + 1):
                pages_of[text, near].add(number)
    least = 2 if len(outer) <= 6 else 3
    return {key for key, found in pages_of.items() if len(found) >= least and key[0] != "#"}


def _is_page_number(line: PrintedLine, page: PageText) -> bool:
    if not _PAGE_NUMBER.fullmatch(line.text):
        return False
    margin = page.height * PAGE_NUMBER_SHARE
    return line.box.y1 < margin or line.box.y0 > page.height - margin


def _is_imprint(line: PrintedLine, page: PageText) -> bool:
    """Whether the line of the first page is the venue's own at its foot."""
    return line.box.y0 > page.height * IMPRINT_SHARE and _IMPRINT.search(line.text) is not None


def _line_numbers(page: PageText) -> set[int]:
    """The identities of the lines that number other lines: they ascend, aligned, beside the text."""
    numbers = [line for line in page.lines if line.text[:1].isdecimal() and _LINE_NUMBER.fullmatch(line.text)]
    if len(numbers) < LEAST_LINE_NUMBERS:
        return set()
    found: set[int] = set()
    for edge in ("x0", "x1"):
        columns: dict[int, list[PrintedLine]] = defaultdict(list)
        for line in numbers:
            columns[round(getattr(line.box, edge) / 3)].append(line)
        for column in columns.values():
            if len(column) >= LEAST_LINE_NUMBERS and _counts_up(column) and _stands_beside(column, page):
                found.update(id(line) for line in column)
    return found


def _counts_up(column: Sequence[PrintedLine]) -> bool:
    values = [int(line.text) for line in sorted(column, key=lambda line: line.box.y0)]
    steps = Counter(after - before for before, after in itertools.pairwise(values))
    step, times = steps.most_common(1)[0]
    return 0 < step <= 10 and times >= 0.7 * len(values) - 1


def _stands_beside(column: Sequence[PrintedLine], page: PageText) -> bool:
    left, right = min(line.box.x0 for line in column), max(line.box.x1 for line in column)
    words = [line for line in page.lines if len(line.text) > 20]
    crossing = sum(1 for line in words if line.box.x0 < right and line.box.x1 > left)
    return crossing <= 0.1 * len(words)
