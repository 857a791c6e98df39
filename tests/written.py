"""Documents written down as text, for tests of what is read out of them.

`{key|words}` marks a citation in brackets, `{key@words}` one whose authors are part of the sentence.
"""

import hashlib
import re

from records import Callout, Document, Reference, Section, SectionKind, Span

_CITATION = re.compile(r"\{(?P<key>\w+)(?P<style>[|@])(?P<words>[^}]*)\}")


def written(
    text: str,
    *,
    title: str = "",
    kind: SectionKind = SectionKind.EXPERIMENTS,
    cited: dict[str, str] | None = None,
) -> Document:
    """A document of one section; `cited` gives the titles of the works behind the citation keys."""
    plain, callouts = _without_marks(f"{title}\n\n{text}" if title else text)
    start = len(title) + 2 if title else 0
    sections = [_section(start, len(plain), kind)]
    if title:
        sections.insert(0, _section(0, start, SectionKind.FRONT))
    references, plain = _bibliography(
        plain, sorted({key for key, _, _ in callouts} | set(cited or {})), cited or {}
    )
    if references:
        sections.append(_section(references[0].span.start, len(plain), SectionKind.REFERENCES))
    return Document(
        id=hashlib.sha256(plain.encode()).hexdigest(),
        name="written.pdf",
        text=plain,
        title=title,
        authors=("Ada Example",),
        year=2024,
        doi=None,
        arxiv_id=None,
        pages=(),
        lines=(),
        sections=tuple(sections),
        references=tuple(references),
        callouts=tuple(
            Callout(span=span, reference_id=key, textual=textual) for key, span, textual in callouts
        ),
        warnings=(),
    )


def _section(start: int, end: int, kind: SectionKind) -> Section:
    return Section(
        span=Span(start=start, end=end), heading=Span(start=start, end=start), number="", title="", kind=kind
    )


def _without_marks(text: str) -> tuple[str, list[tuple[str, Span, bool]]]:
    plain, position, callouts = "", 0, []
    for match in _CITATION.finditer(text):
        plain += text[position : match.start()]
        span = Span(start=len(plain), end=len(plain) + len(match["words"]))
        callouts.append((match["key"], span, match["style"] == "@"))
        plain += match["words"]
        position = match.end()
    return plain + text[position:], callouts


def _bibliography(text: str, keys: list[str], titles: dict[str, str]) -> tuple[list[Reference], str]:
    references = []
    for number, key in enumerate(keys, start=1):
        entry = f"[{number}] A. Author. {titles.get(key, f'Work of {key}')}. 2016."
        start = len(text) + 2
        text = f"{text}\n\n{entry}"
        references.append(
            Reference(
                id=key,
                span=Span(start=start, end=start + len(entry)),
                number=number,
                authors=("A. Author",),
                year=2016,
                title=titles.get(key, f"Work of {key}"),
                doi=None,
                arxiv_id=None,
            )
        )
    return references, text
