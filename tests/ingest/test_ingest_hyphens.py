"""Words broken at a line's end."""

import pytest

from ingest.layout.hyphens import seam, word_use


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("we pro-", "pose a method", "we propose a method"),
        ("the atten-", "tion layer", "the attention layer"),
        ("a sequence-", "aligned model", "a sequence-aligned model"),  # two words, and no longer one
        ("state-of-the-", "art results", "state-of-the-art results"),
        ("English-", "German pairs", "English-German pairs"),
        ("uses GPT-", "2 as is", "uses GPT-2 as is"),
        ("letter-", "and word-level", "letter- and word-level"),
        ("the co\u00ad", "operation", "the cooperation"),
        ("pages 5–", "9 of it", "pages 5–9 of it"),
        ("https://github.com/a/", "b-c is there", "https://github.com/a/b-c is there"),
        ("it ends", "here", "it ends here"),
        ("a minus -", "sign", "a minus - sign"),
    ],
)
def test_a_hyphen_at_a_line_end_is_dropped_only_inside_a_word(first: str, second: str, joined: str) -> None:
    meeting = seam(first, second, word_use([]))
    assert first[: len(first) - meeting.dropped] + meeting.between + second == joined


@pytest.mark.parametrize(
    ("usage", "joined"),
    [
        ("we like a pre-training objective here", "pre-training"),
        ("we like a pretraining objective here", "pretraining"),
    ],
)
def test_the_documents_own_usage_decides_first(usage: str, joined: str) -> None:
    meeting = seam("pre-", "training", word_use([usage]))
    assert "pre-"[: 4 - meeting.dropped] + "training" == joined
