"""Text that a paper's author chose must not command the reader's terminal."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.terminal_text import UNPRINTABLE, as_json, one_line

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_a_line_holds_nothing_that_a_terminal_would_obey(text: str) -> None:
    assert not {unicodedata.category(character) for character in one_line(text)} & UNPRINTABLE
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Müller’s naïve “β-VAE” 日本", "Müller’s naïve “β-VAE” 日本"),
        ("two\n  lines\tand a tab", "two lines and a tab"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("gnp\u202e.pdf", "gnp.pdf"),  # writing turned round
        ("\x9b2J", "\ufffd2J"),  # the one-character form of ESC [
    ],
)
def test_only_what_does_harm_is_changed(text: str, line: str) -> None:
    assert one_line(text) == line


@given(ANY_TEXT)
def test_json_is_plain_on_the_terminal_and_loses_nothing(text: str) -> None:
    written = as_json({"text": text})
    assert json.loads(written) == {"text": text}
    categories = {unicodedata.category(character) for character in written if character != "\n"}
    assert not categories & UNPRINTABLE


@dataclass(frozen=True)
class Row:
    at: datetime
    names: tuple[str, ...]


def test_records_become_objects_and_times_iso_texts() -> None:
    row = Row(datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC), ("a", "b"))
    assert json.loads(as_json([row])) == [{"at": "2024-05-06T07:08:09+00:00", "names": ["a", "b"]}]
