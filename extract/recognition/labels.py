"""Labels of other people's models as entity types."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from extract.recognition.choice_error import RecogniserChoiceError
from records import EntityType

LabelMap = tuple[tuple[str, EntityType], ...]
"""Labels and their types, as a person maps them."""

KNOWN_LABELS: Final[Mapping[str, EntityType]] = {
    "METHOD": EntityType.METHOD,
    "METHODNAME": EntityType.METHOD,
    "DATASET": EntityType.DATASET,
    "DATASETNAME": EntityType.DATASET,
    "MATERIAL": EntityType.DATASET,
    "PREPROCESSINGSTEP": EntityType.PREPROCESSING_STEP,
    "PREPROCESSING": EntityType.PREPROCESSING_STEP,
    "TASK": EntityType.TASK,
    "TASKNAME": EntityType.TASK,
    "METRIC": EntityType.METRIC,
    "METRICNAME": EntityType.METRIC,
}
"""How SciER, SciREX, SciERC, TDMSci and models trained on them spell our types, as `plain` has them."""


def plain(label: str) -> str:
    """A label in capitals, letters and digits alone: "Preprocessing_Step" is PREPROCESSINGSTEP."""
    return re.sub(r"[\W_]+", "", label).upper()


def label_map(setting: str) -> LabelMap:
    """The pairs of "WORK_OF_ART=Dataset,PRODUCT=Method", sorted; raises ValueError for anything else."""
    types = {plain(entity_type): entity_type for entity_type in EntityType}
    pairs = {}
    for part in filter(None, (part.strip() for part in setting.split(","))):
        label, equals, name = (piece.strip() for piece in part.partition("="))
        if not equals or not plain(label) or plain(name) not in types:
            raise ValueError(
                f"{part!r} maps no label to a type: write LABEL=Type pairs with commas between them, "
                f"the types being {', '.join(EntityType)}"
            )
        pairs[label] = types[plain(name)]
    return tuple(sorted(pairs.items()))


def types_of_labels(labels: Iterable[str], mapped: LabelMap, *, of: str) -> dict[str, EntityType]:
    """The types of those labels that mean one: by the map, else by the spelling.

    Raises RecogniserChoiceError, in the name of the model `of`, where none does.
    """
    types = {**KNOWN_LABELS, **{plain(label): entity_type for label, entity_type in mapped}}
    labels = sorted(set(labels))
    found = {label: types[plain(label)] for label in labels if plain(label) in types}
    if not found:
        raise RecogniserChoiceError(
            f"no label of {of} is a type of entity (it has {', '.join(labels) or 'none'}): say which labels "
            "mean what, as in PAPERLINEAGE_RECOGNITION__LABELS=WORK_OF_ART=Dataset,PRODUCT=Method, the types "
            f"being {', '.join(EntityType)}; or choose another recogniser"
        )
    return found
