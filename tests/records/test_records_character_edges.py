import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import Box, Line, Span
from records.character_edges import Stop, character_edges, stops_within


@st.composite
def placed_texts(draw: st.DrawFn) -> tuple[str, list[Stop]]:
    """A line's text, and stops that ascend from its start to its end."""
    text = draw(st.text(min_size=1, max_size=60))
    inner = draw(st.sets(st.integers(1, len(text) - 1), max_size=8)) if len(text) > 1 else set()
    offsets = sorted({0, *inner, len(text)})
    steps = draw(st.lists(st.floats(0, 50), min_size=len(offsets), max_size=len(offsets)))
    return text, list(zip(offsets, itertools.accumulate(steps), strict=True))


@given(placed_texts())
def test_edges_ascend_and_pass_through_the_stops(placed: tuple[str, list[Stop]]) -> None:
    text, stops = placed
    edges = character_edges(text, stops)
    assert len(edges) == len(text) + 1
    assert all(before <= after + 1e-6 for before, after in itertools.pairwise(edges))
    assert all(edges[offset] == pytest.approx(x, abs=1e-6) for offset, x in stops)


@given(placed_texts(), st.data())
def test_a_line_cut_short_keeps_its_edges(placed: tuple[str, list[Stop]], data: st.DataObject) -> None:
    text, stops = placed
    length = data.draw(st.integers(1, len(text)))
    cut = stops_within(stops, length, text=text)
    assert character_edges(text[:length], cut) == pytest.approx(
        character_edges(text, stops)[: length + 1], abs=1e-6
    )


def test_wide_letters_take_more_room_than_narrow_ones() -> None:
    edges = character_edges("il", [(0, 0.0), (2, 20.0)])
    wide = character_edges("iW", [(0, 0.0), (2, 20.0)])
    assert edges[1] == pytest.approx(10.0)
    assert wide[1] < 6.0


def test_the_box_of_a_quote_is_its_part_of_the_line() -> None:
    line = Line(
        span=Span(start=5, end=12),
        page=1,
        box=Box(x0=10.0, y0=20.0, x1=80.0, y1=30.0),
        stops=((0, 10.0), (4, 50.0), (7, 80.0)),
    )
    text = "....\nused BPE on"
    assert line.box_of(Span(start=9, end=40), text) == Box(x0=50.0, y0=20.0, x1=80.0, y1=30.0)
    assert line.box_of(Span(start=0, end=9), text) == Box(x0=10.0, y0=20.0, x1=50.0, y1=30.0)
