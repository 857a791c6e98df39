"""What a paper says about itself: title, authors, year, DOI, arXiv id."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, Role
from ingest.headings import RUN_IN_ABSTRACT, kind_of, parts_of
from ingest.printed_lines import PrintedLine
from records import SectionKind, normalised_title

TITLE_SHARE = 0.6  # the title stands in the upper part of the first page
MOST_TITLE_LINES = 5

_STAMP = re.compile(r"arXiv:\s?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\s*\[[\w.-]+\])?\s*(?P<date>\d{1,2}\s\w{3,9}\s(?P<year>\d{4}))?", re.IGNORECASE)
_DOI = re.compile(r"(?:doi\.org/|doi:?\s*)(10\.\d{4,9}/[^\s\"<>,;]+[^\s\"<>,;.)\]])", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.-])((?:19|20)\d\d)(?![\d-])")
_VENUE = re.compile(r"proceedings|conference|workshop|copyright|©|\(c\)|journal|published|accepted|received|volume|vol\.|association|symposium|annual meeting|preprint|transactions|advances|neurips|nips|icml|iclr|cvpr|\bacl\b|emnlp|naacl|arxiv", re.IGNORECASE)
_NO_TITLE = re.compile(r"arxiv|proceedings|^journal|conference on|workshop on|published|^vol|issn|doi|http|www\.|research article|open access|^under review", re.IGNORECASE)
_AFFILIATION = re.compile(
    r"universi|institut|department|\bdept|laborator|\blabs?\b|school|college|faculty|cent(er|re)\b|research|google|microsoft|facebook|"
    r"amazon|\bibm\b|deepmind|openai|\binc\b|\bltd|gmbh|corporation|academy|hospital|\.edu|\.com|@|http|www|street|road|avenue|"
    r"china|germany|usa\b|france|japan|india|korea|italy|\buk\b|canada|singapore|spain|netherlands|switzerland|"
    r"technolog|sciences|email|e-mail|abstract|correspond|equal|contribut|member|ieee|fellow|student|author|\bteam\b|group\b|division|"
    r"infosys|alibaba|tencent|baidu|adobe|nvidia|intel\b|samsung|huawei|council|company|ministry|foundation|consortium|engineering|informatics",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten)\s|[^\W\d_a-z][\w’'.-]*\s?){2,6}(?:\s?(?:Jr\.?|III?|IV))?"
)
_SEPARATORS = re.compile(r"\s*(?:,|;|\band\b|&|·|•|\n|\|)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the first page, its margins and the file's own data say."""

    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    arxiv_id: str | None


def front_matter(
    blocks: Sequence[Block], margin: Sequence[PrintedLine], metadata: Mapping[str, str]
) -> FrontMatter:
    """Reads the first page; the file's metadata only confirm a title or give the year when nothing else does."""
    first = [block for block in blocks if block.page == 1]
    lines = [line for block in first for line in block.lines]
    stamps = [line.text for line in margin if line.page == 1]
    title_lines = _title_lines(first, metadata.get("title", ""))
    title = _joined(title_lines)
    everything = " ".join([*stamps, *(line.text for line in lines)])
    stamp = _STAMP.search(" ".join(stamps)) or _STAMP.search(" ".join(line.text for line in lines[:6]))
    doi = _DOI.search(everything[:6000]) or _DOI.search(metadata.get("subject", ""))
    return FrontMatter(
        title=title,
        authors=_authors(first, title_lines),
        year=_year(stamp, stamps, first, metadata),
        doi=doi[1].lower() if doi else None,
        arxiv_id=stamp["id"] if stamp else None,
    )


def _title_lines(first: Sequence[Block], metadata_title: str) -> list[PrintedLine]:
    """The lines of the largest font that the upper part of the page sets a phrase in."""
    lines: list[PrintedLine] = []
    for block in first:
        if _begins_body(block):
            break
        lines.extend(line for line in block.lines if line.box.y0 < block.page_height * TITLE_SHARE)
    told = normalised_title(metadata_title)
    if len(metadata_title.split()) >= 3:
        for start in range(len(lines)):
            for count in range(1, MOST_TITLE_LINES + 1):
                if normalised_title(_joined(lines[start : start + count])) == told:
                    return lines[start : start + count]
    usable = [line for line in lines if _may_be_title(line)]
    if not usable:
        return []
    size = max(line.size for line in usable)
    chosen: list[PrintedLine] = []
    for line in lines:
        if line.size > size - 0.6 and (chosen or line in usable):
            if chosen and line.box.y0 - chosen[-1].box.y1 > 2.2 * size:
                break
            chosen.append(line)
        elif chosen:
            break
    return chosen[:MOST_TITLE_LINES]


def _begins_body(block: Block) -> bool:
    if RUN_IN_ABSTRACT.match(block.text):
        return True
    return block.role is Role.HEADING and kind_of(parts_of(block.text).title) in {
        SectionKind.ABSTRACT,
        SectionKind.INTRODUCTION,
    }


def _may_be_title(line: PrintedLine) -> bool:
    letters = sum(1 for character in line.text if character.isalpha())
    return letters >= 6 and _NO_TITLE.search(line.text) is None


def _joined(lines: Sequence[PrintedLine]) -> str:
    """The lines as one phrase, without notes' marks and with words broken at hyphens whole."""
    text = ""
    for line in lines:
        piece = without_raised(line, symbols_only=True).strip()
        text = text + piece if text.endswith("-") else f"{text} {piece}".strip()
    return re.sub(r"\s*[∗*†‡]+$", "", text)


def without_raised(line: PrintedLine, *, symbols_only: bool = False) -> str:
    """The line's text without its superscripts, or without those that are not letters."""
    text = line.text
    for start, end in reversed(line.raised):
        if not symbols_only or not any(character.isalpha() for character in text[start:end]):
            text = text[:start] + (" , " if not symbols_only else "") + text[end:]
    return text


def _authors(first: Sequence[Block], title_lines: Sequence[PrintedLine]) -> tuple[str, ...]:
    """The names between title and abstract, in order."""
    names: list[str] = []
    seen = not title_lines
    last_title = title_lines[-1] if title_lines else None
    for block in first:
        if seen and (_begins_body(block) or len(block.text) > 900):
            break
        for line in block.lines:
            if seen and line not in title_lines:
                names.extend(_names(line))
            seen = seen or line is last_title
    return tuple(dict.fromkeys(names))


def _names(line: PrintedLine) -> list[str]:
    text = without_raised(line)
    for gap in line.gaps:
        if not line.raised:
            text = text[:gap] + "\n" + text[gap + 1 :]
    if _AFFILIATION.search(text) and not re.search(r"\s,\s|,\s[A-Z]", text):
        return []
    found = []
    for part in _SEPARATORS.split(text):
        part = re.sub(r"[\d∗*†‡§¶♮♯♣♠♥♦⋆✉#()\[\]{}]+", " ", part)
        part = re.sub(r"\s+", " ", part).strip(" .,")
        if _NAME.fullmatch(part) and not _AFFILIATION.search(part) and 2 <= len(part.split()) <= 5:
            found.append(_as_name(part))
    return found


def _as_name(part: str) -> str:
    if part.isupper() and len(part) > 6:
        return " ".join(word if len(word) <= 2 else word.capitalize() for word in part.split())
    return part


def _year(
    stamp: re.Match[str] | None, margin: Sequence[str], first: Sequence[Block], metadata: Mapping[str, str]
) -> int | None:
    """The year of the own venue or copyright line, of the arXiv stamp, else of the file."""
    small = [block.text for block in first if block.role is not Role.PROSE or len(block.text) < 400]
    for text in (*margin, *small):
        if _VENUE.search(text) and not text.lower().startswith("arxiv") and (years := _YEAR.findall(text)):
            return int(years[-1])
    if stamp and stamp["year"]:
        return int(stamp["year"])
    if stamp and stamp["id"][:2].isdigit():
        return 2000 + int(stamp["id"][:2])
    for key in ("creationDate", "modDate"):
        if match := re.match(r"D:((?:19|20)\d\d)", metadata.get(key, "") or ""):
            return int(match[1])
    return None
