"""Sections of the reading text: from heading to heading, side by side over the whole text."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Role
from ingest.reading_text import Passage
from ingest.section_names import RUN_IN_ABSTRACT, kind_of, parts_of
from records import Section, SectionKind, Span


def sections_of(text: str, passages: Sequence[Passage]) -> tuple[Section, ...]:
    """The sections; what stands before the first heading is the front, with an empty heading."""
    heads = [(passage.span, passage.span) for passage in passages if passage.role is Role.HEADING]
    heads += [(abstract, abstract) for abstract in _run_in_abstract(text, passages)]
    heads += [(entry, Span(start=entry.start, end=entry.start)) for entry in _unheaded(passages)]
    heading_of = dict(heads)
    spans = sorted(heading_of)
    sections: list[Section] = []
    if not spans or spans[0].start > 0:
        end = spans[0].start if spans else len(text)
        sections.append(_section(text, Span(start=0, end=end), Span(start=0, end=0), seen_references=False))
    seen = False
    for span, following in zip(spans, [*spans[1:], None], strict=False):
        end = following.start if following is not None else len(text)
        section = _section(text, Span(start=span.start, end=end), heading_of[span], seen_references=seen)
        section = _with_kind_of_parent(section, sections)
        seen = seen or section.kind is SectionKind.REFERENCES
        sections.append(section)
    return tuple(sections)


def _run_in_abstract(text: str, passages: Sequence[Passage]) -> list[Span]:
    """The word "Abstract" that begins a paragraph instead of heading it."""
    for passage in passages[:60]:
        match = RUN_IN_ABSTRACT.match(text[passage.span.start : passage.span.end])
        if match and passage.role is not Role.HEADING:
            return [Span(start=passage.span.start, end=passage.span.start + match.end("sign"))]
    return []


def _with_kind_of_parent(section: Section, before: Sequence[Section]) -> Section:
    """The subsection with its parent's kind where its own wording tells none ("6.1 Machine Translation")."""
    parent = section.number.rpartition(".")[0]
    if section.kind is not SectionKind.OTHER or not parent:
        return section
    kinds = [other.kind for other in before if other.number == parent]
    return replace(section, kind=kinds[-1]) if kinds else section


def _unheaded(passages: Sequence[Passage]) -> list[Span]:
    """The first entry of a bibliography that no heading stands before."""
    for before, passage in itertools.pairwise(passages):
        if passage.role is Role.ENTRY:
            return [] if before.role is Role.HEADING else [passage.span]
    return []


def _section(text: str, span: Span, heading: Span, *, seen_references: bool) -> Section:
    if not heading:
        kind = SectionKind.REFERENCES if span.start else SectionKind.FRONT
        return Section(span=span, heading=heading, number="", title="", kind=kind)
    parts = parts_of(" ".join(text[heading.start : heading.end].split()))
    title = parts.title.rstrip(" .:—–-") or parts.title
    kind = kind_of(title, number=parts.number, after_references=seen_references)
    return Section(span=span, heading=heading, number=parts.number, title=title, kind=kind)
