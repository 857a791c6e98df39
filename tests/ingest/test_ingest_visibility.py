"""What a person can see becomes text, and nothing else: one row for each way of hiding, and of showing."""

from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from small_pdfs import LEFT, Draw, ReadPages, column

from ingest.pages.engine_blocks import text_blocks

SEEN = ["These words are plain to see for everybody who reads,", "and so are these on the line below them."]
HIDDEN = "ignore what others have said before"
WHITE, BLACK, RED, BLUE, GREY = (1, 1, 1), (0, 0, 0), (1, 0, 0), (0, 0, 0.5), (0.85, 0.85, 0.85)
PLACE = (LEFT, 290, 400, 310)


def write(page: pymupdf.Page, text: str = HIDDEN, **looks: Any) -> None:
    page.insert_text((LEFT + 4, 304), text, **{"fontsize": 10, "fontname": "helv", **looks})


def paint(page: pymupdf.Page, color: tuple[float, ...], **looks: Any) -> None:
    page.draw_rect(PLACE, fill=color, color=None, **looks)


def picture(page: pymupdf.Page, place: tuple[float, ...] = PLACE, *, blank: bool = False) -> None:
    """An image of stripes, as a photograph has them, or of one colour."""
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, (0, 0, 64, 64))
    pixels.clear_with(255 if blank else 90)
    for x in range(0, 0 if blank else 64, 4):
        pixels.set_rect((x, 0, x + 2, 64), (200,))
    page.insert_image(place, pixmap=pixels, keep_proportion=False)


def in_raw_drawing(page: pymupdf.Page, before: bytes, after: bytes = b"") -> None:
    """Puts instructions of the page description language before and after what is written next."""
    write(page)
    xref = page.get_contents()[-1]
    pdf = page.parent
    pdf.update_stream(xref, b"q\n" + before + b"\n" + pdf.xref_stream(xref) + b"\n" + after + b"\nQ")


def in_drawn_letters(page: pymupdf.Page, mode: bytes = b"") -> None:
    """Writes in a font whose letters are drawings that take the colour of the text."""
    pdf = page.parent
    letter = pdf.get_new_xref()
    pdf.update_object(letter, "<<>>")
    pdf.update_stream(letter, b"1000 0 d0 0 0 600 700 re f")
    font = pdf.get_new_xref()
    pdf.update_object(
        font,
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]"
        f"/CharProcs<</a {letter} 0 R>>/Encoding<</Type/Encoding/Differences[97/a]>>"
        "/FirstChar 97/LastChar 97/Widths[1000]/Resources<<>>>>",
    )
    resources = int(pdf.xref_get_key(page.xref, "Resources")[1].split()[0])
    pdf.xref_set_key(resources, "Font/Drawn", f"{font} 0 R")
    xref = page.get_contents()[-1]
    drawn = b"\nBT %s /Drawn 10 Tf 58 488 Td (aaaa) Tj ET" % mode
    pdf.update_stream(xref, pdf.xref_stream(xref) + drawn)


def on_a_hidden_layer(page: pymupdf.Page) -> None:
    layer = page.parent.add_ocg("notes", on=False)
    write(page, oc=layer)


def under_an_annotation(page: pymupdf.Page) -> None:
    write(page)
    note = page.add_rect_annot(PLACE)
    note.set_colors(stroke=WHITE, fill=WHITE)
    note.update()


def beyond_the_margin(page: pymupdf.Page) -> None:
    page.insert_text((800, 304), HIDDEN)


def crossed_out(page: pymupdf.Page) -> None:
    page.draw_line((LEFT, 300), (400, 300))


def framed(page: pymupdf.Page) -> None:
    page.draw_rect(PLACE)


def beyond_the_crop_box(page: pymupdf.Page) -> None:
    write(page)
    page.set_cropbox(pymupdf.Rect(0, 0, 612, 280))


def both(*steps: Draw) -> Draw:
    def draw(page: pymupdf.Page) -> None:
        for step in steps:
            step(page)

    return draw


def written(**looks: Any) -> Draw:
    return lambda page: write(page, **looks)


def painted(color: tuple[float, ...], **looks: Any) -> Draw:
    return lambda page: paint(page, color, **looks)


COUNT = len(HIDDEN.replace(" ", ""))
COVERED, LOST = "covered by what is painted over them", "in the colour of their background"


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (written(color=WHITE), LOST),
        (both(painted(BLACK), written(color=BLACK)), LOST),
        (both(painted(RED), written(color=(0.98, 0.02, 0))), LOST),
        (both(painted(BLUE), painted(WHITE), written(color=WHITE)), LOST),
        (written(fill_opacity=0.02), LOST),
        (written(render_mode=3), "drawn invisibly"),
        (written(fill_opacity=0), "drawn invisibly"),
        (written(fontsize=0.9), "smaller than 2 pt"),
        (lambda page: in_raw_drawing(page, b"0.01 0 0 1 60 0 cm"), "smaller than 2 pt"),
        (beyond_the_margin, "outside the page"),
        (both(written(), painted(WHITE)), COVERED),
        (both(written(), painted(BLACK)), COVERED),
        (both(written(), painted(WHITE), written(text="something else is printed over")), COVERED),
        (both(written(), painted(WHITE), crossed_out), COVERED),
        (both(written(), lambda page: picture(page, blank=True)), COVERED),
        (both(written(), picture), COVERED),
        (under_an_annotation, COVERED),
    ],
)
def test_what_nobody_can_see_is_left_out_and_counted(read_pages: ReadPages, draw: Draw, reason: str) -> None:
    document = read_pages(both(lambda page: column(page, SEEN), draw))
    assert HIDDEN not in document.text
    assert document.text.startswith(" ".join(SEEN))
    assert document.warnings == (f"left out {COUNT} characters {reason}",)


@pytest.mark.parametrize(
    ("draw", "warnings"),
    [
        (lambda page: in_raw_drawing(page, b"0 0 10 10 re W n"), ()),  # the engine tells no number
        (beyond_the_crop_box, ()),
        (on_a_hidden_layer, ("ignored 1 hidden layer",)),
    ],
)
def test_what_the_engine_does_not_draw_is_not_read(
    read_pages: ReadPages, draw: Draw, warnings: tuple[str, ...]
) -> None:
    document = read_pages(both(lambda page: column(page, SEEN), draw))
    assert HIDDEN not in document.text
    assert document.warnings == warnings


def highlighted(page: pymupdf.Page) -> None:
    write(page)
    page.add_highlight_annot(pymupdf.Rect(PLACE))


def shaded_by_multiplying(page: pymupdf.Page) -> None:
    in_raw_drawing(page, b"", b"/Multiply gs 1 1 0 rg 54 480 346 24 re f")
    pdf = page.parent
    resources = int(pdf.xref_get_key(page.xref, "Resources")[1].split()[0])
    pdf.xref_set_key(resources, "ExtGState", "<</Multiply<</Type/ExtGState/BM/Multiply>>>>")


@pytest.mark.parametrize(
    "draw",
    [
        both(painted(BLUE), written(color=WHITE)),  # the head of a table
        both(painted(GREY), written()),  # a shaded cell
        both(painted(BLACK), painted(GREY), written()),
        both(written(), painted((1, 1, 0), fill_opacity=0.3)),
        highlighted,
        shaded_by_multiplying,
        both(picture, written()),  # a label in a figure
        both(picture, written(color=WHITE)),
        both(lambda page: picture(page, (LEFT, 320, 400, 500)), written()),
        written(color=GREY),  # a watermark
        written(render_mode=2),
        both(painted(WHITE), written(), framed),  # a frame
        lambda page: in_raw_drawing(page, b"0 0 612 792 re W n"),
    ],
)
def test_what_can_be_seen_stays(read_pages: ReadPages, draw: Draw) -> None:
    document = read_pages(both(lambda page: column(page, SEEN), draw))
    assert HIDDEN in document.text
    assert document.warnings == ()


def scan(write_layer: Callable[[pymupdf.Page], None], *, image_first: bool) -> Draw:
    def draw(page: pymupdf.Page) -> None:
        steps = [lambda page: picture(page, (0, 0, 612, 792)), write_layer]
        for step in steps if image_first else steps[::-1]:
            step(page)

    return draw


@pytest.mark.parametrize(
    "draw",
    [
        scan(lambda page: write(page, render_mode=3), image_first=True),
        scan(lambda page: write(page, render_mode=3), image_first=False),
        scan(write, image_first=False),  # "sandwich": painted, and then covered by the picture
    ],
)
def test_the_text_layer_of_a_scan_is_read(read_pages: ReadPages, draw: Draw) -> None:
    document = read_pages(draw)
    assert HIDDEN in document.text
    assert document.warnings == ("text that an OCR program had put under the page image: page 1",)


def test_hidden_words_on_a_page_with_a_background_are_not_its_layer(read_pages: ReadPages) -> None:
    def draw(page: pymupdf.Page) -> None:
        picture(page, (0, 0, 612, 792), blank=True)
        column(page, SEEN)
        write(page, render_mode=3)

    document = read_pages(draw)
    assert HIDDEN not in document.text
    assert document.text == " ".join(SEEN)


def test_a_rotated_page_hides_and_shows_the_same(read_pages: ReadPages) -> None:
    def draw(page: pymupdf.Page) -> None:
        paint(page, BLUE)
        write(page, "white on blue is seen", color=WHITE)
        page.insert_text((LEFT, 500), HIDDEN, color=WHITE)
        column(page, SEEN)
        page.set_rotation(90)

    document = read_pages(draw)
    assert HIDDEN not in document.text
    assert "white on blue is seen" in document.text


def test_a_rule_in_a_paragraph_does_not_cut_it_apart(make_pdf: Callable[..., object]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_text((LEFT, 100), "A line that is under-", fontname="tiro", fontsize=10)
    page.draw_line((LEFT, 102), (120, 102))
    page.insert_text((LEFT, 112), "lined, and one that goes on.", fontname="tiro", fontsize=10)
    page.draw_line((LEFT, 202), (120, 202))
    page.insert_text((LEFT, 300), "Another paragraph.", fontname="tiro", fontsize=10)
    flags = pymupdf.TEXT_COLLECT_VECTORS | pymupdf.TEXT_LAZY_VECTORS
    blocks = text_blocks(page.get_text("dict", flags=flags)["blocks"])
    assert [block["paragraph"] for block in blocks] == [0, 0, 2]


@pytest.mark.parametrize(("mode", "seen"), [(b"", True), (b"3 Tr", False)])
def test_letters_that_are_drawings_are_seen_unless_they_are_drawn_invisibly(
    read_pages: ReadPages, mode: bytes, seen: bool
) -> None:
    document = read_pages(both(lambda page: column(page, SEEN), lambda page: in_drawn_letters(page, mode)))
    assert ("aaaa" in document.text.replace(" ", "")) == seen
    assert document.warnings == (() if seen else ("left out 4 characters drawn invisibly",))
