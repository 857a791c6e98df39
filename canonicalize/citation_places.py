"""Places of running text that look like citations, told by simple patterns of their own.

They are kept apart from the patterns that resolve callouts, so that what those miss can be counted.
"""

import bisect
import re
from collections.abc import Iterator

from records import Document, RegionKind, SectionKind, Span

_NO_RUNNING_TEXT = frozenset({RegionKind.TABLE, RegionKind.FORMULA, RegionKind.LABEL})
_NUMBERS = re.compile(r"\[[1-9]\d{0,2}(?:\s?[,;–-]\s?\d{1,3}){0,20}\]")
_NO_NAME = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|In|Since|Until|By|From|The)[a-z]{0,6}\b"
_NAME = rf"(?!{_NO_NAME})[A-ZÀ-ÞŁŠŽ][’'\w-]{{0,20}}[a-zß-ž]"
_NAMES = rf"\b{_NAME}(?:\s(?:and|&)\s{_NAME}|,?\set\sal\b\.?)?"
_YEAR = r"(?:19|20)\d\d[a-z]?\b(?!-\d)"
_OUTSIDE = re.compile(rf"{_NAMES}(?:’s|'s)?\s[(\[]{_YEAR}")
_INSIDE = re.compile(rf"{_NAMES}(?:,\s?|(?<=al\.)\s|(?<=al)\s){_YEAR}")
_BRACKET = re.compile(r"[(\[][^()\[\]]{4,900}[)\]]")


def citation_places(document: Document) -> list[Span]:
    """The places outside the references that look like citations, in text order.

    A paper cites by numbers or by names and years: of both, only the way with more places counts, because
    "[0, 1]" may be an interval and "SemEval (2016)" no author.
    """
    numbered = [span for part in _running_text(document) for span in _numbered(document.text, part)]
    named = [span for part in _running_text(document) for span in _named(document.text, part)]
    return sorted(numbered if len(numbered) > len(named) else named)


def resolved_share(document: Document) -> float | None:
    """The share of citation places that a callout covers, in [0, 1]; None where there are no places."""
    places = citation_places(document)
    if not places:
        return None
    return 1 - len(unresolved_places(document)) / len(places)


def unresolved_places(document: Document) -> list[Span]:
    """The citation places that no callout touches, in text order."""
    spans = sorted(callout.span for callout in document.callouts)
    starts = [span.start for span in spans]
    furthest, latest = [], 0  # ends of callouts may fall back, since those of a list share a start
    for span in spans:
        latest = max(latest, span.end)
        furthest.append(latest)
    unresolved = []
    for place in citation_places(document):
        before = bisect.bisect_left(starts, place.end)
        if not before or furthest[before - 1] <= place.start:
            unresolved.append(place)
    return unresolved


def _running_text(document: Document) -> Iterator[Span]:
    """The sections but for front and references, cut at tables, formulas and labels."""
    asides = sorted(region.span for region in document.regions if region.kind in _NO_RUNNING_TEXT)
    for section in document.sections:
        if section.kind in {SectionKind.FRONT, SectionKind.REFERENCES}:
            continue
        start = section.span.start
        first = bisect.bisect_left(asides, start, key=lambda aside: aside.start)
        last = bisect.bisect_left(asides, section.span.end, key=lambda aside: aside.start)
        for aside in asides[first:last]:
            if start <= aside.start:
                yield Span(start=start, end=aside.start)
                start = aside.end
        yield Span(start=start, end=max(start, section.span.end))


def _numbered(text: str, within: Span) -> Iterator[Span]:
    for match in _NUMBERS.finditer(text, within.start, within.end):
        yield Span(start=match.start(), end=match.end())


def _named(text: str, within: Span) -> Iterator[Span]:
    for match in _OUTSIDE.finditer(text, within.start, within.end):
        yield Span(start=match.start(), end=match.end())
    for bracket in _BRACKET.finditer(text, within.start, within.end):
        for match in _INSIDE.finditer(text, bracket.start(), bracket.end()):
            yield Span(start=match.start(), end=match.end())
