"""Regions: the parts of the reading text that are no running text."""

from collections.abc import Iterable, Iterator

from ingest.layout.blocks import Role
from ingest.layout.reading_text import Passage
from records import Region, RegionKind

_KINDS = {
    Role.FORMULA: RegionKind.FORMULA,
    Role.TABLE: RegionKind.TABLE,
    Role.CAPTION: RegionKind.CAPTION,
    Role.FOOTNOTE: RegionKind.FOOTNOTE,
    Role.FRAGMENT: RegionKind.LABEL,
}


def regions_of(passages: Iterable[Passage]) -> Iterator[Region]:
    """The regions in text order, each the whole of its passage.

    A display formula stands apart even within a sentence ("we minimise", formula, "where x is the data"):
    what comes before it and after it are two sentences. Joined, they would be one sentence with a hole, and
    nearly all that stands behind the hole explains symbols; apart, no pattern reads across symbols.
    """
    for passage in passages:
        kind = _KINDS.get(passage.role)
        if kind is not None and passage.span:
            yield Region(span=passage.span, kind=kind)
