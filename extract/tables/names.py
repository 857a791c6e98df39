"""The names in a document's tables: which part of a cell is one, and what running text says that it names."""

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from records import Cell, Document, EntityType, Mention, Span, normalised_title
from records.papers import surname_of

COMPONENT = "tables"
CONFIDENCE = 0.7
LONGEST_QUOTE = 600

_CITATION = re.compile(
    r"\s*[(\[][^()\[\]]*(?:\b(?:19|20)\d\d[a-z]?\b|et al|\d+)[^()\[\]]*[)\]]?|"
    r"\s+(?:et al\.?|\d{4}[a-z]?)\b.*$"
)
_CITATION_FIRST = re.compile(r"[^()\[\]\d]{2,40}[(\[](?:19|20)\d\d[a-z]?[)\]]\s+(?=[^\s(\[])")
_AROUND = re.compile(r"^[\s*†‡§∗♮♯⋆•·:–—&-]+|[\s*†‡§∗♮♯⋆•·:,;Α-Ωα-ω¹²³]+$")

_OURS = re.compile(r"\b(?:ours?|this (?:work|paper)|proposed|full model|we)\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"^\s*(?:[-+–—−&/]|w/o?\b|with(?:out)?\b|no\b|only\b|all\b|\(?-)|\bw/o\b|\b(?:without|only)\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"^(?:baselines?|total|average|avg\.?|mean|overall|human(?: performance)?|random|"
    r"majority(?: vote| class)?|upper bound|oracle|gold|single(?: models?)?|ensembles?|"
    r"train(?:ing)?|test|dev(?:elopment)?|all|none|full|base|other(?:s)?|\W+)$",
    re.IGNORECASE,
)
_PART_OF_DATA = re.compile(
    r"(?:cross-?validation|dev(?:elopment)?|test|train(?:ing)?|val(?:id(?:ation)?)?|full|single|ensemble|"
    r"official|hidden|split|in-domain|out-of-domain)\.?(?: ?set| data)?",
    re.IGNORECASE,
)
_INCOMPLETE = re.compile(r"\b(?:with|using|of|and|for|by|on|the)$|[+&,]$", re.IGNORECASE)
_CITES = re.compile(r"\b(?:19|20)\d\d|\bet al|\[\d+\]")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_SMALL_WORD = re.compile(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])")
_DATA = re.compile(r"(?<= )(?:data ?sets?|data|corpus|corpora|domains?|benchmarks?)\b", re.IGNORECASE)
_LISTED = re.compile(r"(?:[\w-]+(?:, and |, | and )){0,4}[\w-]+(?= (?:reviews? )?$)")
_LONGEST_LIST = 80


class TableNames:
    """What running text and bibliography know of the names in a document's tables."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self._document, self._known = document, known_names(mentions)
        self._mentions = sorted(mentions, key=lambda mention: mention.span)
        self._surnames = frozenset(
            surname_of(author) for reference in document.references for author in reference.authors
        )
        self._called_data = frozenset(_called_data(document.text))
        self._small = frozenset(_SMALL_WORD.findall(document.text))

    def written(self, span: Span) -> str:
        """The text of a span."""
        return self._document.text[span.start : span.end]

    def known(self, written: str) -> Mention | None:
        """A mention of the name in running text, of the type that most of its mentions are of."""
        return self._known.get(folded(written))

    def of(self, cell: Cell) -> Mention | None:
        """A mention in running text of the name that a cell holds."""
        span = name_in(self._document, cell)
        return self.known(self.written(span)) if span else None

    def within(self, span: Span) -> Sequence[Mention]:
        """The mentions that begin within a span, in text order."""
        first, last = (
            bisect.bisect_left(self._mentions, place, key=lambda mention: mention.span.start)
            for place in (span.start, span.end)
        )
        return self._mentions[first:last]

    def mention(self, span: Span, kind: EntityType) -> Mention:
        """The name at a span as a mention, spelled out as running text spells it."""
        written = self.written(span)
        known = self.known(written)
        return Mention(
            span=span,
            type=kind,
            surface=written,
            expansion=known.expansion if known else "",
            confidence=CONFIDENCE,
            component=COMPONENT,
        )

    def is_common(self, word: str) -> bool:
        """Whether a word is also written small, and names nothing: "Entity", "3-way"."""
        known = self.known(word)
        names_nothing = known is None or known.type is EntityType.TASK
        parts = re.findall(r"[a-z]+", folded(word))
        return names_nothing and bool(parts) and all(part in self._small for part in parts)

    def is_said_to_be_data(self, name: str) -> bool:
        """Whether running text calls a name data: "the Laptop and Restaurant datasets"."""
        return folded(name).removesuffix("s") in self._called_data

    def authors_only(self, name: str) -> bool:
        """Whether a name is made of cited authors' surnames alone: "Vinyals & Kaiser", "Zhu et al"."""
        bare = _IN_BRACKETS.sub("", name)  # "Punyakanok (Ensemble)"
        words = [normalised_title(word) for word in re.findall(r"[^\W\d_]+", bare)]
        telling = [word for word in words if word not in {"and", "et", "al", "el", "others"}]
        return bool(telling) and all(word in self._surnames for word in telling)


def _called_data(text: str) -> Iterator[str]:
    for data in _DATA.finditer(text):
        before = " ".join(text[max(0, data.start() - _LONGEST_LIST) : data.start()].split()) + " "
        if listed := _LISTED.search(before):
            yield from (name.removesuffix("s") for name in re.split(r",? and |, ", folded(listed[0])))


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


def name_in(document: Document, cell: Cell) -> Span | None:
    """The part of a cell that is a name, without citations and signs; None where there is none."""
    if len(cell.span) > LONGEST_QUOTE:
        return None
    start, end = cell.span.start, cell.span.end
    text = document.text[start:end]
    if authors := _CITATION_FIRST.match(text):
        start, text = start + authors.end(), text[authors.end() :]
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


def cites(written: str) -> bool:
    """Whether a label or a row cites a work: a year, "et al.", a number in brackets."""
    return _CITES.search(written) is not None


def is_ours(label: str) -> bool:
    """Whether a label says that a system is the paper's own: "BERT (ours)", "This work"."""
    return _OURS.search(label) is not None


def is_general(label: str) -> bool:
    """Whether a label names no system of its own: "Total", "Baseline", "Human"."""
    return _GENERAL.match(_IN_BRACKETS.sub("", label).strip()) is not None


def is_part_of_data(name: str) -> bool:
    """Whether a name is only that of a part that most data sets have: "Test set", "dev."."""
    return _PART_OF_DATA.fullmatch(name) is not None


def is_incomplete(label: str) -> bool:
    """Whether a label goes on in another row: "Dot Product with"."""
    return _INCOMPLETE.search(label) is not None


def takes_a_part_away(label: str) -> bool:
    """Whether a label says what is left out or added: "w/o attention", "+ features"."""
    return _CHANGED.search(label) is not None
