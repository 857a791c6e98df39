"""Text of pages that have none that can be used, recognised by tesseract from their picture."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.legibility import is_legible, legibility
from ingest.limits import ReadingLimits, tesseract_version
from ingest.page_text import PageText
from ingest.printed_lines import PrintedLine, Run, line_of_runs
from ingest.text_layer import image_share
from records import Box, PageSource, UnavailableError

if TYPE_CHECKING:
    import pymupdf
    from PIL.Image import Image

LEAST_CHARACTERS = 20
LEAST_IMAGE_SHARE = 0.3
LEAST_WORD_CONFIDENCE = 30.0  # of 100; below it tesseract has mostly read specks and lines
SURE_CONFIDENCE = 60.0
TRIAL_DPI = 150
_AUTOMATIC_COLUMNS = "--oem 1 --psm 3"  # finds columns and reads them one after the other
_TURNS = (0, 90, 180, 270)


def needs_recognition(page: "pymupdf.Page", text: PageText) -> bool:
    """Whether the page's text layer is empty under an image, or says nothing that can be read."""
    lines = (*text.lines, *text.turned)
    characters = sum(len(line.text.replace(" ", "")) for line in lines)
    if characters + text.meaningless >= LEAST_CHARACTERS:
        return not is_legible(" ".join(line.text for line in lines), meaningless=text.meaningless)
    return image_share(page) >= LEAST_IMAGE_SHARE


def recognised(page: "pymupdf.Page", text: PageText, limits: ReadingLimits) -> PageText:
    """The page as OCR reads it; the source is NONE where no tesseract is installed or it finds nothing.

    Where the text layer is in doubt and OCR reads no better, the text layer stays.
    """
    if tesseract_version() == "none":
        return replace(text, lines=(), turned=(), source=PageSource.NONE)
    dpi = _affordable_dpi(page, limits)
    turn = 0
    words = _read(_picture(page, dpi), dpi=dpi, limits=limits)
    if _sureness(words) < SURE_CONFIDENCE:
        turn = _best_turn(page, limits)
        words = _read(_picture(page, dpi, turn=turn), dpi=dpi, limits=limits) if turn else words
    lines = _lines(words, page, number=text.number, turn=turn, dpi=dpi)
    if _legible_score(lines) <= _legible_score(text.lines):
        source = PageSource.TEXT_LAYER if text.lines else PageSource.NONE
        return replace(text, source=source)
    return replace(text, lines=lines, turned=(), source=PageSource.OCR)


def _legible_score(lines: Sequence[PrintedLine]) -> float:
    return legibility(" ".join(line.text for line in lines)) + (0.001 if lines else 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    text: str
    confidence: float
    line: tuple[int, int, int]
    left: int
    top: int
    right: int
    bottom: int


def _affordable_dpi(page: "pymupdf.Page", limits: ReadingLimits) -> int:
    area = max(page.rect.width * page.rect.height / 72**2, 1e-6)
    return max(1, min(limits.ocr_dpi, int((limits.max_page_pixels / area) ** 0.5)))


def _picture(page: "pymupdf.Page", dpi: int, *, turn: int = 0) -> "Image":
    """The page in grey, turned clockwise by `turn` degrees."""
    import pymupdf
    from PIL import Image

    pixels = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
    picture = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    return picture.rotate(-turn, expand=True) if turn else picture


def _read(picture: "Image", *, dpi: int, limits: ReadingLimits) -> list[_Word]:
    """The words that tesseract finds, in its reading order."""
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"  # tesseract's threads slow each other down in many workers
    try:
        data = pytesseract.image_to_data(
            picture,
            config=f"{_AUTOMATIC_COLUMNS} --dpi {max(dpi, 70)}",
            output_type=pytesseract.Output.DICT,
            timeout=limits.timeout_seconds,
        )
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError) as error:
        said = " ".join(str(error).split())[:120]
        raise UnavailableError(f"tesseract does not work ({said}); mend or remove it") from error
    return [word for index in range(len(data["text"])) if (word := _word(data, index)) is not None]


def _word(data: Mapping[str, Sequence[Any]], index: int) -> _Word | None:
    text, confidence = str(data["text"][index]).strip(), float(data["conf"][index])
    if not text or confidence < LEAST_WORD_CONFIDENCE:
        return None
    left, top = int(data["left"][index]), int(data["top"][index])
    return _Word(
        text=text,
        confidence=confidence,
        line=(data["block_num"][index], data["par_num"][index], data["line_num"][index]),
        left=left,
        top=top,
        right=left + int(data["width"][index]),
        bottom=top + int(data["height"][index]),
    )


def _sureness(words: Sequence[_Word]) -> float:
    """The mean confidence of the words, weighted by their letters; 0 where there are hardly any."""
    letters = sum(len(word.text) for word in words)
    if letters < LEAST_CHARACTERS:
        return 0.0
    return sum(word.confidence * len(word.text) for word in words) / letters


def _best_turn(page: "pymupdf.Page", limits: ReadingLimits) -> int:
    """By how many degrees the page has to be turned clockwise to be read best, tried at a low resolution."""
    dpi = min(TRIAL_DPI, _affordable_dpi(page, limits))
    found = {turn: _read(_picture(page, dpi, turn=turn), dpi=dpi, limits=limits) for turn in _TURNS}
    return max(
        _TURNS, key=lambda turn: sum(len(w.text) * w.confidence for w in found[turn] if len(w.text) > 1)
    )


def _lines(
    words: Sequence[_Word], page: "pymupdf.Page", *, number: int, turn: int, dpi: int
) -> tuple[PrintedLine, ...]:
    groups: dict[tuple[int, int, int], list[_Word]] = {}
    for word in words:
        groups.setdefault(word.line, []).append(word)
    heights = [max(w.bottom for w in group) - min(w.top for w in group) for group in groups.values()]
    usual = median(heights) if heights else 0
    lines = []
    for key, group in groups.items():
        height = max(w.bottom for w in group) - min(w.top for w in group)
        size = (
            usual if 0.7 * usual < height < 1.4 * usual else height
        )  # a line without tall letters is no smaller
        runs = [Run(text=" ".join(word.text for word in group), size=round(size * 72 / dpi * 2) / 2)]
        box = _box(group, page, turn=turn, dpi=dpi)
        line = line_of_runs(runs, box, page=number, block=key[0] * 1000 + key[1])
        if line is not None:
            lines.append(line)
    return tuple(lines)


def _box(words: Sequence[_Word], page: "pymupdf.Page", *, turn: int, dpi: int) -> Box:
    """The words' box on the page in points, turned back."""
    scale = 72 / dpi
    x0, x1 = min(w.left for w in words) * scale, max(w.right for w in words) * scale
    y0, y1 = min(w.top for w in words) * scale, max(w.bottom for w in words) * scale
    width, height = page.rect.width, page.rect.height
    if turn == 90:
        return Box(x0=y0, y0=height - x1, x1=y1, y1=height - x0)
    if turn == 180:
        return Box(x0=width - x1, y0=height - y1, x1=width - x0, y1=height - y0)
    if turn == 270:
        return Box(x0=width - y1, y0=x0, x1=width - y0, y1=x1)
    return Box(x0=x0, y0=y0, x1=x1, y1=y1)
