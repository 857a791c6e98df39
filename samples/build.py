"""The sample papers: typesets each `*.typ` beside this file, and makes the scan from its pages.

    python samples/build.py            writes the PDFs beside their sources
    python samples/build.py FOLDER     writes them into FOLDER

The result is the same to the byte each time with the versions in the lock file: dates stand in the sources,
only the fonts that typst carries are used, and the scan's dirt comes from a seeded generator.
"""

import sys
from pathlib import Path

import numpy as np
import pymupdf
import typst

SOURCES = Path(__file__).resolve().parent
TEMPLATE = "paper"
SCANNED = "rungwise-scan"

SCAN_DPI = 200
SCAN_SEED = 20191021
SCAN_TILTS_DEGREES = (0.5, -0.35)
JPEG_QUALITY = 38


def main() -> None:
    """Writes every sample paper as PDF and tells its size."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCES
    for source in sorted(SOURCES.glob("*.typ")):
        if source.stem == TEMPLATE:
            continue
        pdf = typeset(source)
        if source.stem == SCANNED:
            pdf = scanned(pdf)
        (folder / f"{source.stem}.pdf").write_bytes(pdf)
        print(f"{source.stem}.pdf  {len(pdf) // 1024} KiB")


def typeset(source: Path) -> bytes:
    """The PDF of a typst source; warnings of the typesetter are errors here."""
    pdf, warnings = typst.compile_with_warnings(
        str(source), root=str(SOURCES), font_paths=[], ignore_system_fonts=True
    )
    if warnings:
        raise SystemExit(f"{source.name}: {'; '.join(warning.message for warning in warnings)}")
    return bytes(pdf)


def scanned(pdf: bytes) -> bytes:
    """The same pages as gray pictures, tilted and dirty, without a text layer."""
    noise = np.random.default_rng(SCAN_SEED)
    scan = pymupdf.open()
    with pymupdf.open(stream=pdf, filetype="pdf") as pages:
        for page, tilt in zip(pages, SCAN_TILTS_DEGREES, strict=True):
            sheet = scan.new_page(width=page.rect.width, height=page.rect.height)
            sheet.insert_image(sheet.rect, stream=_picture(page, tilt, noise))
    scan.set_metadata({"producer": "paperlineage sample scan"})
    return bytes(scan.tobytes(garbage=4, deflate=True, no_new_id=True))


def _picture(page: pymupdf.Page, tilt_degrees: float, noise: np.random.Generator) -> bytes:
    """A page as a JPEG: tilted about its middle, on gray paper, with grain and a shadow at the left edge."""
    zoom = SCAN_DPI / 72
    middle = page.rect.width / 2, page.rect.height / 2
    turn = pymupdf.Matrix(1, 0, 0, 1, -middle[0], -middle[1]) * pymupdf.Matrix(tilt_degrees)
    turn = turn * pymupdf.Matrix(1, 0, 0, 1, *middle) * pymupdf.Matrix(zoom, zoom)
    clean = page.get_displaylist().get_pixmap(
        matrix=turn, colorspace=pymupdf.csGRAY, clip=page.rect * pymupdf.Matrix(zoom, zoom)
    )
    ink = np.frombuffer(clean.samples, dtype=np.uint8).reshape(clean.height, clean.width).astype(np.int16)
    grain = noise.integers(-6, 7, size=ink.shape, dtype=np.int16)
    shadow = (26 - np.arange(clean.width, dtype=np.int16) // 3).clip(0)
    dirty = (40 + ink * 4 // 5 + grain - shadow).clip(0, 255).astype(np.uint8)
    picture = pymupdf.Pixmap(pymupdf.csGRAY, clean.width, clean.height, dirty.tobytes(), False)  # noqa: FBT003
    return bytes(picture.tobytes("jpeg", jpg_quality=JPEG_QUALITY))


if __name__ == "__main__":
    main()
