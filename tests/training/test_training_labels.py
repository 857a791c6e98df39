"""What heads learn: types, the classes of pairs, windows of sentences, and recipes."""

import random
from pathlib import Path

import pytest
from tiny_word_pieces import word_pieces

import training
from training.examples import Soft, batches, windows
from training.heads import HEADS, PAIR_CLASSES, TEACHES, PairClass, pair_class
from training.pairs import UNKNOWN, allowed_classes, gold_pairs
from training.recipe import read_recipe
from training.sentences import LabelledRelation, LabelledSentence, LabelledSpan

RECIPES = sorted((Path(training.__file__).parent / "recipes").glob("*.toml"))
METHOD, DATASET = 0, 1


def sentence(*relations: LabelledRelation, document: str = "1", words: int = 3) -> LabelledSentence:
    """Two methods with a dataset between them."""
    kinds = ("Method", "Dataset", "Method")
    spans = tuple(LabelledSpan(start=place, end=place + 1, type=kind) for place, kind in enumerate(kinds))
    return LabelledSentence(
        corpus="scier", document=document, words=("word",) * words, spans=spans, relations=relations,
        uncertain=((2, 1),),
    )  # fmt: skip


def test_every_type_that_a_corpus_teaches_is_known_to_the_head_that_learns_it() -> None:
    for lessons in TEACHES.values():
        for head, renamed in lessons:
            assert set(renamed.values()) <= set(HEADS[head])


def test_a_relations_direction_is_part_of_its_class_unless_it_has_none() -> None:
    backwards = PairClass(relation="Used-For", reversed=True)
    assert PAIR_CLASSES[pair_class("Used-For", is_reversed=True)] == backwards
    assert pair_class("Synonym-Of", is_reversed=True) == pair_class("Synonym-Of", is_reversed=False)


def test_pairs_stand_in_text_order_with_their_class_none_or_unknown() -> None:
    tested = LabelledRelation(head=1, tail=0, type="Evaluated-With")
    assert dict(gold_pairs(sentence(tested))) == {
        (0, 0, 1, 1, METHOD, DATASET): pair_class("Evaluated-With", is_reversed=True),
        (0, 0, 2, 2, METHOD, METHOD): 0,
        (1, 1, 2, 2, DATASET, METHOD): UNKNOWN,
    }


def test_a_class_is_allowed_between_types_once_it_was_seen_often_enough() -> None:
    tested = sentence(LabelledRelation(head=0, tail=1, type="Evaluated-With"))
    number = pair_class("Evaluated-With", is_reversed=False)
    assert not allowed_classes([tested])[METHOD, DATASET, number]
    allowed = allowed_classes([tested, tested])
    assert allowed[METHOD, DATASET, number]
    assert allowed[:, :, 0].all()  # no relation is always possible
    assert allowed[..., 1:].sum() == 1


def test_windows_hold_neighbours_of_one_document_with_their_teachers_word() -> None:
    sentences = [sentence(document=document) for document in ("1", "1", "1", "2")]
    soft = [Soft(tags={}) for _ in sentences]
    made = list(windows(sentences, word_pieces(), most=6, soft=soft))
    assert [len(each.sentences) for each in made] == [2, 1, 1]
    assert [(place[2:]) for place in made[0].placed()] == [(0, 3), (3, 6)]
    assert [id(each) for window in made for each in window.soft] == [id(each) for each in soft]
    assert [len(each.sentences) for each in windows(sentences, word_pieces(), most=6, alone=True)] == [1] * 4


def test_a_sentence_that_no_encoder_has_places_for_is_refused() -> None:
    with pytest.raises(ValueError, match="2 has a sentence of 501 pieces, at most 500 fit"):
        list(windows([sentence(document="2", words=501)], word_pieces(), most=124))


def test_batches_hold_all_windows_and_no_more_pieces_than_fit() -> None:
    sentences = [sentence(document=str(n), words=words) for n, words in enumerate((3, 3, 3, 40, 70))]
    made = list(windows(sentences, word_pieces(), most=124))
    grouped = list(batches(made, pieces=64, rng=random.Random(1)))  # noqa: S311
    assert sorted(len(group) for group in grouped) == [1, 1, 1, 2]  # two of 32, one of 64, one of 96
    assert {id(each) for group in grouped for each in group} == {id(each) for each in made}


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: str(path.stem))
def test_recipes_can_be_read_and_name_known_corpora(path: Path) -> None:
    assert set(read_recipe(path).corpora) <= set(TEACHES)


def test_a_recipe_takes_other_values_from_the_command_line() -> None:
    changed = read_recipe(RECIPES[0], ["seed=7", 'corpora={"steps"=0.5}'])
    assert (changed.seed, changed.corpora) == (7, {"steps": 0.5})
