"""How much of a paper's gold text a document holds, and in which order."""

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

RUN_WORDS = 8

_UNIFIED = str.maketrans(
    {
        **dict.fromkeys("‘’‚`´′", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "\u00ad": "",
    }
)
_DOUBLED = re.compile(r"''|-{2,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextScore:
    """Shares in [0, 1]: of the gold runs found word by word, found when spaces are ignored, and of
    neighbouring found runs those in the order of the gold text."""

    word: float
    char: float
    order: float


def text_score(texts: Sequence[str], paragraphs: Sequence[Sequence[str]]) -> TextScore | None:
    """The score of a document's text; None where the gold has no run of eight words.

    Of several versions of the text, a run is found where any has it; the first decides the order.

    Every window of eight words within one piece of gold prose is a run. White space, and the forms of
    quotation marks, hyphens and dashes, do not count; letters' case does.
    """
    gold = [" ".join(run) for piece in itertools.chain.from_iterable(paragraphs) for run in _runs(piece)]
    if not gold:
        return None
    spaced = [" ".join(unified(text).split()) for text in texts]
    packed = [text.replace(" ", "") for text in spaced]
    spaceless = [packed[0].find(run.replace(" ", "")) for run in gold]
    return TextScore(
        word=sum(any(run in text for text in spaced) for run in gold) / len(gold),
        char=sum(any(run.replace(" ", "") in text for text in packed) for run in gold) / len(gold),
        order=_ascending([place for place in spaceless if place >= 0]),
    )


def unified(text: str) -> str:
    """The text in compatibility form with one kind of quotation mark, hyphen and dash."""
    text = unicodedata.normalize("NFKC", text).translate(_UNIFIED)
    return _DOUBLED.sub(lambda match: '"' if match[0] == "''" else "-", text)


def _runs(piece: str) -> list[list[str]]:
    words = unified(piece).split()
    return [words[start : start + RUN_WORDS] for start in range(len(words) - RUN_WORDS + 1)]


def _ascending(places: Sequence[int]) -> float:
    pairs = list(itertools.pairwise(places))
    return sum(before <= after for before, after in pairs) / len(pairs) if pairs else 1.0
