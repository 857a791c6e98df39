"""Candidates from tables: the systems whose figures stand in them, the data that these were obtained on."""

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from extract.candidates.cited_names import gap_signals, name_signals, title_signals
from extract.candidates.table_roles import Row, TableRoles, is_metric, is_number, table_roles, text_of
from records import (
    Callout,
    Cell,
    Document,
    EntityType,
    EvidenceKind,
    Mention,
    Polarity,
    Predicate,
    Reference,
    Relation,
    Span,
)
from records.papers import surname_of

COMPONENT = "tables"
CONFIDENCE = 0.7
LONGEST_QUOTE = 600
MOST_WORDS = 4
"""Of a label that is a name; few names are longer."""

_CITES = re.compile(r"\b(?:19|20)\d\d|\bet al|\[\d+\]")
_FRACTION = re.compile(r"\d\.\d")
_CITATION = re.compile(
    r"\s*[(\[][^()\[\]]*(?:\b(?:19|20)\d\d[a-z]?\b|et al|\d+)[^()\[\]]*[)\]]?|"
    r"\s+(?:et al\.?|\d{4}[a-z]?)\b.*$"
)
_AROUND = re.compile(r"^[\s*†‡§∗♮♯⋆•·:–—&-]+|[\s*†‡§∗♮♯⋆•·:,;Α-Ωα-ω¹²³]+$")
_OURS = re.compile(r"\b(?:ours?|this (?:work|paper)|proposed|full model|we)\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"^\s*(?:[-+–−&/]|w/o?\b|with(?:out)?\b|no\b|only\b|all\b|\(?-)|\bw/o\b|\b(?:without|only)\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"^(?:baselines?|total|average|avg\.?|mean|overall|human(?: performance)?|random|"
    r"majority(?: vote| class)?|upper bound|oracle|gold|"
    r"train(?:ing)?|test|dev(?:elopment)?|all|none|full|base|other(?:s)?|\W+)$",
    re.IGNORECASE,
)


def tabled_candidates(document: Document, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """Yields what the document's tables may say of its paper, row by row and header by header."""
    known = known_names(mentions)
    references = {reference.id: reference for reference in document.references}
    surnames = cited_surnames(document)
    callouts = sorted(document.callouts, key=lambda callout: callout.span)
    for roles in table_roles(document):
        whole = {*roles.signals, *_rows_are(document, roles, known)}
        if "most rows are a Method" in whole:
            whole.discard("corner says data")
        for row in roles.rows:
            yield from _of_row(document, roles, row, whole=whole, known=known, surnames=surnames)
            yield from _introduced(document, row, callouts, references, known, surnames)
        yield from _of_headers(document, roles, whole=whole, known=known)


def known_names(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """A mention of each name that running text has, of the type that most of its mentions are of."""
    counts: dict[str, Counter[EntityType]] = defaultdict(Counter)
    found: dict[tuple[str, EntityType], Mention] = {}
    for mention in mentions:
        name = folded(mention.surface)
        counts[name][mention.type] += 1
        known = found.setdefault((name, mention.type), mention)
        if mention.expansion and not known.expansion:
            found[name, mention.type] = mention
    return {name: found[name, types.most_common(1)[0][0]] for name, types in counts.items()}


def folded(surface: str) -> str:
    """A name in small letters, white space aside."""
    return " ".join(surface.casefold().split())


def _rows_are(document: Document, roles: TableRoles, known: Mapping[str, Mention]) -> Iterator[str]:
    named = [name_in(document, row.label) for row in roles.rows]
    met = [known.get(folded(document.text[span.start : span.end])) if span else None for span in named]
    kinds = [mention.type if mention else None for mention in met]
    for kind in (EntityType.METHOD, EntityType.DATASET):
        if kinds.count(kind) * 2 >= len(kinds):
            yield f"most rows are a {kind.value}"
        elif kind in kinds:
            yield f"some row is a {kind.value}"
    labels = [text_of(document, row.label) for row in roles.rows]
    if any(_OURS.search(label) for label in labels):
        yield "some row is ours"
    if sum(bool(_CHANGED.search(label)) for label in labels) * 3 >= len(labels):
        yield "rows take parts away"


def name_in(document: Document, cell: Cell) -> Span | None:
    """The part of a cell that is a name, without citations and signs; None where there is none."""
    if len(cell.span) > LONGEST_QUOTE:
        return None
    start, end = cell.span.start, cell.span.end
    text = document.text[start:end]
    if cited := _CITATION.search(text):
        text = text[: cited.start()]
    if ours := re.match(r"\s*[Oo]urs?\s*:\s*", text):
        start, text = start + ours.end(), text[ours.end() :]
    text = re.sub(r"\s*\((?:ours?|this (?:work|paper)|proposed)\)\s*$", "", text, flags=re.IGNORECASE)
    while found := _AROUND.search(text):
        if found.start() == 0:
            start += found.end()
            text = text[found.end() :]
        else:
            text = text[: found.start()]
        if not text:
            return None
    letters = sum(map(str.isalpha, text))
    return Span(start=start, end=start + len(text)) if letters > 1 else None


def is_general(label: str) -> bool:
    """Whether a label names no system of its own: "Total", "Baseline", "Human"."""
    return _GENERAL.match(label) is not None


def takes_a_part_away(label: str) -> bool:
    """Whether a label says what is left out or added: "w/o attention", "+ features"."""
    return _CHANGED.search(label) is not None


def cited_surnames(document: Document) -> frozenset[str]:
    """The surnames of all authors of the bibliography, as `surname_of` gives them."""
    return frozenset(surname_of(author) for reference in document.references for author in reference.authors)


def authors_only(name: str, surnames: Set[str]) -> bool:
    """Whether a name is made of surnames alone: "Vinyals & Kaiser", "Zhu et al"."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", name)]
    telling = [word for word in words if word not in {"and", "et", "al", "el", "others"}]
    return bool(telling) and all(word in surnames for word in telling)


def _of_row(
    document: Document,
    roles: TableRoles,
    row: Row,
    *,
    whole: set[str],
    known: Mapping[str, Mention],
    surnames: Set[str],
) -> Iterator[Relation]:
    span = name_in(document, row.label)
    if span is None or authors_only(document.text[span.start : span.end], surnames):
        return
    written, label = document.text[span.start : span.end], text_of(document, row.label)
    named = known.get(folded(written))
    kind = named.type if named else None
    signals = {*whole, *row_signals(document, roles, row, label=label, kind=kind)}
    quote = row.span if len(row.span) <= LONGEST_QUOTE else row.label.span
    if kind in {None, EntityType.METHOD}:
        mention = _mention(document, span, EntityType.METHOD, named)
        for predicate in (Predicate.COMPARES_AGAINST, Predicate.INTRODUCES):
            yield _candidate(mention, predicate, quote, signals)
    if kind is EntityType.DATASET or (kind is None and "corner says data" in whole):
        for predicate in (Predicate.EVALUATES_ON, Predicate.TRAINS_ON):
            yield _candidate(_mention(document, span, EntityType.DATASET, named), predicate, quote, signals)


def row_signals(
    document: Document, roles: TableRoles, row: Row, *, label: str, kind: EntityType | None
) -> Iterator[str]:
    """Yields what is told of a row by its label and its place."""
    yield f"row known as {kind.value if kind else 'nothing'}"
    yield from label_signals(label)
    if _CITES.search(document.text[row.span.start : row.span.end]):
        yield "row cites"
    if row.label.column > 0:
        yield "row without first cell"
    place = roles.rows.index(row)
    yield "last row" if place == len(roles.rows) - 1 else "first row" if place == 0 else "inner row"
    figures = [cell for cell in row.cells if is_number(text_of(document, cell))]
    if len(figures) * 2 < len(row.cells) - 1:
        yield "row has few figures"
    if any(_FRACTION.search(text_of(document, cell)) for cell in figures):
        yield "row has fractions"


def label_signals(label: str) -> Iterator[str]:
    """Yields what is told of a row by the words of its label."""
    if _OURS.search(label):
        yield "row is ours"
    if _CHANGED.search(label):
        yield "row takes a part away"
    if _GENERAL.match(label):
        yield "row is general"
    if "+" in label.strip("+ "):
        yield "row is a sum"
    if len(label.split()) > MOST_WORDS:
        yield "row is long"
    if label.islower():
        yield "row is small"


def _of_headers(
    document: Document, roles: TableRoles, *, whole: set[str], known: Mapping[str, Mention]
) -> Iterator[Relation]:
    for header in roles.headers:
        span = name_in(document, header)
        if span is None or is_metric(text_of(document, header)):
            continue
        named = known.get(folded(document.text[span.start : span.end]))
        kind = named.type if named else None
        signals = {*whole, f"header known as {kind.value if kind else 'nothing'}"}
        if header.column == 0:
            signals.add("header of the labels")
        if header.column_count > 1:
            signals.add("header over several")
        if kind is EntityType.DATASET:
            for predicate in (Predicate.EVALUATES_ON, Predicate.TRAINS_ON):
                yield _candidate(_mention(document, span, kind, named), predicate, header.span, signals)
        if kind is EntityType.METHOD and header.column > 0:
            yield _candidate(
                _mention(document, span, kind, named), Predicate.COMPARES_AGAINST, header.span, signals
            )


def _introduced(
    document: Document,
    row: Row,
    callouts: Sequence[Callout],
    references: Mapping[str, Reference],
    known: Mapping[str, Mention],
    surnames: Set[str],
) -> Iterator[Relation]:
    first = bisect.bisect_left(callouts, row.label.span.start, key=lambda callout: callout.span.start)
    last = bisect.bisect_left(callouts, row.label.span.end, key=lambda callout: callout.span.start)
    cited = callouts[first:last]
    span = name_in(document, row.label)
    if span is None or not cited or cited[0].span.start <= span.start:
        return
    if authors_only(document.text[span.start : span.end], surnames):
        return
    named = known.get(folded(document.text[span.start : span.end]))
    mention = _mention(document, span, named.type if named else EntityType.METHOD, named)
    for callout in cited:
        title = references[callout.reference_id].title
        signals = {
            *gap_signals("in a row", "", textual=False, together=len(cited)),
            *title_signals(title, mention),
            *name_signals(mention),
        }
        yield _candidate(
            mention, Predicate.INTRODUCES, row.label.span, signals, reference_id=callout.reference_id
        )


def _mention(document: Document, span: Span, kind: EntityType, named: Mention | None) -> Mention:
    return Mention(
        span=span,
        type=kind,
        surface=document.text[span.start : span.end],
        expansion=named.expansion if named else "",
        confidence=CONFIDENCE,
        component=COMPONENT,
    )


def _candidate(
    mention: Mention,
    predicate: Predicate,
    quote: Span,
    signals: Iterable[str],
    *,
    reference_id: str | None = None,
) -> Relation:
    return Relation(
        predicate=predicate,
        object=mention,
        cited_reference_id=reference_id,
        sentence=quote,
        kind=EvidenceKind.TABLE,
        polarity=Polarity.AFFIRMED,
        confidence=0.0,
        component=COMPONENT,
        signals=tuple(sorted(set(signals))),
    )
