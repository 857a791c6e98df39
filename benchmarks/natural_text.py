"""Sentences of split tokens as they would be printed, with the places of the recogniser's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.recognition.words import WORD
from records import Span
from training.sentences import words_of_tokens

_OPENING, _CLOSING = tuple("([{“‘"), tuple(")]},.;:?!”’%")
_ENDING = re.compile(r"'s|'(?:re|ve|ll|d|m)")
_JOINTS = frozenset("-/")


@dataclass(frozen=True, slots=True, kw_only=True)
class NaturalText:
    """A sentence and its words, in text order; `token_words` has first word and end of each token."""

    text: str
    words: tuple[Span, ...]
    token_words: tuple[tuple[int, int], ...]


def natural_text(tokens: Sequence[str]) -> NaturalText:
    """The sentence with split digits joined, and hyphens, brackets and punctuation closed up.

    Only white space is decided on: the tokens' characters all stay, in order.
    """
    _, places = words_of_tokens(tokens)
    spans: list[Span] = []
    text = ""
    for number, token in enumerate(tokens):
        joined = bool(number) and places[number][0] < len(spans)
        if number and not joined and not _closed_up(tokens, number, text):
            text += " "
        for part in WORD.finditer(token):
            start, end = len(text) + part.start(), len(text) + part.end()
            if joined and part.start() == 0:
                start = spans.pop().start
            spans.append(Span(start=start, end=end))
        text += token
    return NaturalText(text=text, words=tuple(spans), token_words=tuple(places))


def _closed_up(tokens: Sequence[str], number: int, before: str) -> bool:
    """Whether no space stands before a token of a sentence, after the text before it."""
    token, previous = tokens[number], tokens[number - 1]
    if token.startswith(_CLOSING) or previous.endswith(_OPENING) or _ENDING.fullmatch(token):
        return True
    if token in _JOINTS:
        return previous[-1].isalnum() and number + 1 < len(tokens) and tokens[number + 1][0].isalnum()
    if previous in _JOINTS:
        return token[0].isalnum() and len(before) > 1 and before[-2].isalnum()
    return token[0].isdigit() and re.search(r"\d\.$", before) is not None
