"""Where characters stand in a line of which only some places are known."""

import bisect
import itertools
from collections.abc import Sequence

Stop = tuple[int, float]
"""An offset in a line's text, and how far to the right it stands, in points."""

# Of Times Roman, in thousandths of the font size (Adobe's font metrics): letters of other fonts are in
# about the same proportion to each other.
_WIDTHS = {
    **dict.fromkeys("ilj;:/t\\", 278),
    **dict.fromkeys("'|`’‘", 200),
    **dict.fromkeys(" .,", 250),
    **dict.fromkeys("fr-()[]!I", 333),
    **dict.fromkeys("sJ", 389),
    **dict.fromkeys('acez?“”"', 444),
    **dict.fromkeys("FPS", 556),
    **dict.fromkeys("ELTZ=+<>", 611),
    **dict.fromkeys("BCR", 667),
    **dict.fromkeys("wADGHKNOQUVXY", 722),
    **dict.fromkeys("m%&", 790),
    **dict.fromkeys("MW@—", 920),
}
_OTHER = 500


def character_edges(text: str, stops: Sequence[Stop]) -> list[float]:
    """The left edge of every character of the line, and the right edge of the last one.

    `stops` ascend from offset 0 to the text's length. Between two of them the characters share the room
    in the proportion of their usual widths.
    """
    edges = [stops[0][1]]
    for (start, left), (end, right) in itertools.pairwise(stops):
        widths = [_WIDTHS.get(character, _OTHER) for character in text[start:end]]
        scale = (right - left) / (sum(widths) or 1)
        at = left
        for width in widths:
            at += width * scale
            edges.append(at)
    return edges


def stops_within(stops: Sequence[Stop], length: int, *, text: str) -> tuple[Stop, ...]:
    """The stops of the first `length` characters of the line."""
    if not stops or stops[-1][0] <= length:
        return tuple(stops)
    kept = stops[: bisect.bisect_left(stops, (length, float("-inf")))]
    if stops[len(kept)][0] == length:
        return tuple(stops[: len(kept) + 1])
    return (*kept, (length, character_edges(text, stops)[length]))
