"""Which statements are denied, which only imagined, and which are made after all.

In each row the name is what stands between the angle brackets.
"""

import time

import pytest

from extract.polarity import polarity_of, polarity_of_mark
from extract.polarity_cues import words
from records import Polarity, SectionKind

AFFIRMED, NEGATED, HYPOTHETICAL = Polarity.AFFIRMED, Polarity.NEGATED, Polarity.HYPOTHETICAL


def of(marked: str, section: SectionKind | None = None) -> Polarity:
    before, name, after = marked.replace("⟩", "⟨").split("⟨")
    return polarity_of(before + name + after, len(before), len(before) + len(name), section=section)


@pytest.mark.parametrize(
    "text",
    [
        "We use ⟨BERT⟩.",
        "We not only use ⟨BERT⟩ but GPT.",  # a cue word that denies nothing
        "The value of ⟨BERT⟩ cannot be overstated.",
        "No longer than 512 tokens fit ⟨BERT⟩.",
        "Without loss of generality, we use ⟨BERT⟩.",
        "We would like to thank the authors of ⟨BERT⟩.",
        "As may be seen in Table 2, we use ⟨BERT⟩.",
        "We compare it with and without ⟨BERT⟩.",
        "Unlike GPT, we use ⟨BERT⟩.",  # the comma ends the phrase that "unlike" denies
        "Instead of GPT we use ⟨BERT⟩.",  # and so does the verb
        "Instead of GPT, T5, and XLNet, we use ⟨BERT⟩.",
        "It is not large, but we use ⟨BERT⟩.",
        "Although no labels were available, ⟨BERT⟩ is used.",
        "We do not tune it and then apply ⟨BERT⟩.",
        "We use ⟨BERT⟩ rather than GPT.",  # the cue is about another name
        "We use ⟨BERT⟩, which was not trained.",
        "We use ⟨BERT⟩ and do not use GPT.",
        "To avoid overfitting, we use ⟨BERT⟩.",
        "Dropout prevents ⟨BERT⟩ from overfitting.",  # not BERT is prevented
        "We do not use ⟨BERT⟩ to tag words, but to embed them.",  # it is used
        "We do not exclude ⟨BERT⟩.",  # twice denied
        "We show that it can be used for ⟨BERT⟩.",  # a finding
        "It may ease the work, and we use ⟨BERT⟩.",
        "We used ⟨BERT⟩ and leave GPT as is.",
        "We publish it for future research on ⟨BERT⟩.",
    ],
)
def test_what_is_said_to_be_so_is_affirmed(text: str) -> None:
    assert of(text) is AFFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "We do not use ⟨BERT⟩.",
        "We don’t use ⟨BERT⟩.",
        "We did n't use ⟨BERT⟩.",  # as corpora write it
        "Neither ⟨BERT⟩ nor GPT was used.",
        "Neither GPT nor ⟨BERT⟩ was used.",
        "Instead of ⟨BERT⟩ we use GPT.",
        "Instead\nof  ⟨BERT⟩ we use GPT.",  # as lines break in a paper
        "Unlike ⟨BERT⟩, GPT reads from the left.",
        "We use GPT rather than ⟨BERT⟩.",
        "We use GPT, not ⟨BERT⟩.",
        "All layers except ⟨BERT⟩ are trained.",
        "Here ⟨BERT⟩ was omitted.",
        "We omitted ⟨BERT⟩.",
        "Since we had no labels, ⟨BERT⟩ was not used.",
        "The effect of ⟨BERT⟩ has not been studied.",
        "The model fails to match ⟨BERT⟩.",
        "This prevents us from using ⟨BERT⟩.",
        "There is no need for ⟨BERT⟩.",
        "It is trained without ⟨BERT⟩.",
    ],
)
def test_what_is_said_not_to_be_so_is_negated(text: str) -> None:
    assert of(text) is NEGATED


@pytest.mark.parametrize(
    "text",
    [
        "We could use ⟨BERT⟩.",
        "⟨BERT⟩ may help.",
        "Our method can be combined with ⟨BERT⟩.",
        "It is applicable to ⟨BERT⟩.",
        "In future work, we use ⟨BERT⟩.",
        "We leave ⟨BERT⟩ for future work.",
        "We leave it for future work to use ⟨BERT⟩.",
        "We plan to use ⟨BERT⟩.",
        "It would be interesting to see ⟨BERT⟩.",
        "If we use ⟨BERT⟩ we obtain less.",
        "If labels were at hand, ⟨BERT⟩ would help.",
        "Can we use ⟨BERT⟩ for this?",
        "This is probably due to ⟨BERT⟩.",
    ],
)
def test_what_is_planned_possible_supposed_or_asked_is_hypothetical(text: str) -> None:
    assert of(text) is HYPOTHETICAL


def test_what_we_will_do_is_a_plan_where_the_paper_concludes() -> None:
    assert of("We will use ⟨BERT⟩.", SectionKind.CONCLUSION) is HYPOTHETICAL
    assert of("We will use ⟨BERT⟩.", SectionKind.METHOD) is AFFIRMED


@pytest.mark.parametrize("position", [0, 1, 8])
def test_a_mark_is_found_from_its_bracket_its_letter_or_its_article(position: int) -> None:
    template = "⟦M0⟧ or ⟦M1⟧ was not used."  # 8 lies on the bracket of the second
    assert polarity_of_mark(template, position) is NEGATED


@pytest.mark.parametrize(
    "unit",
    [
        "not ",
        "a",
        ", and ",
        "if ",
        "could ",
        "n't ",
        "unlike a, b, and ",
        "future ",
        "promising a ",
        "(",
        "\n",
        "as ",
    ],
)
def test_text_made_to_be_slow_is_judged_in_a_time_that_does_not_grow_with_it(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.perf_counter()
    for start in range(0, len(text), len(text) // 20):
        polarity_of(text, start, start + 1)
    assert time.perf_counter() - began < 4


def test_cue_words_are_whole_words() -> None:
    assert words("not", "no").search("notion of a nota bene, nor none") is None
