"""Lists of things in a template: "⟦M0⟧, ⟦M1⟧ ⟦C0⟧ and ⟦M2⟧"."""

import re
from collections.abc import Iterator

from extract.grammar import ATTRIBUTIVE, CONTINUATION
from extract.templates import MARK


def listed_marks(text: str, position: int, letters: str) -> Iterator[re.Match[str]]:
    """Yields the marks of a list that starts at a position: "⟦M0⟧, ⟦M1⟧ ⟦C0⟧ and ⟦M2⟧".

    A mark that only qualifies another noun ends the list and is not part of it, and so does one of another
    type.
    """
    while (mark := MARK.match(text, position)) and mark["letter"] in letters:
        if ATTRIBUTIVE.match(text, mark.end()):
            return
        yield mark
        following = CONTINUATION.match(text, mark.end())
        if following is None:
            return
        position = following.end()
