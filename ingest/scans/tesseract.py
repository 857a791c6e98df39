"""The words that tesseract reads in a picture."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Any

from records import UnavailableError

if TYPE_CHECKING:
    from PIL.Image import Image

COLUMNS = "--oem 1 --psm 3"  # the neural reader; finds columns and reads one after the other
LEAST_DPI = 70  # tesseract takes lower ones for a mistake
_TIMED_OUT = "timeout"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWord:
    """A word where it stands in the picture, in pixels; `confidence` lies in [0, 1].

    `line` names its block, paragraph and line in tesseract's order of reading; `stroke` is how thick its
    strokes are, in pixels, where that has been measured.
    """

    text: str
    confidence: float
    line: tuple[int, int, int]
    left: int
    top: int
    right: int
    bottom: int
    stroke: float = 0.0

    @property
    def is_vertical(self) -> bool:
        """Whether it runs up or down the page, as stamps in the margin do."""
        return len(self.text) > 3 and self.bottom - self.top > 2 * (self.right - self.left)


def read_words(picture: "Image", *, dpi: int, timeout_seconds: float) -> list[ReadWord]:
    """The words of the picture in reading order.

    Raises TimeoutError where it takes longer, and UnavailableError where tesseract does not work at all.
    """
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"  # tesseract's threads slow each other down in many workers
    Path(gettempdir()).mkdir(parents=True, exist_ok=True)  # a worker's own one may have been tidied away
    with TemporaryDirectory(prefix="ocr-") as folder:
        path = Path(folder) / "page.pgm"
        picture.save(path)  # pytesseract itself would spend half a second on compressing it
        try:
            data = pytesseract.image_to_data(
                str(path),
                config=f"{COLUMNS} --dpi {max(dpi, LEAST_DPI)}",
                output_type=pytesseract.Output.DICT,
                timeout=max(timeout_seconds, 0.01),
            )
        except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError) as error:
            said = " ".join(str(error).split())[:120]
            raise UnavailableError(f"tesseract does not work ({said}); mend or remove it") from error
        except RuntimeError as error:
            if _TIMED_OUT in str(error):
                raise TimeoutError("OCR takes too long") from error
            raise
    return [word for index in range(len(data["text"])) if (word := _word(data, index)) is not None]


def _word(data: Mapping[str, Sequence[Any]], index: int) -> ReadWord | None:
    text, confidence = str(data["text"][index]).strip(), float(data["conf"][index])
    if not text or confidence < 0:  # what is no word but a block, a paragraph or a line
        return None
    left, top = int(data["left"][index]), int(data["top"][index])
    return ReadWord(
        text=text,
        confidence=min(confidence / 100, 1.0),
        line=(data["block_num"][index], data["par_num"][index], data["line_num"][index]),
        left=left,
        top=top,
        right=left + int(data["width"][index]),
        bottom=top + int(data["height"][index]),
    )
