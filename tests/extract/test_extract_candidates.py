"""Candidates from text, citations and tables, with what speaks for and against them."""

import pytest
from spacy.language import Language
from typeset import page, read_typeset, table
from written import written

from extract.candidates.cited_names import shared_words, spelled_by
from extract.pipeline import annotate, build_nlp
from extract.tables.roles import is_metric, is_number
from records import Annotations, Entity, EntityType, EvidenceKind, Polarity, Predicate, Relation, SectionKind


def introductions(annotations: Annotations) -> dict[tuple[str, str], Relation]:
    return {
        (each.object.surface, each.cited_reference_id): each
        for each in annotations.candidates
        if each.predicate is Predicate.INTRODUCES and each.cited_reference_id
    }


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("We use BERT {a|(Devlin, 2018)}.", "cited behind the name, right there"),
        ("The BERT of {a@Devlin (2018)} is used.", "cited by its authors, right there"),
        ("{a@Devlin (2018)} present BERT.", "cited authors first, right there"),
        ("BERT and word2vec {a|(Devlin, 2018)} are used.", "cited behind a list of names"),
        (
            "BERT reads a text from both of its sides at once {a|(Devlin, 2018)}.",
            "cited at the end of what is said of it",
        ),
    ],
)
def test_a_citation_is_tied_to_the_name_in_several_ways(text: str, way: str, nlp: Language) -> None:
    found = introductions(annotate(written(text, cited={"a": "A title"}), nlp))
    assert way in found["BERT", "a"].signals


def test_the_cited_title_and_the_name_are_told(nlp: Language) -> None:
    told = introductions(annotate(written("We use BERT {a|[1]}.", cited={"a": "BERT: Pre-training"}), nlp))
    assert {"title names it", "cited alone", "a Method", "written as a name"} <= set(
        told["BERT", "a"].signals
    )
    silent = introductions(annotate(written("We use BERT {a|[1]}.", cited={"a": "Other words"}), nlp))
    assert "title is silent" in silent["BERT", "a"].signals


@pytest.mark.parametrize(
    ("text", "trained_on"),
    [
        ("We train it on SQuAD and evaluate it on SQuAD and GLUE.", {"SQuAD"}),
        ("We train and evaluate it on SQuAD and GLUE.", {"SQuAD", "GLUE"}),
        ("We train it on SQuAD and test it on the test set of GLUE.", {"SQuAD", "GLUE"}),
    ],
)
def test_data_told_apart_from_training_data_is_not_trained_on(
    text: str, trained_on: set[str], nlp: Language
) -> None:
    candidates = annotate(written(text), nlp).candidates
    assert {one.object.surface for one in candidates if one.predicate is Predicate.TRAINS_ON} == trained_on


def test_steps_that_are_only_examples_are_not_applied(nlp: Language) -> None:
    def applied(text: str) -> set[str]:
        candidates = annotate(written(text), nlp).candidates
        return {one.object.surface for one in candidates if one.predicate is Predicate.APPLIES_STEP}

    assert applied("Steps such as BPE and lowercasing are common.") == set()
    assert applied("We apply steps such as BPE and lowercasing.") == {"BPE", "lowercasing"}


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("We obtain POS tags and dependency trees with a parser.", {"POS tags", "dependency trees"}),
        ("A POS tagger is a wonderful thing.", set()),  # nothing is done with it
        ("We excluded all tweets of less than five words.", {"excluded"}),
        ("Duplicates in the data were removed.", {"removed"}),
        ("We removed the attention layer.", set()),  # of a model, not of data
        ("Sentences are padded to 40 words.", {"padded"}),
        ("The negative examples are chosen with care.", {"negative examples"}),
        ("The text is lowercased and truncated.", {"lowercased", "truncated"}),
        ("We extract lemmas and, of each, its POS tags.", {"lemmas", "POS tags"}),
    ],
)
def test_phrases_may_name_steps_that_are_no_mentions(text: str, steps: set[str], nlp: Language) -> None:
    candidates = annotate(written(text), nlp).candidates
    assert {one.object.surface for one in candidates if one.predicate is Predicate.APPLIES_STEP} == steps


def test_phrases_in_related_work_and_bibliography_name_no_steps(nlp: Language) -> None:
    document = written("Smith removed all tweets.", kind=SectionKind.RELATED_WORK)
    assert not annotate(document, nlp).candidates


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("We use BERT and an LSTM.", {"BERT", "LSTM"}),
        ("We do not use vectors, which are the core of BERT.", set()),
        ("We do not use BERT but train an LSTM.", {"LSTM"}),
        ("Instead of using BERT, we train an LSTM.", {"LSTM"}),
        ("We use an LSTM without using BERT.", {"LSTM"}),
        ("BERT is a model.", set()),
    ],
)
def test_what_is_not_used_is_no_candidate_for_use(text: str, used: set[str], nlp: Language) -> None:
    candidates = annotate(written(text), nlp).candidates
    assert {one.object.surface for one in candidates if one.predicate is Predicate.USES} == used


def test_names_that_point_at_others_are_none() -> None:
    step = Entity(
        id="step:it",
        name="convert it to text",
        type=EntityType.PREPROCESSING_STEP,
        aliases=("converted to text", "tidied"),
        vocabulary="preprocessing_steps",
        unsought=("tidied",),
    )
    nlp = build_nlp([step])
    text = "We convert it to text. All pages are converted to text. They were tidied."
    annotations = annotate(written(text), nlp)
    assert [one.surface for one in annotations.mentions] == ["convert it to text", "converted to text"]
    steps = (one for one in annotations.candidates if one.predicate is Predicate.APPLIES_STEP)
    assert {one.object.surface for one in steps} == {"converted to text"}


def test_names_that_qualify_another_are_none(nlp: Language) -> None:
    assert introductions(annotate(written("It is BERT-based {a|[1]}."), nlp)) == {}


def test_what_is_denied_is_a_candidate_all_the_same(nlp: Language) -> None:
    document = written("We do not evaluate on the SQuAD dataset.")
    polarities = {
        each.polarity
        for each in annotate(document, nlp).candidates
        if each.predicate is Predicate.EVALUATES_ON
    }
    assert polarities == {Polarity.NEGATED}


@pytest.mark.parametrize(
    ("title", "name", "spelled"),
    [
        ("Interactive attention networks for sentiment", "IAN", True),
        ("Recurrent attention network on memory", "RAM", False),  # "network" and "on" lie between
        ("A study of things", "B", False),
    ],
)
def test_the_initials_of_a_title_may_spell_a_name(title: str, name: str, spelled: bool) -> None:
    assert spelled_by(title, name) is spelled


def test_the_words_that_a_title_shares_with_a_name() -> None:
    assert shared_words("Layer normalization", "layer normalization") == 1.0
    assert shared_words("Attention for tagging", "attention networks") == 0.5
    assert shared_words("Anything", "the") == 0.0


@pytest.mark.parametrize(
    ("cell", "number"), [("83.4", True), ("83.4∗", True), ("1,280", True), ("BERT", False), ("", False)]
)
def test_figures_are_told_from_words(cell: str, number: bool) -> None:
    assert is_number(cell) is number


@pytest.mark.timeout(10)  # 800 digits and a letter once took 3.3 seconds, growing with the cube
@pytest.mark.parametrize("end", ["", "x"])
def test_a_cell_of_endless_digits_is_no_figure_and_takes_no_time(end: str) -> None:
    assert is_number("1" * 20_000 + end) is False


@pytest.mark.parametrize(
    ("cell", "metric"), [("Acc.", True), ("Macro-F1", True), ("BLEU", True), ("P@10", True), ("SQuAD", False)]
)
def test_headers_that_name_a_measure(cell: str, metric: bool) -> None:
    assert is_metric(cell) is metric


ROWS = [
    ["Model", "SQuAD", "GLUE"],
    ["BERT (Devlin, 2018)", "80.1", "70.2"],
    ["Vinyals et al. (2015)", "70.3", "60.1"],
    ["w/o memory", "79.0", "69.9"],
    ["TinyNet (ours)", "82.5", "71.4"],
]


@pytest.fixture(scope="module")
def tabled(tmp_path_factory: pytest.TempPathFactory, nlp: Language) -> Annotations:
    look = "columns: 3, stroke: none"
    drawn = table(
        ROWS, look, rules=(0, 1, 5), caption="Table 1: Results on SQuAD and GLUE compared with baselines."
    )
    works = (
        "Devlin. BERT: Pre-training of deep networks. NAACL, 2018.",
        "Vinyals. Pointer networks and what follows. NeurIPS, 2015.",
    )
    listed = "\n\n".join(f"\\[{number}\\] {work}" for number, work in enumerate(works, start=1))
    references = f"= References\n\n{listed}"
    prose = "We compare BERT and TinyNet on the SQuAD dataset and the GLUE benchmark. "
    document = read_typeset(page(prose * 3, drawn) + f"\n\n{references}", tmp_path_factory.mktemp("tabled"))
    assert document.tables
    return annotate(document, nlp)


def test_rows_of_results_may_be_rivals_and_say_what_they_are(tabled: Annotations) -> None:
    rows = {
        each.object.surface: set(each.signals)
        for each in tabled.candidates
        if each.kind is EvidenceKind.TABLE and each.predicate is Predicate.COMPARES_AGAINST
    }
    assert "table of results" in rows["BERT"]
    assert "row takes a part away" in rows["w/o memory"]
    assert "row is ours" in rows["TinyNet"]
    assert not any("Vinyals" in name for name in rows)  # authors are no name of a method


def test_headers_may_be_the_data_that_figures_were_obtained_on(tabled: Annotations) -> None:
    found = {
        each.object.surface
        for each in tabled.candidates
        if each.kind is EvidenceKind.TABLE and each.predicate is Predicate.EVALUATES_ON
    }
    assert found == {"SQuAD", "GLUE"}
