"""Tags of words as spans, in whichever scheme a token classifier has learned: IO, BIO, BIOES, BILOU."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

_POSITION: Final = re.compile(r"([BIESLU])[-_](.+)", re.DOTALL)
OUTSIDE: Final = "O"


def parted(tag: str) -> tuple[str, str]:
    """Position and label: "B-Method" is B and Method. A label without position is I, "O" has no label."""
    if tag == OUTSIDE:
        return OUTSIDE, ""
    found = _POSITION.fullmatch(tag)
    return (found[1], found[2]) if found else ("I", tag)


def tagged_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yields first word, word after the last, and label of each span.

    A sequence that breaks its scheme is read as far as it goes: a span begins at B, S and U, and at any other
    tag that does not go on with the label before it; it ends after E, L, S and U.
    """
    start, label = 0, ""
    for word, (position, following) in enumerate(map(parted, tags)):
        if label and (following != label or position in "BSU"):
            yield start, word, label
            label = ""
        if following and not label:
            start, label = word, following
        if following and position in "ELSU":
            yield start, word + 1, label
            label = ""
    if label:
        yield start, len(tags), label
