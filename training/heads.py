"""What each head knows, and what each corpus teaches it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HEADS: Mapping[str, tuple[str, ...]] = {
    "scier": ("Method", "Dataset", "Task"),
    "metric": ("Metric",),
    "step": ("PreprocessingStep",),
    "scirex": ("Method", "Material", "Task"),
    "scierc": ("Method", "Material", "Task", "OtherScientificTerm", "Generic"),
    "tdmsci": ("TASK", "DATASET"),
}
"""The types of each head; the first three ship, the others only help the encoder while it learns."""

SHIPPED = ("scier", "metric", "step")
TEACHES: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]] = {
    "scier": [("scier", {name: name for name in HEADS["scier"]})],
    "scirex": [("scirex", {name: name for name in HEADS["scirex"]}), ("metric", {"Metric": "Metric"})],
    "scierc": [("scierc", {name: name for name in HEADS["scierc"]}), ("metric", {"Metric": "Metric"})],
    "tdmsci": [("tdmsci", {name: name for name in HEADS["tdmsci"]}), ("metric", {"METRIC": "Metric"})],
    "steps": [("step", {"PreprocessingStep": "PreprocessingStep"})],
    "distant-steps": [("step", {"PreprocessingStep": "PreprocessingStep"})],
}
"""For each corpus the heads that learn from it, with the head's type for each type of the corpus."""

MENTION_TYPES = HEADS["scier"]
"""The types between which relations are learned."""

SYMMETRIC = ("Compare-With", "Synonym-Of")
DIRECTED = (
    "Used-For", "Part-Of", "Evaluated-With", "Trained-With", "Benchmark-For", "SubClass-Of", "SubTask-Of",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PairClass:
    """What may hold of two mentions in text order; `reversed` if the second is the relation's head."""

    relation: str
    reversed: bool = False


PAIR_CLASSES = (
    PairClass(relation=""),
    *(PairClass(relation=name, reversed=back) for name in DIRECTED for back in (False, True)),
    *(PairClass(relation=name) for name in SYMMETRIC),
)


def pair_class(relation: str, *, is_reversed: bool) -> int:
    """The number of the class of a relation whose head stands second (or first) in the text."""
    back = is_reversed and relation not in SYMMETRIC
    return PAIR_CLASSES.index(PairClass(relation=relation, reversed=back))
