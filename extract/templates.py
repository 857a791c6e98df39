"""Sentences with their mentions and citations replaced by marks, so that cue rules can be read.

"We use BPE (Sennrich et al., 2016) and ReLU" becomes "We use ⟦P0⟧ ⟦C0⟧ and ⟦M1⟧". The letter of a mark is
the type of the mention; C is a citation in brackets, X one whose authors are part of the sentence.
"""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import MENTIONS, SENTENCES, TEMPLATES, document_of, mentions_of
from extract.sentences import sentence_spans
from records import Callout, Document, EntityType, Mention, Section, SectionKind, Span

COMPONENT = "sentence_templates"
LONGEST_SENTENCE = 900
LETTERS = {
    EntityType.METHOD: "M",
    EntityType.DATASET: "D",
    EntityType.PREPROCESSING_STEP: "P",
    EntityType.TASK: "T",
    EntityType.METRIC: "R",
}
MARK = re.compile(r"⟦(?P<letter>[A-Z])(?P<numbers>[\d,]+)⟧")
_BRACKETED = re.compile(r"\((?P<inside>[^()]*⟦C[^()]*)\)|\[(?P<square>[^\[\]]*⟦C[^\[\]]*)\]")
_ABBREVIATED = re.compile(
    r"(?P<long>⟦(?P<letter>[MDPTR])\d+⟧) ?\((?P<short>⟦(?P=letter)\d+⟧)(?:[;,] ?(?P<cited>⟦C[\d,]+⟧))?\)"
)
_NAMED_AND_CITED = re.compile(r"\((?P<name>⟦[MDPTR]\d+⟧)[;,] ?(?P<cited>⟦C[\d,]+⟧)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A sentence as marks: `text`, and what the numbers in its marks stand for."""

    text: str
    sentence: Span
    section: SectionKind
    mentions: tuple[Mention, ...]
    reference_ids: tuple[str, ...]

    def mention(self, number: int) -> Mention:
        """The mention behind a mark such as ⟦M3⟧."""
        return self.mentions[number]

    def references(self, numbers: str) -> tuple[str, ...]:
        """The ids of the bibliography entries behind a mark such as ⟦C0,1⟧; `numbers` is "0,1"."""
        return tuple(dict.fromkeys(self.reference_ids[int(number)] for number in numbers.split(",")))


@Language.component(COMPONENT, assigns=[TEMPLATES], requires=[MENTIONS, SENTENCES])
def sentence_templates(doc: Doc) -> Doc:
    """Makes the templates of the sentences with mentions; runs too long to be a sentence are left out."""
    sentences = [span for span in sentence_spans(doc) if len(span) <= LONGEST_SENTENCE]
    doc._.templates = list(templates(document_of(doc), sentences, mentions_of(doc)))
    return doc


def templates_of(doc: Doc) -> Sequence[Template]:
    """The templates of the document's sentences, in text order."""
    return doc._.templates or []


def templates(
    document: Document, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> Iterator[Template]:
    """Yields the sentences that hold a mention, in text order; both inputs are in text order."""
    mention_starts = [mention.span.start for mention in mentions]
    callouts = sorted(document.callouts, key=lambda callout: callout.span)
    callout_starts = [callout.span.start for callout in callouts]
    section_starts = [section.span.start for section in document.sections]
    for sentence in sentences:
        inside = _within(sentence, mention_starts)
        if inside.start == inside.stop:
            continue
        yield _template(
            document,
            sentence,
            section_kind(document.sections, section_starts, sentence.start),
            [mention for mention in mentions[inside] if mention.span.end <= sentence.end],
            list(callouts[_within(sentence, callout_starts)]),
        )


def section_kind(sections: Sequence[Section], starts: Sequence[int], offset: int) -> SectionKind:
    """The kind of the section that an offset lies in; `starts` are the sections' starts."""
    index = bisect.bisect_right(starts, offset) - 1
    return sections[index].kind if index >= 0 else SectionKind.OTHER


def _within(span: Span, starts: Sequence[int]) -> slice:
    return slice(bisect.bisect_left(starts, span.start), bisect.bisect_left(starts, span.end))


def _template(
    document: Document,
    sentence: Span,
    section: SectionKind,
    mentions: Sequence[Mention],
    callouts: Sequence[Callout],
) -> Template:
    marks = [*_mention_marks(mentions, callouts), *_callout_marks(callouts)]
    pieces, position = [], sentence.start
    for span, mark in sorted(marks):
        if span.start >= position and span.end <= sentence.end:
            pieces += [_plain(document.text[position : span.start]), mark]
            position = span.end
    pieces.append(_plain(document.text[position : sentence.end]))
    return Template(
        text=_simplified("".join(pieces)),
        sentence=sentence,
        section=section,
        mentions=tuple(mentions),
        reference_ids=tuple(callout.reference_id for callout in callouts),
    )


def _plain(text: str) -> str:
    return text.replace("⟦", "[").replace("⟧", "]")


def _mention_marks(mentions: Sequence[Mention], callouts: Sequence[Callout]) -> Iterator[tuple[Span, str]]:
    for number, mention in enumerate(mentions):
        if not any(callout.span.contains(mention.span) for callout in callouts):
            yield mention.span, f"⟦{LETTERS[mention.type]}{number}⟧"


def _callout_marks(callouts: Sequence[Callout]) -> Iterator[tuple[Span, str]]:
    by_span: dict[Span, list[int]] = {}
    for number, callout in enumerate(callouts):
        by_span.setdefault(callout.span, []).append(number)
    for span, numbers in by_span.items():
        letter = "X" if callouts[numbers[0]].textual else "C"
        yield span, f"⟦{letter}{','.join(map(str, numbers))}⟧"


def _simplified(text: str) -> str:
    """Brackets around citations dropped and their citations joined, abbreviations after names dropped."""
    text = " ".join(text.split())
    text = _ABBREVIATED.sub(lambda match: f"{match['long']} {match['cited'] or ''}".rstrip(), text)
    text = _NAMED_AND_CITED.sub(lambda match: f"({match['name']}) {match['cited']}", text)
    text = _BRACKETED.sub(_joined_citations, text)
    text = re.sub(r"(⟦C[\d,]+⟧)(?:,? ?(?:and )?)(?=⟦C)", r"\1", text)
    text = re.sub(
        r"(?:⟦C[\d,]+⟧){2,}",
        lambda match: "⟦C" + ",".join(mark["numbers"] for mark in MARK.finditer(match.group())) + "⟧",
        text,
    )
    return re.sub(r" +", " ", re.sub(r"(⟦[MDPTR]\d+⟧)(⟦C)", r"\1 \2", text))


def _joined_citations(match: re.Match[str]) -> str:
    inside = match["inside"] or match["square"]
    others = re.sub(r"[\s;,]|\bsee\b|\balso\b|\be\.g\.|\bi\.e\.|\bcf\.|\band\b", "", MARK.sub("", inside))
    marks = list(MARK.finditer(inside))
    if len(others) > 12 or any(mark["letter"] != "C" for mark in marks):
        return match.group()
    return "⟦C" + ",".join(mark["numbers"] for mark in marks) + "⟧"
