"""Files that cannot be opened or read whole: each has a reason of its own, in one line."""

import zlib
from pathlib import Path

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_pdfs import MakePdf, column

from ingest.limits import ReadingLimits
from ingest.reader import read_pdf
from ingest.worker import read_in_worker
from records import Document, UnreadablePdfError

WORDS = "A line of text that says next to nothing."
CONTENTS = (
    b"<</Length 62>>stream\nBT /F1 12 Tf 72 700 Td (A line of text on a page) Tj ET          \nendstream "
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
Objects = list[bytes]


def pdf_of(objects: Objects) -> bytes:
    """A file of these objects, the first of which is its catalogue, as a careless program writes it."""
    body = b"".join(b"%d 0 obj%sendobj\n" % numbered for numbered in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


def page_of(media_box: bytes = b"[0 0 612 792]", kids: bytes = b"3 0 R", count: int = 1) -> Objects:
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>" % media_box,
        CONTENTS,
        FONT,
    ]


def bomb(unpacked_mib: int) -> bytes:
    """A page whose instructions are blanks, packed as tightly as they can be."""
    packed = zlib.compress(b" " * unpacked_mib * 1024**2, 9)
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream " % (len(packed), packed)
    return pdf_of([*page_of()[:3], stream, FONT])


def some_text(page: pymupdf.Page) -> None:
    column(page, [WORDS])


def nothing(page: pymupdf.Page) -> None:
    pass


def long_file() -> bytes:
    """A file whose pages lie in the order in which they are read, with their table at its end."""
    pdf = pymupdf.open()
    for _ in range(8):
        column(pdf.new_page(), [WORDS] * 40)
    return bytes(pdf.tobytes())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"just words", "not a PDF (no %PDF- in its first 1024 bytes)"),
        (b"%PDF-1.7\nand then nothing\n%%EOF", "damaged, cannot be opened as a PDF; fetch it again"),
        (b"%PDF-1.7\nand then nothing", "truncated, the file ends before its pages do; fetch it again"),
        (long_file()[:900], "truncated, the file ends before its pages do; fetch it again"),
        (pdf_of(page_of(kids=b"", count=0)), "damaged, no page can be found in it; fetch it again"),
        (pdf_of(page_of(count=10**9)), "damaged, no page can be found in it; fetch it again"),
        (
            pdf_of(page_of(kids=b"2 0 R")),
            "damaged, its page tree runs in a circle; save it anew with another program",
        ),
        (
            pdf_of([*page_of(kids=b"6 0 R")[:5], b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"]),
            "damaged, its page tree runs in a circle; save it anew with another program",
        ),
        (
            pdf_of(page_of(b"[0 0 1000000000 1000000000]")),
            "no text in it, and its pages are too large to be made pictures for OCR",
        ),
        *(
            (
                bomb(mib),
                "unpacks to an absurd size and shows no text, as a decompression bomb does; leave it out",
            )
            for mib in (70, 250)  # the engine stops at the second by itself
        ),
    ],
)
def test_each_fault_has_its_own_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadablePdfError) as refusal:
        read_pdf(path, ReadingLimits())
    assert str(refusal.value) == f"a.pdf: {reason}"


@pytest.mark.parametrize(
    ("content", "warnings"),
    [
        (pdf_of(page_of())[:-5], ("the file is cut off at its end, after its pages",)),
        (pdf_of(page_of(b"[-30000 -30000 30000 30000]")), ()),
        (pdf_of(page_of(b"[0 0 0 0]")), ()),
        (pdf_of(page_of(kids=b"3 0 R 2 0 R", count=2)), ("damaged, could not be read: page 2",)),
    ],
)
def test_what_can_be_read_of_a_damaged_file_is_read(
    tmp_path: Path, content: bytes, warnings: tuple[str, ...]
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    document = read_pdf(path, ReadingLimits())
    assert document.text == "A line of text on a page"
    assert document.warnings == warnings


def test_a_truncated_file_that_has_lost_a_page_is_no_paper(tmp_path: Path) -> None:
    first, second = page_of(kids=b"3 0 R 6 0 R", count=2), page_of()[2].replace(b"4 0 R", b"7 0 R")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of([*first, second, CONTENTS])[:-80])
    with pytest.raises(UnreadablePdfError, match=r"truncated, 1 of its 2 pages are lost; fetch it again$"):
        read_pdf(path, ReadingLimits())


def test_a_locked_file_says_that_it_needs_a_password(make_pdf: MakePdf) -> None:
    path = make_pdf(some_text, encryption=5, user_pw="x", owner_pw="y")
    with pytest.raises(UnreadablePdfError, match=r": encrypted, needs a password; save a copy without one$"):
        read_pdf(path, ReadingLimits())


def test_thousands_of_blank_pages_are_refused_at_once(make_pdf: MakePdf) -> None:
    path = make_pdf(*[nothing] * 30)
    with pytest.raises(UnreadablePdfError, match=r": 30 pages, more than the limit of 20; split it, "):
        read_pdf(path, ReadingLimits(max_pages=20))


def test_a_huge_picture_is_not_rendered(make_pdf: MakePdf) -> None:
    def draw(page: pymupdf.Page) -> None:
        page.insert_image(page.rect, pixmap=pymupdf.Pixmap(pymupdf.csGRAY, (0, 0, 8, 8)))
        page.set_mediabox(pymupdf.Rect(0, 0, 600_000, 600_000))

    with pytest.raises(UnreadablePdfError, match=r": no text in it, and its pages are too large to be made"):
        read_pdf(make_pdf(draw), ReadingLimits())


def outcome(path: Path, content: bytes) -> object:
    path.write_bytes(content)
    try:
        return read_in_worker(path, ReadingLimits(max_ocr_pages=0))
    except UnreadablePdfError as refusal:
        return str(refusal)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("broken") / "a.pdf"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1), spots=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=6))
def test_whatever_is_broken_ends_in_text_or_in_a_refusal(
    scratch: Path, cut: float, spots: list[tuple[float, bytes]]
) -> None:
    content = bytearray(pdf_of(page_of()))
    for share, noise in spots:
        at = int(share * len(content))
        content[at : at + len(noise)] = noise
    found = outcome(scratch, bytes(content[: int(cut * len(content))]))
    assert isinstance(found, (Document, str))
    assert isinstance(found, Document) or (found.startswith("a.pdf: ") and "\n" not in found)
