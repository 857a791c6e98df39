"""Sentence boundaries in the prose of research papers."""

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import SENTENCES
from records import Document, Span

COMPONENT = "paper_sentences"
A_START, NOT_A_START = 1, -1
ABBREVIATIONS = frozenset(
    "al approx cf ca dr e.g eg eq eqn eqs et etc fig figs i.e ie inc mr mrs ms no nos p.s pp prof ref refs "
    "resp sec secs st tab tabs viz vol vs w.r.t wrt a.k.a app appx ch chap def lem thm prop alg".split()
)
ENDING_ABBREVIATIONS = frozenset({"al", "etc", "inc"})
"""Abbreviations that also end sentences: a following capital that opens a clause decides."""

_STOP = re.compile(
    r"(?P<word>[^\s()\[\]]*?)(?P<stop>[.?!])(?P<close>[\"'”’)\]]*)(?P<gap>\s+)(?=(?P<next>\S+))"
)
_PARAGRAPH = re.compile(r"\n\s*\n\s*")
_WORD = re.compile(r"\S")
_OPENERS = frozenset(
    "The This These Those We Our In It They Their As For To However Moreover Furthermore Then Thus Hence "
    "Here While When A An On By With From Since Although Finally First Second Another Both All Each".split()
)


def sentence_starts(text: str, regions: Iterable[Span] = ()) -> Iterator[int]:
    """Yields the offsets at which a sentence starts, 0 first, in text order.

    A blank line always ends a sentence, and so do both ends of a region: what is printed in a formula or a
    table belongs to no sentence around it. A full stop does where a capital, digit, quote or bracket
    follows and the word before it is no abbreviation and no initial.
    """
    yield 0
    breaks = {match.end() for match in _PARAGRAPH.finditer(text)}
    breaks |= {match.end() for match in _STOP.finditer(text) if _ends_sentence(match)}
    for region in regions:
        breaks.add(region.start)
        if following := _WORD.search(text, region.end):
            breaks.add(following.start())
    yield from sorted(offset for offset in breaks if 0 < offset < len(text))


def _ends_sentence(match: re.Match[str]) -> bool:
    following = match["next"]
    if not re.match(r"[\"'“‘(\[]?[A-Z0-9À-ÞΑ-Ω•∗]", following) and not _names_open(following):
        return False
    if match["stop"] != ".":
        return True
    word = match["word"].lower().lstrip("\"'“‘(")
    if word in ENDING_ABBREVIATIONS:
        return following.rstrip(",") in _OPENERS
    is_initial = re.fullmatch(r"[A-Z](?:\.-?[A-Z]|-[A-Z])*", match["word"]) is not None
    return word not in ABBREVIATIONS and not is_initial


def _names_open(following: str) -> bool:
    """Whether a lower-case word may open a sentence because it is a name: "fastText", "word2vec"."""
    return re.match(r"[a-z]+[A-Z0-9]", following) is not None


@Language.component(COMPONENT, assigns=[SENTENCES])
def paper_sentences(doc: Doc) -> Doc:
    """Marks the tokens at which sentences start."""
    first_tokens = np.full(len(doc), NOT_A_START, dtype="int64")
    offsets = [token.idx for token in doc]
    document = doc._.document
    regions = [region.span for region in document.regions] if isinstance(document, Document) else []
    for start in sentence_starts(doc.text, regions):
        if (index := bisect.bisect_left(offsets, start)) < len(doc):
            first_tokens[index] = A_START
    # Token by token, spaCy would look through the whole document each time.
    return doc.from_array([SENT_START], first_tokens.reshape(-1, 1).view("uint64"))  # type: ignore[arg-type]


def sentence_spans(doc: Doc) -> Sequence[Span]:
    """The sentences as spans without the white space around them."""
    spans = []
    for sentence in doc.sents:
        text = sentence.text
        start = sentence.start_char + len(text) - len(text.lstrip())
        spans.append(Span(start=start, end=max(start, sentence.start_char + len(text.rstrip()))))
    return spans
