"""Where a quote stands: its pages and the boxes of its printed lines."""

import bisect

from records import Box, Document, Section, Span


class Places:
    """Looks up lines and sections of one document by position."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._lines = sorted(document.lines, key=lambda line: line.span)
        self._line_ends = [line.span.end for line in self._lines]
        self._sections = document.sections
        self._section_starts = [section.span.start for section in document.sections]
        self._pages = document.pages

    def lines_of(self, span: Span) -> tuple[tuple[int, ...], tuple[Box, ...]]:
        """For every printed line that holds a part of the span, its page number and the part's box."""
        pages: list[int] = []
        boxes: list[Box] = []
        for line in self._lines[bisect.bisect_right(self._line_ends, span.start) :]:
            if line.span.start >= span.end:
                break
            pages.append(line.page)
            boxes.append(line.box_of(span, self._text))
        return tuple(pages), tuple(boxes)

    def section_of(self, span: Span) -> Section | None:
        """The section that the span starts in."""
        index = bisect.bisect_right(self._section_starts, span.start) - 1
        return self._sections[index] if index >= 0 else None

    def section_name(self, span: Span) -> str:
        """The section's number and title as printed, or its kind where it has no heading."""
        section = self.section_of(span)
        if section is None:
            return ""
        return " ".join(filter(None, (section.number, section.title))) or section.kind.value
