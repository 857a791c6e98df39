"""Text of pages that have none that can be used, recognised by tesseract from their picture."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.limits import ReadingLimits, tesseract_version
from ingest.pages.legibility import common_words, is_legible
from ingest.pages.lie import Lie
from ingest.pages.page_images import image_share
from ingest.pages.page_text import PageText
from ingest.pages.printed_lines import PrintedLine
from ingest.scans.boldness import with_strokes
from ingest.scans.columns import in_columns
from ingest.scans.lines import printed_lines
from ingest.scans.pictures import affordable_dpi, scan_picture, straightened
from ingest.scans.skew import is_sideways
from ingest.scans.specks import believable
from ingest.scans.tesseract import ReadWord, read_words
from records import PageSource

if TYPE_CHECKING:
    import pymupdf
    from PIL.Image import Image

LEAST_CHARACTERS = 20
LEAST_IMAGE_SHARE = 0.3
FEW_CHARACTERS = 400  # a stamp, a running head: a page under them may still be a picture
WHOLE_PAGE_SHARE = 0.8
SURE_CONFIDENCE = 0.6
TRIAL_DPI = 150
_LEVEL, _SIDEWAYS = (0, 180), (90, 270)


def needs_recognition(page: "pymupdf.Page", text: PageText) -> bool:
    """Whether the page is a picture but for a stamp or so, or has a text layer that cannot be read."""
    lines = (*text.lines, *text.turned)
    characters = sum([len(line.text) - line.text.count(" ") for line in lines])
    if characters + text.meaningless < LEAST_CHARACTERS:
        return image_share(page) >= LEAST_IMAGE_SHARE
    if characters < FEW_CHARACTERS and not text.hidden_layer and image_share(page) >= WHOLE_PAGE_SHARE:
        return True
    return not is_legible(" ".join(line.text for line in lines), meaningless=text.meaningless)


def recognised(page: "pymupdf.Page", text: PageText, limits: ReadingLimits, *, until: float) -> PageText:
    """The page as OCR reads it; the source is NONE where no tesseract is installed or it finds nothing.

    Where OCR reads no more words than the text layer has, the text layer stays. Raises TimeoutError at
    `until`, a time of the monotonic clock.
    """
    if tesseract_version() == "none":
        return replace(text, lines=(), turned=(), source=PageSource.NONE)
    dpi = affordable_dpi(page, limits)
    reading = best_reading(scan_picture(page, dpi), dpi=dpi, until=until)
    lines = printed_lines(reading.level_words(), page=text.number, dpi=dpi)
    if _said(lines) <= _said(text.lines):
        return replace(text, source=PageSource.TEXT_LAYER if text.lines else PageSource.NONE)
    stamps = printed_lines(reading.vertical_words(), page=text.number, dpi=dpi)
    read = replace(text, lines=lines, turned=stamps, source=PageSource.OCR)
    if reading.lie.is_plain:
        return read
    lie = replace(reading.lie, width=text.width, height=text.height)  # which pixels do not tell exactly
    return replace(read, lie=lie, width=lie.straight_width, height=lie.straight_height)


def _said(lines: Sequence[PrintedLine]) -> tuple[int, int]:
    """How many common words the lines have, and whether there are any lines."""
    return common_words(" ".join(line.text for line in lines)), bool(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureReading:
    """The words of a picture and how it had to be laid to be read."""

    picture: "Image"
    words: tuple[ReadWord, ...]
    lie: Lie

    def level_words(self) -> list[ReadWord]:
        """The words of lines in reading order, with the thickness of their strokes."""
        stamps = self._vertical_lines()
        words = believable(word for word in self.words if word.line not in stamps)
        return with_strokes(in_columns(words, page_width=self.picture.width), self.picture)

    def vertical_words(self) -> list[ReadWord]:
        """The words of lines that run up or down the page."""
        stamps = self._vertical_lines()
        return [word for word in self.words if word.line in stamps]

    def _vertical_lines(self) -> frozenset[tuple[int, int, int]]:
        return frozenset(word.line for word in self.words if word.is_vertical)

    @property
    def letters(self) -> float:
        """How many letters were read in level lines, each counted by how sure its word is."""
        level = (word for word in self.words if len(word.text) > 1 and not word.is_vertical)
        return sum(word.confidence * len(word.text) for word in level)

    @property
    def is_sure(self) -> bool:
        """Whether most of what was read is what stands there, as upside-down pages never make believe.

        Tesseract reads vertical lines, too; but a page of them had better be turned.
        """
        letters = sum(len(word.text) for word in self.words if len(word.text) > 1)
        return letters >= LEAST_CHARACTERS and self.letters >= SURE_CONFIDENCE * letters


def best_reading(picture: "Image", *, dpi: int, until: float) -> PictureReading:
    """The picture read from the side from which it can be read best, its lines made level.

    Nearly all pages lie right, so that is tried first. Which of the other sides it is, readings at a low
    resolution tell.
    """
    sideways = is_sideways(picture)
    first = None if sideways else _reading(picture, turn=0, dpi=dpi, until=until)
    if first is not None and first.is_sure:
        return first
    turn = _best_turn(picture, dpi=dpi, sideways=sideways, until=until)
    if first is not None and turn == 0:
        return first
    return _reading(picture, turn=turn, dpi=dpi, until=until)


def _best_turn(picture: "Image", *, dpi: int, sideways: bool, until: float) -> int:
    """By how many degrees the picture has to be turned clockwise to be read best."""
    trial_dpi = min(TRIAL_DPI, dpi)
    width, height = (max(1, side * trial_dpi // dpi) for side in picture.size)
    small = picture.resize((width, height), reducing_gap=2.0)
    tried: list[PictureReading] = []
    for turns in (_SIDEWAYS, _LEVEL) if sideways else (_LEVEL, _SIDEWAYS):
        tried.extend(_reading(small, turn=turn, dpi=trial_dpi, until=until) for turn in turns)
        best = max(tried, key=lambda reading: reading.letters)
        if best.is_sure:
            break
    return best.lie.turn


def _reading(picture: "Image", *, turn: int, dpi: int, until: float) -> PictureReading:
    level, lie = straightened(picture, turn=turn, dpi=dpi)
    words = read_words(level, dpi=dpi, timeout_seconds=until - time.monotonic())
    return PictureReading(picture=level, words=tuple(words), lie=lie)
