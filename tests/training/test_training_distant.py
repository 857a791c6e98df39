"""The vocabulary's preprocessing steps are marked where papers write them."""

from training.corpora.distant import by_first_word, distant_steps, occurrences, trusted, vocabulary_forms
from training.sentences import LabelledSentence, LabelledSpan

FORMS = [("tokenized",), ("byte", "-", "pair", "encoding"), ("byte", "-", "pair"), ("normalization",)]
PAPER = "scirex:0123456789abcdef"


def sentence(text: str, *spans: tuple[int, int], document: str = PAPER) -> LabelledSentence:
    marked = tuple(LabelledSpan(start=start, end=end, type="PreprocessingStep") for start, end in spans)
    return LabelledSentence(corpus="scirex", document=document, words=tuple(text.split()), spans=marked)


def test_the_longest_form_at_a_place_is_found_in_any_case() -> None:
    words = "Tokenized by Byte - Pair Encoding , not by byte - pair".split()
    assert list(occurrences(words, by_first_word(FORMS))) == [(0, 1), (2, 6), (9, 12)]


def test_a_form_that_labelled_sentences_leave_unmarked_is_not_trusted() -> None:
    labelled = [
        sentence("batch normalization follows"),
        sentence("layer normalization and tokenized text", (3, 4)),
    ]
    assert sorted(trusted(FORMS, labelled)) == sorted(form for form in FORMS if form != ("normalization",))


def test_sentences_with_a_form_get_its_span_and_as_many_others_come_along() -> None:
    papers = [sentence("We tokenized it", (2, 3)), *(sentence(f"Nothing here {n}") for n in range(5))]
    made = distant_steps(papers, FORMS, without=[])
    assert [each.corpus for each in made] == ["distant-steps"] * 2
    assert made[0].spans == (LabelledSpan(start=1, end=2, type="PreprocessingStep"),)
    assert made[1].spans == ()


def test_papers_that_are_kept_aside_give_nothing_though_named_in_short() -> None:
    assert distant_steps([sentence("We tokenized it")], FORMS, without=["scirex:0123456789ab"]) == []


def test_every_name_and_alias_of_the_vocabulary_is_a_form() -> None:
    forms = vocabulary_forms()
    assert ("tokenization",) in forms
    assert ("autoaugment", "policy") in forms
