"""Labels of other people's models, and the tags in which they are written."""

import pytest

from extract.recognition.choice_error import RecogniserChoiceError
from extract.recognition.labels import label_map, types_of_labels
from extract.recognition.token_tags import tagged_spans
from records import EntityType


@pytest.mark.parametrize(
    ("label", "entity_type"),
    [
        ("Method", EntityType.METHOD),
        ("METHOD", EntityType.METHOD),
        ("Material", EntityType.DATASET),
        ("preprocessing_step", EntityType.PREPROCESSING_STEP),
        ("PreprocessingStep", EntityType.PREPROCESSING_STEP),
        ("DatasetName", EntityType.DATASET),
    ],
)
def test_labels_spelled_like_our_types_or_the_known_corpora_need_no_map(
    label: str, entity_type: EntityType
) -> None:
    assert types_of_labels([label, "PERSON"], (), of="a model") == {label: entity_type}


def test_a_map_goes_before_the_spelling() -> None:
    mapped = label_map(" WORK_OF_ART = Dataset , Material=Method,")
    assert types_of_labels(["WORK_OF_ART", "MATERIAL"], mapped, of="a model") == {
        "WORK_OF_ART": EntityType.DATASET,
        "MATERIAL": EntityType.METHOD,
    }


@pytest.mark.parametrize("setting", ["PRODUCT", "PRODUCT=Thing", "=Method", "PRODUCT=", "A:Method"])
def test_a_map_that_maps_nothing_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="LABEL=Type"):
        label_map(setting)


def test_a_model_without_a_label_that_means_a_type_is_refused_with_its_labels() -> None:
    with pytest.raises(
        RecogniserChoiceError, match=r"a model .*DATE, PERSON.*RECOGNITION__LABELS="
    ) as refusal:
        types_of_labels(["PERSON", "DATE"], (), of="a model")
    assert "PreprocessingStep" in str(refusal.value)


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("B-Task I-Task O", [(0, 2, "Task")]),
        ("B-Task B-Task", [(0, 1, "Task"), (1, 2, "Task")]),
        ("I-Task I-Task O I-Task", [(0, 2, "Task"), (3, 4, "Task")]),  # IO, or BIO without its B
        ("B-Task I-Method", [(0, 1, "Task"), (1, 2, "Method")]),
        ("S-Task S-Task", [(0, 1, "Task"), (1, 2, "Task")]),
        ("B-Task I-Task E-Task I-Task", [(0, 3, "Task"), (3, 4, "Task")]),
        ("U-Task B-Task L-Task", [(0, 1, "Task"), (1, 3, "Task")]),
        ("Task Task O Method", [(0, 2, "Task"), (3, 4, "Method")]),  # labels without positions
        ("B-B-cell I-B-cell", [(0, 2, "B-cell")]),
        ("O O", []),
        ("", []),
    ],
)
def test_tags_of_every_scheme_are_spans(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert list(tagged_spans(tags.split())) == spans
