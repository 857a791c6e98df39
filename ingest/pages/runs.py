"""Lines made of runs of characters that look the same."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.pages.characters import clean_characters, ends_with_accent
from ingest.pages.printed_lines import WORD, PrintedLine
from records import Box
from records.character_edges import Stop


class Run(NamedTuple):
    """Characters of one line that look the same; `raised` marks a superscript."""

    text: str
    size: float
    font: str = ""
    bold: bool = False
    italic: bool = False
    math: bool = False
    raised: bool = False


def line_of_runs(
    runs: Sequence[Run], box: Box, *, page: int, block: int, stops: Sequence[Stop] = ()
) -> PrintedLine | None:
    """The line that the runs make, or None where no character of theirs says anything.

    `stops` are offsets in the text of all runs together and how far to the right they stand.
    """
    raw = "".join([run.text for run in runs])
    text, raised, bold_until = _cleaned(runs, raw)
    if not text:
        return None
    widest = runs[0] if len(runs) == 1 else max(runs, key=lambda run: len(run.text))
    return PrintedLine(
        page=page,
        block=block,
        text=text,
        box=box,
        size=_main_size(runs),
        font=widest.font,
        bold_until=min(bold_until, len(text)),
        italic=widest.italic,
        math_share=sum([len(run.text) for run in runs if run.math]) / len(raw),
        raised=raised,
        stops=_stops_of_cleaned(text, raw, stops),
    )


def _cleaned(runs: Sequence[Run], raw: str) -> tuple[str, tuple[tuple[int, int], ...], int]:
    """The text of the runs, its superscripts, and how much of its beginning is bold."""
    if raw.isascii() and raw.isprintable() and "  " not in raw and "`" not in raw:
        return _as_it_is(runs, raw)
    text, raised, bold_until, still_bold, accent = "", [], 0, True, ""
    for run in runs:
        piece = run.text
        if accent or not piece.isascii():
            waits = ends_with_accent(piece)
            piece, accent = accent + (piece[:-1] if waits else piece), piece[-1] if waits else ""
        piece = clean_characters(piece)
        if not text or text.endswith(" "):
            piece = piece.lstrip(" ")
        if not piece:
            continue
        if run.raised and piece != " ":
            raised.append((len(text), len(text) + len(piece.rstrip(" "))))
        still_bold = still_bold and (run.bold or piece == " ")
        text += piece
        bold_until = len(text) if still_bold else bold_until
    return (text + accent).rstrip(" "), tuple(raised), bold_until


def _as_it_is(runs: Sequence[Run], raw: str) -> tuple[str, tuple[tuple[int, int], ...], int]:
    """The same for text in which nothing has to be cleaned, as most has not."""
    before = len(raw) - len(raw.lstrip(" "))
    raised, bold_until, still_bold, end = [], 0, True, -before
    for run in runs:
        start, end = max(end, 0), end + len(run.text)
        if run.raised and run.text != " ":
            raised.append((start, end - len(run.text) + len(run.text.rstrip(" "))))
        still_bold = still_bold and (run.bold or run.text == " ")
        bold_until = end if still_bold else bold_until
    return raw.strip(" "), tuple(raised), bold_until


def _stops_of_cleaned(text: str, raw: str, stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """The stops of the raw text at the offsets of the cleaned one; its ends alone where words are lost."""
    if not stops or len(text) == len(raw):
        return tuple(stops)
    ends = ((0, stops[0][1]), (len(text), stops[-1][1]))
    words, raw_words = list(WORD.finditer(text)), list(WORD.finditer(raw))
    if len(stops) == 2 or len(words) != len(raw_words):
        return ends
    x_at = dict(stops)
    found = dict(ends[:1])
    for word, raw_word in zip(words, raw_words, strict=True):
        for offset, raw_offset in zip(word.span(), raw_word.span(), strict=True):
            if raw_offset in x_at:
                found[offset] = x_at[raw_offset]
    found.setdefault(*ends[1])
    return tuple(found.items())


def _main_size(runs: Sequence[Run]) -> float:
    """The size of most characters; of small capitals, that of the large ones."""
    if len(runs) == 1:
        return round(runs[0].size, 1)
    sizes = [round(run.size, 1) for run in runs]
    if len(set(sizes)) == 1:
        return sizes[0]
    weights = dict.fromkeys(sizes, 0)
    for size, run in zip(sizes, runs, strict=True):
        weights[size] += len(run.text.strip())
    if all(run.text.upper() == run.text for run in runs):
        return max((size for size, weight in weights.items() if weight), default=0.0)
    return max(weights, key=lambda size: (weights[size], size))
