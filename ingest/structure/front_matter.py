"""What a paper says about itself: title, authors, year, DOI, arXiv id."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.layout.blocks import Block, Role
from ingest.layout.note_marks import without_marks
from ingest.layout.section_names import RUN_IN_ABSTRACT, kind_of, parts_of
from ingest.pages.printed_lines import PrintedLine
from ingest.structure.author_line import authors_of
from records import SectionKind, normalised_title

TITLE_SHARE = 0.6  # where no abstract shows its end, the front is the upper part of the first page
MOST_TITLE_LINES = 6
LEAST_TITLE_SIZE = 0.68  # of the largest font: a logo may be larger than the title
TELLING_WORDS = 4

_STAMP = re.compile(
    r"arXiv:\s?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\s*\[[\w.-]+\])?\s*"
    r"(?:\d{1,2}\s\w{3,9}\s(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi\.org/|doi:?\s*)(10\.\d{4,9}/[^\s\"<>,;]+[^\s\"<>,;.)\]])", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.–-])((?:19|20)\d\d)(?![\d–-])")
_PAGE_RANGE = re.compile(r"pages?\s*\d+\s*[–-]?\s*\d*|pp\.?\s*\d+\s*[–-]?\s*\d*", re.IGNORECASE)
_VENUE = re.compile(
    r"proceedings|conference|workshop|copyright|©|\(c\)|c⃝|journal|published|volume|vol\.|association|"
    r"symposium|annual meeting|preprint|transactions|advances|neurips|nips|icml|iclr|cvpr|\bacl\b|emnlp|"
    r"naacl|mnras|\((?:19|20)\d\d\)$",
    re.IGNORECASE,
)
_IMPRINT = re.compile(r"proceedings|copyright|©|\(c\)|c⃝|permission|in: |isbn|issn", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"/[nx.\d]*(?:nnn|xxx)", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"arxiv|proceedings|^journal|conference on|workshop on|published|^vol|issn|doi|http|www\.|"
    r"research article|open access|^under review",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the first page, its margins and the file's own data say."""

    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    arxiv_id: str | None


def front_first(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with what stands above the abstract before it, where the file draws the title last."""
    first = [block for block in blocks if block.page == 1]
    opening = next((index for index, block in enumerate(first) if _begins_body(block)), None)
    if opening is None:
        return list(blocks)
    top = first[opening].lines[0].box.y0
    late = [
        block
        for block in first[opening:]
        if block.lines[-1].box.y1 <= top + 2 and block is not first[opening]
    ]
    rest = [block for block in blocks if all(block is not moved for moved in late)]
    place = rest.index(first[opening])
    front = [block.as_role(Role.PROSE) if block.role is Role.HEADING else block for block in late]
    return [*rest[:place], *front, *rest[place:]]


def front_matter(
    blocks: Sequence[Block], margin: Sequence[PrintedLine], *, metadata: Mapping[str, str], newest: int | None
) -> FrontMatter:
    """Reads the first page. `metadata` are the file's own data, which confirm and rarely decide; `newest`
    is the year of the newest work cited, before which a file's date says nothing."""
    first = [block for block in blocks if block.page == 1]
    front = _front(first)
    title_lines = _title_lines(front, metadata.get("title", ""))
    apart = [line.text for line in margin if line.page == 1]
    everything = " ".join([*apart, *(block.text for block in first)])
    stamp = _STAMP.search(" ".join(apart)) or _STAMP.search(" ".join(block.text for block in front[:4]))
    doi = _DOI.search(everything[:8000]) or _DOI.search(metadata.get("subject", ""))
    small = [
        block.text
        for block in first
        if _is_near_edge(block) and len(block.text) < 400 and _may_name_venue(block)
    ]
    year = _venue_year([*apart, *small]) or _stamp_year(stamp) or _file_year(metadata, newest)
    return FrontMatter(
        title=_joined(title_lines),
        authors=authors_of(list(_below(front, title_lines)), metadata),
        year=year,
        doi=doi[1].lower() if doi and not _PLACEHOLDER.search(doi[1]) else None,
        arxiv_id=stamp["id"] if stamp else None,
    )


def _front(first: Sequence[Block]) -> list[Block]:
    """The blocks above the abstract, from top to bottom where the file draws them in another order."""
    opening = next((block for block in first if _begins_body(block)), None)
    if opening is None:
        return [block for block in first if block.lines[0].box.y0 < block.page_height * TITLE_SHARE]
    top = opening.lines[0].box.y0
    return [block for block in first if block is not opening and block.lines[-1].box.y1 <= top + 2]


def _begins_body(block: Block) -> bool:
    if RUN_IN_ABSTRACT.match(block.text):
        return True
    return block.role is Role.HEADING and kind_of(parts_of(block.text).title) in {
        SectionKind.ABSTRACT,
        SectionKind.INTRODUCTION,
    }


def _title_lines(front: Sequence[Block], metadata_title: str) -> list[PrintedLine]:
    """The lines of the title: what the file calls so if the page has it, else the first large phrase."""
    lines = [line for block in front for line in block.lines]
    told = normalised_title(metadata_title)
    if len(metadata_title.split()) >= TELLING_WORDS - 1:
        for start in range(len(lines)):
            for count in range(1, MOST_TITLE_LINES + 1):
                if normalised_title(_joined(lines[start : start + count])) == told:
                    return lines[start : start + count]
    phrases = sorted(_phrases(lines), key=lambda phrase: phrase[0].box.y0)
    if not phrases:
        return []
    largest = max(phrase[0].size for phrase in phrases)
    for phrase in phrases:
        telling = len(_joined(phrase).split()) >= TELLING_WORDS
        if phrase[0].size == largest or (telling and phrase[0].size >= LEAST_TITLE_SIZE * largest):
            return phrase
    for phrase in phrases:
        if phrase[0].size >= LEAST_TITLE_SIZE * largest:
            return phrase
    return phrases[0]


def _phrases(lines: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Neighbouring lines of one size that may be a title."""
    phrase: list[PrintedLine] = []
    for line in lines:
        near = phrase and abs(line.size - phrase[0].size) < 0.6
        if near and -0.5 * line.size < line.box.y0 - phrase[-1].box.y1 < 1.5 * line.size:
            phrase.append(line)
            continue
        if phrase:
            yield phrase[:MOST_TITLE_LINES]
        phrase = [line] if _may_be_title(line) else []
    if phrase:
        yield phrase[:MOST_TITLE_LINES]


def _may_be_title(line: PrintedLine) -> bool:
    letters = sum(1 for character in line.text if character.isalpha())
    return letters >= 6 and _NO_TITLE.search(line.text) is None


def _may_name_venue(block: Block) -> bool:
    """Whether the block is no note that only tells of works that have been published."""
    return block.role is not Role.FOOTNOTE or _IMPRINT.search(block.text) is not None


def _is_near_edge(block: Block) -> bool:
    """Whether the block stands where venues put their own line: at the head or the foot of the page."""
    return (
        block.lines[-1].box.y1 < 0.12 * block.page_height or block.lines[0].box.y0 > 0.8 * block.page_height
    )


def _joined(lines: Sequence[PrintedLine]) -> str:
    """The lines as one phrase, without the marks of notes."""
    text = ""
    for line in lines:
        piece = without_marks(line).text.strip()
        text = text + piece if text.endswith("-") else f"{text} {piece}".strip()
    return re.sub(r"\s*[∗*†‡]+$", "", text)


def _below(front: Sequence[Block], title_lines: Sequence[PrintedLine]) -> Iterator[Block]:
    """The blocks of the front under the title."""
    bottom = max((line.box.y1 for line in title_lines), default=0.0)
    title = {id(line) for line in title_lines}
    for block in front:
        rest = tuple(line for line in block.lines if id(line) not in title)
        if rest and rest[0].box.y0 >= bottom - 3:
            yield Block(lines=rest, column=block.column, page_height=block.page_height, role=block.role)


def _venue_year(texts: Sequence[str]) -> int | None:
    """The latest year in the first line that names a venue or claims copyright, or in the line after it."""
    for text, following in itertools.pairwise([*texts, ""]):
        if _VENUE.search(text) and not text.lower().startswith("arxiv"):
            for place in (text, following):
                years = [int(year) for year in _YEAR.findall(_PAGE_RANGE.sub(" ", place))]
                if years:
                    return max(years)
    return None


def _stamp_year(stamp: re.Match[str] | None) -> int | None:
    if stamp is None:
        return None
    if stamp["year"]:
        return int(stamp["year"])
    digits = re.search(r"\d\d", stamp["id"])
    if digits is None:
        return None
    return (1900 if int(digits[0]) > 90 else 2000) + int(digits[0])


def _file_year(metadata: Mapping[str, str], newest: int | None) -> int | None:
    """The year in which the file was made, unless works cited show that it was made over much later."""
    match = re.match(r"D:((?:19|20)\d\d)", metadata.get("creationDate", ""))
    year = int(match[1]) if match else None
    if year is None or newest is None or newest <= year <= newest + 2:
        return year
    return None
