"""How much one document may cost, and which parameters of reading decide its text."""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What a worker may spend on one document; beyond it the document is refused.

    `max_page_pixels` bounds the picture that a page is rendered to for OCR: larger pages are rendered at
    a lower resolution than `ocr_dpi`.
    """

    address_space_bytes: int = 2 * 1024**3
    timeout_seconds: float = 120.0
    max_pages: int = 2000
    max_characters: int = 5_000_000
    max_page_pixels: int = 40_000_000
    ocr_dpi: int = 300


def reader_parameters(limits: ReadingLimits) -> tuple[tuple[str, str], ...]:
    """Sorted pairs of name and value of all that decides what text a PDF gives."""
    return tuple(
        sorted(
            {
                "ingest.max_characters": str(limits.max_characters),
                "ingest.max_page_pixels": str(limits.max_page_pixels),
                "ingest.max_pages": str(limits.max_pages),
                "ingest.ocr_dpi": str(limits.ocr_dpi),
                "ingest.pymupdf": version("pymupdf"),
                "ingest.tesseract": tesseract_version(),
            }.items()
        )
    )


@cache
def tesseract_version() -> str:
    """The version of the tesseract program on the path, or "none"."""
    program = shutil.which("tesseract")
    if program is None:
        return "none"
    finished = subprocess.run(  # noqa: S603 - the program that the person's own path names
        [program, "--version"], capture_output=True, text=True, check=False, timeout=30
    )
    words = (finished.stdout or finished.stderr).split()
    return words[1] if finished.returncode == 0 and len(words) > 1 else "none"
