"""What a PDF carries besides its pages is counted, and never used."""

import pymupdf
import pytest
from small_pdfs import Draw, ReadPages, column

PUSH_BUTTON = 1  # the engine's number for it, which its types do not know
WORDS = "A line of text that says next to nothing."


def nothing(page: pymupdf.Page) -> None:
    pass


def attach(page: pymupdf.Page) -> None:
    page.parent.embfile_add("data.csv", b"1,2")
    page.parent.embfile_add("more.csv", b"3,4")


def pin_a_file(page: pymupdf.Page) -> None:
    page.add_file_annot((100, 100), b"1,2", "data.csv")


def in_catalog(key: str, value: str) -> Draw:
    def draw(page: pymupdf.Page) -> None:
        page.parent.xref_set_key(page.parent.pdf_catalog(), key, value)

    return draw


def on_page(key: str, value: str) -> Draw:
    return lambda page: page.parent.xref_set_key(page.xref, key, value)


def behind_a_pointer(page: pymupdf.Page) -> None:
    pdf = page.parent
    xref = pdf.get_new_xref()
    pdf.update_object(xref, "<</S/JavaScript/JS(app.alert)>>")
    pdf.xref_set_key(pdf.pdf_catalog(), "OpenAction", f"{xref} 0 R")


def button(page: pymupdf.Page) -> None:
    widget = pymupdf.Widget()
    widget.field_type, widget.field_name = PUSH_BUTTON, "go"
    widget.rect, widget.script = pymupdf.Rect(100, 100, 150, 120), "app.alert(1)"
    page.add_widget(widget)


def scripts_by_name(page: pymupdf.Page) -> None:
    pdf = page.parent
    leaves = []
    for number in range(2):
        xref = pdf.get_new_xref()
        pdf.update_object(xref, f"<</Names[(n{number})<</S/JavaScript/JS(f)>>]>>")
        leaves.append(f"{xref} 0 R")
    in_catalog("Names", f"<</JavaScript<</Kids[{' '.join(leaves)}]>>>>")(page)


@pytest.mark.parametrize(
    ("draw", "warnings"),
    [
        (nothing, ()),
        (attach, ("ignored 2 attached files",)),
        (pin_a_file, ("ignored 1 attached file",)),
        (in_catalog("OpenAction", "<</S/JavaScript/JS(app.alert)>>"), ("ignored 1 JavaScript action",)),
        (in_catalog("OpenAction", "[0 /Fit]"), ()),
        (behind_a_pointer, ("ignored 1 JavaScript action",)),
        (on_page("AA", "<</O<</S/Launch/F(run)>>>>"), ("ignored 1 action that starts a program",)),
        (button, ("ignored 1 JavaScript action",)),
        (scripts_by_name, ("ignored 2 JavaScript actions",)),
        (in_catalog("Names", "<</JavaScript 999 0 R>>"), ()),  # a pointer to nowhere
    ],
)
def test_it_is_counted_in_the_report(read_pages: ReadPages, draw: Draw, warnings: tuple[str, ...]) -> None:
    def with_text(page: pymupdf.Page) -> None:
        column(page, [WORDS])
        draw(page)

    document = read_pages(with_text)
    assert document.text == WORDS
    assert document.warnings == warnings
