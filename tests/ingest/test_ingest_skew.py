"""How scanned pages lie: askew, sideways, and where a place on them was before they were straightened."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from ingest.scans.pictures import straightened, turned
from ingest.scans.skew import MOST_DEGREES, is_sideways, skew_degrees
from records import Box

WIDTH, HEIGHT, DPI = 560, 720, 72
MARK = (90, 200, 150, 236)  # in pixels, which are points here
GREY = 120


def page(degrees: float = 0.0) -> Image.Image:
    """A page of words without letters, its lines turned counterclockwise."""
    picture = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(picture)
    lengths = np.random.default_rng(3).integers(10, 60, size=600)
    word = iter(lengths.tolist())
    for y in range(90, HEIGHT - 90, 16):
        x = 70
        while x < WIDTH - 110:
            length = next(word)
            draw.rectangle((x, y, x + length, y + 6), fill=0)
            x += length + 7
    draw.rectangle((60, 180, WIDTH - 60, 256), fill=255)
    draw.rectangle(MARK, fill=GREY)
    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)


@given(st.floats(min_value=-MOST_DEGREES + 0.2, max_value=MOST_DEGREES - 0.2))
@settings(max_examples=25, deadline=None)
def test_skew_is_found_within_a_fifth_of_a_degree(degrees: float) -> None:
    assert skew_degrees(page(degrees)) == pytest.approx(degrees, abs=0.2)


@pytest.mark.parametrize("picture", [Image.new("L", (200, 300), 255), Image.new("L", (200, 300), 0)])
def test_a_blank_page_is_not_askew(picture: Image.Image) -> None:
    assert skew_degrees(picture) == 0
    assert not is_sideways(picture)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_sideways_where_its_lines_run_down_or_up(turn: int) -> None:
    assert is_sideways(turned(page(2.0), turn)) == (turn in {90, 270})


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("degrees", [0.0, -3.0, 2.0])
def test_a_box_of_the_straightened_page_is_found_on_the_page_as_shown(turn: int, degrees: float) -> None:
    shown = turned(page(degrees), -turn % 360)
    level, lie = straightened(shown, turn=turn, dpi=DPI)
    assert lie.turn == turn
    assert lie.skew_degrees == pytest.approx(degrees, abs=0.15)
    left, top, right, bottom = mark_in(level)
    box = lie.as_shown(Box(x0=left, y0=top, x1=right, y1=bottom))
    x0, y0, x1, y1 = mark_in(shown)
    assert (box.x0 + box.x1) / 2 == pytest.approx((x0 + x1) / 2, abs=2)
    assert (box.y0 + box.y1) / 2 == pytest.approx((y0 + y1) / 2, abs=2)


def mark_in(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box around the mark, which is taller than the words: these a filter removes."""
    values = np.asarray(picture.filter(ImageFilter.MedianFilter(15))).astype(int)
    rows, columns = np.nonzero(abs(values - GREY) < 4)
    low, high = np.percentile(rows, [5, 95]), np.percentile(columns, [5, 95])
    return int(high[0]), int(low[0]), int(high[1]), int(low[1])
