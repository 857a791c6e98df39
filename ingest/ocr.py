"""Text of pages that have none that can be used, recognised by tesseract from their picture."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ingest.limits import ReadingLimits, tesseract_version
from ingest.page_text import PageText, image_share
from ingest.printed_lines import PrintedLine, Run, line_of_runs
from records import Box, PageSource, UnreadablePdfError

if TYPE_CHECKING:
    import pymupdf

LEAST_CHARACTERS = 20
MOST_GARBAGE_SHARE = 0.3
LEAST_IMAGE_SHARE = 0.3
LEAST_WORD_CONFIDENCE = 30.0
_AUTOMATIC_COLUMNS = "--oem 1 --psm 3"  # finds columns and reads them one after the other


def needs_recognition(page: "pymupdf.Page", text: PageText) -> bool:
    """Whether the page's text layer is empty under an image, or says nothing that can be read."""
    characters = "".join(line.text for line in (*text.lines, *text.turned)).replace(" ", "")
    if len(characters) >= LEAST_CHARACTERS:
        return False
    return image_share(page) >= LEAST_IMAGE_SHARE


def recognised(page: "pymupdf.Page", text: PageText, limits: ReadingLimits) -> PageText:
    """The page as OCR reads it; the source is NONE where no tesseract is installed or it finds nothing."""
    if tesseract_version() == "none":
        return replace(text, lines=(), source=PageSource.NONE)
    import os

    import pymupdf
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"
    dpi = _affordable_dpi(page, limits)
    pixels = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
    from PIL import Image

    picture = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    try:
        data = pytesseract.image_to_data(
            picture,
            config=f"{_AUTOMATIC_COLUMNS} --dpi {dpi}",
            output_type=pytesseract.Output.DICT,
            timeout=limits.timeout_seconds,
        )
    except (pytesseract.TesseractError, RuntimeError) as error:
        raise UnreadablePdfError(f"page {text.number}: tesseract failed ({str(error)[:80]})") from error
    lines = _lines(data, number=text.number, scale=72 / dpi)
    return replace(text, lines=lines, source=PageSource.OCR if lines else PageSource.NONE)


def _affordable_dpi(page: "pymupdf.Page", limits: ReadingLimits) -> int:
    area = max(page.rect.width * page.rect.height / 72**2, 1e-6)
    return max(1, min(limits.ocr_dpi, int((limits.max_page_pixels / area) ** 0.5)))


def _lines(data: Mapping[str, Sequence[Any]], *, number: int, scale: float) -> tuple[PrintedLine, ...]:
    words: dict[tuple[int, int, int], list[int]] = {}
    for index, text in enumerate(data["text"]):
        if text.strip() and float(data["conf"][index]) >= LEAST_WORD_CONFIDENCE:
            key = (data["block_num"][index], data["par_num"][index], data["line_num"][index])
            words.setdefault(key, []).append(index)
    lines = []
    for (block, _, _), indexes in words.items():
        x0 = min(data["left"][i] for i in indexes)
        y0 = min(data["top"][i] for i in indexes)
        x1 = max(data["left"][i] + data["width"][i] for i in indexes)
        y1 = max(data["top"][i] + data["height"][i] for i in indexes)
        box = Box(x0=x0 * scale, y0=y0 * scale, x1=x1 * scale, y1=y1 * scale)
        runs = [Run(text=" ".join(data["text"][i] for i in indexes), size=round(box.y1 - box.y0))]
        line = line_of_runs(runs, box, page=number, block=block)
        if line is not None:
            lines.append(line)
    return tuple(lines)


def garbage_share(text: str) -> float:
    """The part of the characters that mean nothing: controls, private use, replacement characters."""
    if not text:
        return 0.0
    odd = sum(1 for c in text if c == "\ufffd" or unicodedata.category(c) in {"Cc", "Co", "Cn", "Cs"})
    return odd / len(text)
