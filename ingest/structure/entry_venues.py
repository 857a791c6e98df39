"""Where a work of a bibliography entry has been published: proceedings, journals, archives by name."""

import re

LONGEST_VENUE = 240
LEAST_VENUE = 3
LONGEST_ABBREVIATION = 8
_LEAD = re.compile(r"^[\s.,:;?!”\"'’)\]]+")
_IN = re.compile(r"^(?:(?:[Ii]n|IN)\s?:\s*|(?:In|IN)\s+|in\s+(?=[A-Z]))")
_EDITORS = re.compile(r"^[^\d]{2,200}?\b(?:[Ee]ditors?|[Ee]ds?\.?)\)?\s*[,.:]\s*(?=[A-Z])")
_ARCHIVE = re.compile(r"^(?:preprint\s)?(?P<name>CoRR|arXiv)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\d{1,3}(?:st|nd|rd|th)\s[A-Z]|(?:19|20)\d\d\s[A-Z]")
_NO_VENUE = re.compile(
    r"^(?:https?:|www\.|url\b|doi\b|10\.\d{4}|accessed|available|pages?\b|pp\.|vol(?:ume)?\b|\(?\d|ph\.?\s?d|"
    r"master|technical report|tech\.|thesis|dissertation|u\.?s\.? patent|unpublished|to appear|submitted|"
    r"online\s(?:at|available)|online[:,.]|version|software|[\w.]+@)",
    re.IGNORECASE,
)
_STRONG_END = re.compile(
    r"[\s,.;]*(?:\bvol(?:ume)?\b\.?|\bno\.|\bpp?\.\s?\d|\bpages?\b|\bnumber\s\d|\bissue\b|\babs/|https?:|\bdoi\b|"
    r"\barXiv:|\bISBN|\bISSN|\bart(?:icle)?\.?\s\d|\bp\d|\bs\d|[(\[]|(?<=[,.;\s])(?:19|20)\d\d[a-z]?\s*[.,;]|"
    r"(?<=[,.])\s*(?:19|20)\d\d|\s\d+\s*[(:,–-]|\s\d+\.?$|;)"
)
_COMMA = re.compile(r",\s")
_AREAS = re.compile(r"(?:\b(?:on|of)\s)[^,]*$")
_LIST_GOES_ON = re.compile(r"(?:[A-Z]\w+(?:\s[A-Z]\w+)?,?\s){0,2}(?:and|&)\s[A-Z]")
_STOP = re.compile(r"(?P<word>\w+)\.\s+(?=[A-Z(])")
_ABBREVIATIONS = frozenset(
    "proc conf int intl j trans comput mach learn res lett rev phys commun comm symp adv neur inf process "
    "syst assoc ling vis pattern recognit lect notes sci natl nat acad math stat appl bull ann eng technol "
    "med biol chem soc lang artif intell knowl data softw program am eur ital jpn univ dept psychol cogn "
    "wksp sys tech".split()
)
_YEAR_AT_END = re.compile(r"[\s,(’']*\b(?:(?:19|20)\d\d|(?<=[’'])\d\d)\)?$")


def venue_after(rest: str) -> str:
    """The venue that an entry names after its title, without volume, pages and place; or nothing."""
    text = _LEAD.sub("", rest[: 4 * LONGEST_VENUE])
    text, begins_with_in = _IN.subn("", text, count=1)
    if begins_with_in and (editors := _EDITORS.match(text)):
        text = text[editors.end() :]
    if archive := _ARCHIVE.match(text):
        return "CoRR" if archive["name"] == "CoRR" else "arXiv"
    named = text[:1].isupper() and (begins_with_in or not _NO_VENUE.match(text))
    if not named and not _COUNTED.match(text):
        return ""
    text = text[:LONGEST_VENUE]
    if end := _STRONG_END.search(text, LEAST_VENUE):
        text = text[: end.start()]
    name = _before_comma(_before_stop(text))
    if any(map(str.isdecimal, name[-2:])):
        name = _YEAR_AT_END.sub("", name)
    return name.strip(" .,:;–-")


def _before_stop(text: str) -> str:
    """The text up to the full stop that ends the name; one abbreviated word announces others."""
    abbreviated = False
    for stop in _STOP.finditer(text):
        word = stop["word"]
        short = len(word) <= LONGEST_ABBREVIATION and not word.isupper()
        if word.casefold() not in _ABBREVIATIONS and len(word) > 1 and not (abbreviated and short):
            return text[: stop.end("word")]
        abbreviated = True
    return text


def _before_comma(text: str) -> str:
    """The text up to the comma after which place or publisher come, not that of a list of areas."""
    for comma in _COMMA.finditer(text):
        head, rest = text[: comma.start()], text[comma.end() :]
        if _AREAS.search(head) and _LIST_GOES_ON.match(rest):
            continue
        if rest.startswith("and "):
            continue
        return head
    return text
