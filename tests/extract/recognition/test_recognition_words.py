"""Words and their shapes, and windows of word pieces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from extract.recognition.wordpieces import MOST_PIECES, WordPieces, packed
from extract.recognition.words import NO_SHAPE, SHAPES, shape_of, word_spans


def pieces() -> WordPieces:
    vocabulary = {
        "[PAD]": 0,
        "[UNK]": 1,
        "[CLS]": 2,
        "[SEP]": 3,
        "we": 4,
        "use": 5,
        "bert": 6,
        "##x": 7,
        "x": 8,
    }
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.enable_padding(length=128)
    return WordPieces(tokenizer)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("few-shot segmentation", ["few", "-", "shot", "segmentation"]),
        ("word2vec", ["word", "2", "vec"]),  # corpora part letters from digits, so all text is parted
        ("42.2 %", ["42", ".", "2", "%"]),
        ("a_b", ["a", "_", "b"]),
        ("Müller’s", ["Müller", "’", "s"]),
        (" \n", []),
    ],
)
def test_words_are_runs_of_letters_or_digits_and_single_marks(text: str, words: list[str]) -> None:
    assert [text[span.start : span.end] for span in word_spans(text)] == words


@given(st.text(max_size=60), st.integers(0, 1000))
def test_words_cover_all_but_white_space_once(text: str, offset: int) -> None:
    spans = list(word_spans(text, offset=offset))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = "".join(text[span.start - offset : span.end - offset] for span in spans)
    assert covered == "".join(text.split())


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("model", "lower"),
        ("Model", "capitalised"),
        ("A", "capitalised"),
        ("BERT", "upper"),
        ("SQuAD", "mixed"),
        ("2015", "digits"),
        ("-", "other"),
    ],
)
def test_a_shape_says_how_a_word_is_written(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


def test_a_window_points_at_the_first_piece_of_every_word() -> None:
    window = pieces().window([["We", "use", "BERTx"], ["X"]])
    assert window.pieces == (2, 4, 5, 6, 7, 8, 3)
    assert window.first_pieces == (1, 2, 3, 5)
    assert window.sentence_ends == (3, 4)
    assert window.shapes[0] == window.shapes[-1] == NO_SHAPE
    assert len(window.shapes) == len(window.pieces)


def test_a_word_that_no_piece_fits_is_unknown_and_an_endless_one_is_cut() -> None:
    of_word = pieces().of_word
    assert of_word("\u200b") == (1,)
    assert of_word("\ud800") == (1,)  # half a surrogate pair
    assert len(of_word("x" * 90)) == MOST_PIECES


@given(st.lists(st.integers(0, 40), max_size=30), st.integers(1, 60))
def test_windows_hold_every_sentence_once_and_no_more_than_fits(sizes: list[int], most: int) -> None:
    ranges = list(packed(sizes, most=most))
    assert [number for each in ranges for number in each] == list(range(len(sizes)))
    assert all(len(each) == 1 or sum(sizes[n] for n in each) <= most for each in ranges)
