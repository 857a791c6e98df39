"""Candidates from citations: names behind which, or of which, a sentence cites a work."""

import re
from collections.abc import Iterator, Mapping

from extract.candidates.surroundings import surroundings
from extract.citing_sentences import support_of
from extract.grammar import OBJECT
from extract.polarity import polarity_of_mark
from extract.templates import Template
from records import EntityType, EvidenceKind, Mention, Predicate, Reference, Relation

COMPONENT = "cited names"
MOST_CITED_TOGETHER = 4

_CITED = r"⟦(?P<kind>[CX])(?P<cited>[\d,]+)⟧"
_SHORT_FORM = r"(?: \([A-Za-z0-9-]{2,12}\))?"
_BEHIND = re.compile(
    rf"(?={OBJECT}(?P<gap>[)”\"’']*(?:['’]s)?,?(?: [a-z][\w-]*){{0,4}}{_SHORT_FORM}) ?{_CITED})"
)
_BY = re.compile(rf"(?={OBJECT}(?P<gap>[^⟦⟧.;]{{0,50}}? (?:by|of|from|in|due to)) {_CITED})")
_SUBJECT = re.compile(
    r"⟦(?P<kind>X)(?P<cited>[\d,]+)⟧(?P<gap>[^⟦⟧.;:]{0,80}?|['’]s?[^⟦⟧.;:]{0,30}?) "
    rf"(?={OBJECT})"
)
_LISTED = re.compile(
    rf"(?={OBJECT}(?P<gap>(?:(?:,| and|, and) ⟦[MDPR]\d+⟧){{1,3}}(?: [a-z]+)?) "
    r"?⟦(?P<kind>C)(?P<cited>[\d,]+)⟧)"
)
_OPENS = re.compile(
    rf"^(?:\W*(?:\d+[.)] )?)(?:The |An? )?{OBJECT}(?P<gap>[^⟦⟧]*(?:⟦[MDPTR]\d+⟧[^⟦⟧]*)*){_CITED}"
    r"[^⟦⟧]{0,12}$"
)
_WAYS = (
    ("by its authors", _BY),
    ("behind the name", _BEHIND),
    ("authors first", _SUBJECT),
    ("behind a list of names", _LISTED),
    ("at the end of what is said of it", _OPENS),
)
_PROPOSE = re.compile(r"\b(?:propos|introduc|present|releas|develop|creat|construct|design|invent|call|name)")
_USE = re.compile(r"\b(?:use[sd]?|using|appl|employ|adopt|train|extend|improv|evaluat|show|report|appli)")
_SECONDHAND = re.compile(
    r"\b(?:survey|overview|review|tutorial|comparison|comparing|revisit\w*|analysis of|applications?|"
    r"improv\w+|towards|extending|introduction to|empirical|using|with|via|based|for)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z]{2,}|\d+")
_STOP = frozenset("a an the of for and in on with to from by via using as at is are".split())


def cited_candidates(template: Template, references: Mapping[str, Reference]) -> Iterator[Relation]:
    """Yields what works that the sentence cites may have introduced, with what speaks for and against.

    Sentences on related work count as well: it is there that papers say who brought what.
    """
    seen: set[tuple[int, str]] = set()
    for way, pattern in _WAYS:
        for match in pattern.finditer(template.text):
            ids = template.references(match["cited"])
            number = int(match["number"])
            for reference_id in ids[:MOST_CITED_TOGETHER]:
                if (number, reference_id) not in seen:
                    seen.add((number, reference_id))
                    yield _candidate(template, match, way, references[reference_id], together=len(ids))


def _candidate(
    template: Template, match: re.Match[str], way: str, reference: Reference, *, together: int
) -> Relation:
    mention = template.mention(int(match["number"]))
    start = match.start("letter") - 1
    end = template.text.index("⟧", start) + 1
    signals = {
        *surroundings(template, start, end),
        *gap_signals(way, match["gap"], textual=match["kind"] == "X", together=together),
        *title_signals(reference.title, mention),
        *name_signals(mention),
    }
    return Relation(
        predicate=Predicate.INTRODUCES,
        object=mention,
        cited_reference_id=reference.id,
        sentence=template.sentence,
        kind=EvidenceKind.CITING_SENTENCE,
        polarity=polarity_of_mark(template.text, start, section=template.section),
        confidence=0.0,
        component=COMPONENT,
        signals=tuple(sorted(signals)),
    )


def gap_signals(way: str, gap: str, *, textual: bool, together: int) -> Iterator[str]:
    """Yields how name and citation stand to each other."""
    yield f"cited {way}"
    yield f"cited {way}, {'in the sentence' if textual else 'in brackets'}"
    words = len(gap.split())
    yield f"cited {way}, {'right there' if words <= (way != 'behind the name') else 'words between'}"
    yield ("cited alone", "cited in a pair", "cited among many")[min(together, 3) - 1]
    if _PROPOSE.search(gap):
        yield "proposed"
    if _USE.search(gap):
        yield "used between"


def title_signals(title: str, mention: Mention) -> Iterator[str]:
    """Yields what the cited title tells of the name."""
    if not title:
        yield "no title"
        return
    support = support_of(title, mention)
    yield {True: "title names it", False: "title names another with it", None: "title is silent"}[support]
    if _SECONDHAND.search(title):
        yield "title second-hand" if support is not None else "title second-hand and silent"
    if spelled_by(title, mention.surface):
        yield "title spells it"
    share = shared_words(title, mention.expansion or mention.surface)
    if share == 1.0:
        yield "title has all words"
    elif share >= 0.5:
        yield "title has half of the words"


def spelled_by(title: str, surface: str) -> bool:
    """Whether the capitals of a name are the initials of consecutive telling words of a title."""
    letters = "".join(sign for sign in surface if sign.isupper() or sign.isdigit()).lower()
    if len(letters) < 2:
        return False
    initials = [word[0].lower() for word in _WORDS.findall(title.replace("-", " "))]
    telling = [
        word[0].lower() for word in _WORDS.findall(title.replace("-", " ")) if word.lower() not in _STOP
    ]
    return letters in "".join(initials) or letters in "".join(telling)


def shared_words(title: str, name: str) -> float:
    """The share of a name's telling words that a title has."""
    words = {word.lower().removesuffix("s") for word in _WORDS.findall(name)} - _STOP
    titled = {word.lower().removesuffix("s") for word in _WORDS.findall(title)}
    return len(words & titled) / len(words) if words else 0.0


def name_signals(mention: Mention) -> Iterator[str]:
    """Yields what kind of a name it is."""
    surface = mention.surface
    yield f"a {mention.type.value}"
    if surface.islower():
        yield "written small"
    if len(surface.split()) > 2:
        yield "long name"
    if surface.endswith("s") and not surface.endswith(("ss", "us", "is")):
        yield "plural"
    if any(map(str.isdigit, surface)) or any(map(str.isupper, surface[1:])):
        yield "written as a name"
    if mention.type is EntityType.METHOD and surface.islower():
        yield "small method"
