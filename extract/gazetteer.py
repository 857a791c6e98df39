"""Mentions of what the vocabularies know, under any of its names."""

import itertools
import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extract.attributes import CANDIDATES, candidates_of
from records import Entity, EntityType, Mention, Span

COMPONENT = "gazetteer"
CONFIDENCE = 0.95
COMPOUND_CONFIDENCE = 0.6
SHORT_FORM = 6
MOST_GAPS = 4
_PART_BEFORE = re.compile(r"(?<![\w-])(?=[\w+-]*[A-Z])[A-Za-z0-9+]+(?:-[A-Za-z0-9+]+)*-$")
_PART_AFTER = re.compile(r"(?:-(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9+]+)+(?![\w-])")


@Language.factory(COMPONENT, assigns=[CANDIDATES])
class Gazetteer:
    """Proposes a mention wherever a name or alias of the given entities stands.

    Hyphens and spaces inside a form are taken for each other, plurals of its last word match too. Case
    matters for short forms with inner capitals and for acronyms: MAP, GLUE and METEOR are also words.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._cased: dict[tuple[EntityType, str], set[str]] = {}

    def fill(self, nlp: Language, entities: Sequence[Entity]) -> None:
        """Takes in the names and aliases of the entities, but for those that are not to be looked for."""
        spelled: dict[tuple[EntityType, str], set[str]] = {}
        for entity in entities:
            sought = (form for form in (entity.name, *entity.aliases) if form not in entity.unsought)
            for form in sought:
                for variant in variants(form):
                    spelled.setdefault((entity.type, _key(variant)), set()).add(variant)
        self._cased = {key: forms for key, forms in spelled.items() if any(map(needs_case, forms))}
        for entity_type in EntityType:
            patterns = [nlp.make_doc(text) for known_type, text in spelled if known_type is entity_type]
            self._matcher.add(entity_type.value, patterns)

    def __call__(self, doc: Doc) -> Doc:
        """Adds the mentions to the document's candidates."""
        found = [*candidates_of(doc)]
        text = doc.text  # spaCy puts it together anew at each call
        for match_id, start, end in self._matcher(doc):
            entity_type = EntityType(doc.vocab.strings[match_id])
            piece = doc[start:end]
            if self._case_agrees(piece.text, entity_type):
                compound = compound_around(text, piece.start_char, piece.end_char)
                found.append(
                    _mention(compound or (piece.start_char, piece.text), entity_type, whole=not compound)
                )
        doc._.candidates = found
        return doc

    def _case_agrees(self, text: str, entity_type: EntityType) -> bool:
        wanted = self._cased.get((entity_type, _key(text)))
        if wanted is None or text in wanted:
            return True
        if any(len(form) <= SHORT_FORM for form in wanted):
            return text.isupper() and len(text) >= SHORT_FORM - 1
        return text[0].isupper()


def _key(text: str) -> str:
    return " ".join(text.lower().split())


def compound_around(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Start and text of the hyphenated name that holds a form ("LSTM-CRF" around "LSTM"), or None.

    Lower-case parts make no other name: "LSTM-based" is still about LSTM.
    """
    before = _PART_BEFORE.search(text, max(0, start - 40), start)
    after = _PART_AFTER.match(text, end)
    if not before and not after:
        return None
    first, last = before.start() if before else start, after.end() if after else end
    return first, text[first:last]


def _mention(place: tuple[int, str], entity_type: EntityType, *, whole: bool) -> Mention:
    start, text = place
    return Mention(
        span=Span(start=start, end=start + len(text)),
        type=entity_type,
        surface=text,
        expansion="",
        confidence=CONFIDENCE if whole else COMPOUND_CONFIDENCE,
        component=COMPONENT,
    )


def needs_case(form: str) -> bool:
    """Whether the case of a form matters: short with a capital after its first letter, or all capitals.

    A short one matches as it is written, a long one ("METEOR") with a capital at its start; forms of mixed
    case are written in every way ("WordPiece", "Wordpiece").
    """
    return form.isupper() or (len(form) <= SHORT_FORM and any(map(str.isupper, form[1:])))


def variants(form: str) -> Iterator[str]:
    """Yields the ways in which a form is written: spaces for hyphens and the reverse, singular and plural."""
    for number in (form, _plural(form)):
        parts = re.split(r"([ -])", number)
        gaps = [index for index, part in enumerate(parts) if part in {" ", "-"}]
        if len(gaps) > MOST_GAPS:
            yield number
            continue
        for choice in itertools.product(" -", repeat=len(gaps)):
            for index, gap in zip(gaps, choice, strict=True):
                parts[index] = gap
            yield "".join(parts)


def _plural(form: str) -> str:
    if form.endswith("s") or not form[-1].isalpha():
        return form
    if form.endswith("y") and form[-2:-1] not in "aeiou":
        return form[:-1] + "ies"
    return form + ("es" if form.endswith(("x", "ch", "sh")) else "s")
