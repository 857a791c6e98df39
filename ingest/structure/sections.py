"""Sections of the reading text: from heading to heading, side by side over the whole text."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.layout.blocks import Role
from ingest.layout.reading_text import Passage
from ingest.layout.section_names import RUN_IN_ABSTRACT, kind_of, parts_of
from ingest.structure.section_levels import Head, HeadingLook, levels_of
from records import Section, SectionKind, Span


def sections_of(text: str, passages: Sequence[Passage]) -> tuple[Section, ...]:
    """The sections; what stands before the first heading is the front, with an empty heading."""
    looks = {passage.span: _look(passage) for passage in passages if passage.role is Role.HEADING}
    heads = [(span, span) for span in looks]
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
        seen = seen or section.kind is SectionKind.REFERENCES
        sections.append(section)
    levels = levels_of(
        [Head(section.number, section.title, looks.get(section.heading)) for section in sections]
    )
    return tuple(_with_kinds_of_parents(map(_at_level, sections, levels)))


def _look(passage: Passage) -> HeadingLook:
    block = passage.blocks[0]
    return HeadingLook(size=round(block.size * 2) / 2, bold=block.bold, capitals=block.text.isupper())


def _at_level(section: Section, level: int) -> Section:
    return replace(section, level=level)


def _with_kinds_of_parents(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections; one whose wording tells no kind has its parent's ("6.1 Machine Translation")."""
    parents: list[Section] = []
    for section in sections:
        while parents and parents[-1].level >= section.level:
            parents.pop()
        told = section.kind is not SectionKind.OTHER or not parents
        parents.append(section if told else replace(section, kind=parents[-1].kind))
        yield parents[-1]


def _run_in_abstract(text: str, passages: Sequence[Passage]) -> list[Span]:
    """The word "Abstract" that begins a paragraph instead of heading it."""
    for passage in passages[:60]:
        match = RUN_IN_ABSTRACT.match(text[passage.span.start : passage.span.end])
        if match and passage.role is not Role.HEADING:
            return [Span(start=passage.span.start, end=passage.span.start + match.end("sign"))]
    return []


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
