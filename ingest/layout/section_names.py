"""The wording of headings: what a section is for, and which phrases are headings by themselves."""

import re
from typing import NamedTuple

from records import SectionKind

_NUMBERED = re.compile(
    r"^(?P<number>(\d{1,2}|[A-Z])(\.\d{1,2}){0,3}|[IVX]{1,5}|(?:Appendix|APPENDIX)\s+[A-Z\d](\.\d+)*)"
    r"(?P<dot>[.:)]?)\s+(?P<title>\S.*)$"
)
# The first pattern that fits decides, so that "data analysis" is a result and not data.
_KINDS = (
    (SectionKind.ABSTRACT, r"abstract|summary"),
    (SectionKind.REFERENCES, r"references?( and notes| cited)?|bibliography|literature( cited)?|works cited"),
    (SectionKind.ACKNOWLEDGEMENTS, r"acknowledg(e)?ments?.*|funding.*"),
    (SectionKind.APPENDIX, r"appendi(x|ces).*|supplement(ary|al).*"),
    (SectionKind.INTRODUCTION, r".*introduction.*|(background and )?motivation"),
    (
        SectionKind.RELATED_WORK,
        r".*related (work|research|literature).*|(previous|prior|earlier) work.*|background.*|"
        r"literature review|(the )?state of the art",
    ),
    (
        SectionKind.CONCLUSION,
        r".*conclu(sion|ding).*|discussion and future.*|future (work|directions).*|summary and.*",
    ),
    (
        SectionKind.RESULTS,
        r".*results?\b.*|.*\bfindings\b.*|.*discussion|.*\banalys[ie]s\b.*|.*ablation.*|.*performance.*",
    ),
    (
        SectionKind.EXPERIMENTS,
        r".*experiment.*|.*evaluation.*|.*set-?up.*|.*implementation details.*|.*hyper-?parameters?.*|"
        r"training|.*baselines.*",
    ),
    (SectionKind.DATA, r".*\bdata(sets?|bases?)?\b.*|.*corp(us|ora)\b.*|.*annotation.*|.*benchmarks?.*"),
    (
        SectionKind.METHOD,
        r".*\bmethod.*|.*approach.*|.*model.*|.*architecture.*|.*algorithm.*|.*framework.*|.*system.*|.*network.*",
    ),
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_KNOWN = re.compile(
    r"(abstract|introduction|related works?|background|conclusions?|conclusions? and future work|discussion|"
    r"results|methods?|methodology|experiments?|evaluation|acknowledg(e)?ments?|references|bibliography|"
    r"appendi(x|ces)|limitations|ethics statement|ethical considerations?|broader impacts?|"
    r"supplementary materials?|materials? and methods|authors?[’'] contributions|competing interests|funding|"
    r"future work|results and discussion)[.:]?",
    re.IGNORECASE,
)
RUN_IN_ABSTRACT = re.compile(r"^(abstract)\s*(?P<sign>[.:—–-]+)\s*(?=\S)", re.IGNORECASE)


class HeadingParts(NamedTuple):
    """A heading's number as printed, without its dot, or empty; and its title."""

    number: str
    title: str


def parts_of(text: str) -> HeadingParts:
    """The number and the title of a heading's text."""
    match = _NUMBERED.match(text)
    if match is None:
        return HeadingParts(number="", title=text.strip().rstrip(":"))
    return HeadingParts(number=match["number"], title=match["title"].strip())


def is_known(title: str) -> bool:
    """Whether the title, without its number, is one of those that most papers have."""
    title = title.strip()
    return title[:1].isupper() and _KNOWN.fullmatch(title) is not None


def kind_of(title: str, *, number: str = "", after_references: bool = False) -> SectionKind:
    """What a section with this heading is for, by the words of the heading alone.

    What follows the bibliography is an appendix, whatever it is called.
    """
    plain = title.strip(" .:").casefold()
    kind = next((kind for kind, pattern in _KIND_PATTERNS if pattern.fullmatch(plain)), SectionKind.OTHER)
    if after_references and kind not in {SectionKind.ACKNOWLEDGEMENTS, SectionKind.REFERENCES}:
        return SectionKind.APPENDIX
    if number.casefold().startswith("appendix"):
        return SectionKind.APPENDIX
    return kind
