"""The names of a paper's own authors, as its first page prints them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.layout.blocks import Block
from ingest.pages.printed_lines import PrintedLine
from ingest.structure.cited_works import folded

MOST_AUTHORS_IN_METADATA = 300

_AFFILIATION = re.compile(
    r"universi|institut|departament|department|\bdept|laborator|\blabs?\b|school|college|faculty|cent(er|re)\b|"
    r"research|google|microsoft|facebook|amazon|\bibm\b|deepmind|openai|\binc\b|\bltd|gmbh|corporation|academy|"
    r"hospital|\.edu|\.com|@|http|www|street|road|avenue|china|germany|usa\b|france|japan|india|korea|italy|\buk\b|"
    r"canada|singapore|spain|netherlands|switzerland|technolog|sciences|email|e-mail|abstract|correspond|equal|"
    r"contribut|member|ieee|fellow|student|author|\bteam\b|group\b|division|alibaba|tencent|baidu|adobe|nvidia|"
    r"intel\b|samsung|huawei|council|company|ministry|foundation|consortium|engineering|informatics|initiative|"
    r"paper id\b|anonymous|submission",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten)\s|"
    r"[^\W\d_a-z][\w’'.-]*\s?){2,6}(?:\s?(?:Jr\.?|III?|IV))?"
)
_SEPARATORS = re.compile(r"\s*(?:,|;|\band\b|&|·|•|\n|\|)\s*")
_SIGNS = re.compile(r"[\d∗*†‡§¶♮♯♣♠♥♦⋆✉#()\[\]{}]+")
_ICON = re.compile(r"(?<=[a-z])(?:ID|iD)\b")  # how the sign of an ORCID reads in some fonts
_ADDRESS_START = re.compile(r"[∗*†‡§¶♮♭♯φψΦ]|\d")


def authors_of(blocks: Sequence[Block], metadata: Mapping[str, str]) -> tuple[str, ...]:
    """The authors' names in order, from the blocks between title and abstract.

    The file's own list is taken where the page bears it out, because it knows where one name ends and the
    next begins.
    """
    printed = tuple(dict.fromkeys(name for block in blocks for name in _names_in_block(block)))
    told = _told(metadata.get("author", ""))
    words = {
        folded(word) for block in blocks for word in re.findall(r"[\w’'-]+", _SIGNS.sub(" ", block.text))
    }
    if told and all(folded(name.split()[-1]) in words for name in told) and len(told) >= len(printed) / 2:
        by_words = {frozenset(map(folded, name.split())): name for name in printed}
        return tuple(by_words.get(frozenset(map(folded, name.split())), name) for name in told)
    return printed


def _told(author: str) -> list[str]:
    separator = ";" if ";" in author else ","
    names = [" ".join(name.split()) for name in author.split(separator)]
    names = [name for name in names if name]
    if not 1 <= len(names) <= MOST_AUTHORS_IN_METADATA or not all(_NAME.fullmatch(name) for name in names):
        return []
    return [] if len(names) == 1 and separator == "," else names


def _names_in_block(block: Block) -> Iterator[str]:
    """The names in the lines before the first address; after an e-mail address the next author may come."""
    address, begun = False, ""
    for line in block.lines:
        if "@" in line.text:
            address = False
            continue
        text = f"{begun} {_parted(line)}".strip()
        begun = _begun_name(text)
        found, goes_on = _names_in_text(text, marked=bool(line.raised))
        if line.raised and line.raised[0][0] == 0 and _AFFILIATION.search(line.text):
            found, goes_on = [], False
        if not address or (found and line.bold):
            yield from found
            address = not goes_on


def _begun_name(text: str) -> str:
    """The one word after the last comma of a list that goes on in the next line, else nothing."""
    last = text.rsplit(",", 1)[-1].strip() if "," in text else ""
    return last if last.isalpha() and last[:1].isupper() else ""


def _names_in_text(text: str, *, marked: bool) -> tuple[list[str], bool]:
    """The names that the text begins with, and whether no address follows them there."""
    names: list[str] = []
    for part in _SEPARATORS.split(text):
        plain = " ".join(_ICON.sub("", _SIGNS.sub(" ", part)).split()).strip(" .,")
        if not plain:
            continue
        if _AFFILIATION.search(plain) or (not names and _ADDRESS_START.match(part) and not marked):
            return names, False
        words = plain.split()
        if (
            _NAME.fullmatch(plain)
            and 2 <= len(words) <= 5
            and any(len(word.strip(".")) > 1 for word in words)
        ):
            names.append(_as_name(plain))
    return names, True


def _parted(line: PrintedLine) -> str:
    """The line with commas in the place of superscripts and newlines in that of wide gaps."""
    characters = list(line.text)
    for start, end in line.raised:
        characters[start:end] = "," * (end - start)
    for gap in line.gaps:
        characters[gap] = "\n"
    return "".join(characters)


def _as_name(part: str) -> str:
    if part.isupper() and len(part) > 6:
        return " ".join(word if len(word) <= 2 else word.capitalize() for word in part.split())
    return part
