import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonicalize.spelling import american, singular
from canonicalize.surface_forms import core_words, slug, surface_key, surface_words, tidied
from records import EntityType


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Byte-Pair Encodings (BPE)", "byte pair encoding"),
        ("tokenisation", "Tokenization"),
        ("neighbourhood sampling", "neighborhood sampling"),
        ("back-translation", "backtranslation"),
        ("sub-word units", "subword unit"),
        ("BiLSTMs", "Bi-LSTM"),
        ("CIFAR10", "CIFAR-10"),
        ("CIFAR 10", "CIFAR-10"),
        ("SQuAD v1.1", "SQuAD 1.1"),
        ("SQuAD version 1.1", "SQuAD 1.1"),
        ("SQuAD (2.0)", "SQuAD-2.0"),
        ("YOLOv3", "YOLO v3"),
        ("WMT'14", "WMT-14"),
        ("Fréchet Inception Distance", "frechet inception distance"),
        ("naïve Bayes", "Naive Bayes"),
        ("Cohen’s kappa", "Cohen's Kappa"),
        ("P@1", "P at 1"),
        ("BERT [12]", "BERT"),
        ("BPE (Sennrich et al., 2016)", "BPE"),
        ("CNN/DailyMail", "CNN / Daily Mail"),
        ("ＢＥＲＴ", "BERT"),  # full-width letters
    ],
)
def test_two_writings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert surface_key(one) == surface_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SQuAD 1.1", "SQuAD 2.0"),
        ("SQuAD 1.1", "SQuAD 11"),
        ("C4", "C4.5"),
        ("ResNet-50", "ResNet-101"),
        ("WordNet", "WordNet 3.0"),
        ("DeepLabv3", "DeepLabv3+"),
        ("top-1 error", "top-11 error"),
        ("2010 8", "20108"),
        ("A* search", "a search"),
        ("loss", "los"),
    ],
)
def test_two_names_have_two_keys(one: str, other: str) -> None:
    assert surface_key(one) != surface_key(other)


@given(st.text(max_size=60) | st.from_regex(r"[a-zA-Z0-9 .'()v*@/-]{0,40}", fullmatch=True))
def test_the_key_of_a_key_is_the_key(surface: str) -> None:
    key = surface_key(surface)
    assert surface_key(key) == key


@given(st.text(max_size=60))
def test_a_slug_holds_only_what_an_id_may(surface: str) -> None:
    words = surface_words(surface)
    if words:
        assert set(slug(words)) <= set("abcdefghijklmnopqrstuvwxyz0123456789.+-")
        assert slug(words)


@pytest.mark.parametrize("surface", ["", "  ", "--", "()", "…"])
def test_signs_alone_have_an_empty_key(surface: str) -> None:
    assert surface_key(surface) == ""


@pytest.mark.parametrize(
    ("surface", "entity_type", "core"),
    [
        ("The standard CIFAR-10 datasets", EntityType.DATASET, ("cifar10",)),
        ("Viterbi algorithm", EntityType.METHOD, ("viterbi",)),
        ("BLEU scores", EntityType.METRIC, ("bleu",)),
        ("the dataset", EntityType.DATASET, ("dataset",)),  # something stays
        ("BLEU scores", EntityType.METHOD, ("bleu", "score")),  # no head noun of methods
    ],
)
def test_the_core_leaves_out_what_only_introduces_or_classes(
    surface: str, entity_type: EntityType, core: tuple[str, ...]
) -> None:
    assert core_words(surface, entity_type) == core


@pytest.mark.parametrize(
    "word", ["noise", "noised", "supervised", "precise", "wise", "raising", "promised", "exercise", "advised"]
)
def test_words_that_end_in_ise_everywhere_keep_it(word: str) -> None:
    assert american(word) == word


@pytest.mark.parametrize("word", ["bias", "corpus", "analysis", "loss", "series", "gas", "bayes", "ids"])
def test_words_that_only_look_plural_stay(word: str) -> None:
    assert singular(word) == word


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("  byte-pair\n encoding, ", "byte-pair encoding"),
        ("“FooNet”", "FooNet"),
        ("a\x00b\x1b[31m", "a b [31m"),
        ("x" * 500, "x" * 120),
        ("...", "..."),
        ("F1 (macro)", "F1 (macro)"),
        ("(FooNet)", "FooNet"),
        ("FooNet (Doe et al., 2020)", "FooNet"),
        ("\x1b", "a name without letters"),
    ],
)
def test_a_name_to_show_is_tidy(surface: str, name: str) -> None:
    assert tidied(surface) == name


def test_a_slug_that_loses_letters_tells_names_apart() -> None:
    assert slug(("λ", "calculus")) != slug(("μ", "calculus"))
