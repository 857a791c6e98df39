"""How much one document may cost, and which parameters of reading decide its text."""

import hashlib
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What a worker may spend on one document; beyond it the document is refused.

    `max_page_pixels` bounds the picture that a page is rendered to for OCR: larger pages are rendered at
    a lower resolution than `ocr_dpi`. The time limit holds for each of the tasks into which a file is cut:
    its text layers, a few pages of OCR, the putting together.
    """

    address_space_bytes: int = 2 * 1024**3
    timeout_seconds: float = 120.0
    max_pages: int = 2000
    max_characters: int = 5_000_000
    max_page_pixels: int = 40_000_000
    max_ocr_pages: int = 400
    ocr_dpi: int = 300

    def allow_picture(self, width: float, height: float) -> bool:
        """Whether a page of this size in points can be rendered at all, at one dot per inch."""
        return width * height / 72**2 <= self.max_page_pixels


def reader_parameters(limits: ReadingLimits) -> tuple[tuple[str, str], ...]:
    """Sorted pairs of name and value of all that decides what text a PDF gives."""
    return tuple(
        sorted(
            {
                "ingest.max_characters": str(limits.max_characters),
                "ingest.max_ocr_pages": str(limits.max_ocr_pages),
                "ingest.max_page_pixels": str(limits.max_page_pixels),
                "ingest.max_pages": str(limits.max_pages),
                "ingest.ocr_dpi": str(limits.ocr_dpi),
                "ingest.pillow": version("pillow"),
                "ingest.pymupdf": version("pymupdf"),
                "ingest.tesseract": tesseract_version(),
                "ingest.tesseract_english": tesseract_english(),
            }.items()
        )
    )


@cache
def tesseract_version() -> str:
    """The version of the tesseract program on the path, or "none"."""
    words = _said_by_tesseract("--version").split()
    return words[1] if len(words) > 1 else "none"


@cache
def tesseract_english() -> str:
    """The beginning of the SHA-256 of tesseract's model of English, of which there are several, or "none"."""
    folder = re.search(r'"(.+)"', _said_by_tesseract("--list-langs"))
    model = Path(folder[1]) / "eng.traineddata" if folder else None
    if model is None or not model.is_file():
        return "none"
    with model.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]


def _said_by_tesseract(option: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        return ""
    finished = subprocess.run(  # noqa: S603 - the program that the person's own path names
        [program, option], capture_output=True, text=True, check=False, timeout=30
    )
    return (finished.stdout or finished.stderr) if finished.returncode == 0 else ""


def took_too_long(limits: ReadingLimits) -> str:
    """The reason for which a document is refused that takes more time than it may."""
    return f"took longer than {limits.timeout_seconds:g} s; raise the time limit if the file is worth it"
