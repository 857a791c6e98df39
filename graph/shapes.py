"""What each kind of node and edge may carry: the closed lists that an import is checked against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from types import MappingProxyType
from typing import Final, TypeAlias

from graph.schema import ENTITY_LABELS, RESULT, RESULT_PARTS, STANCES
from records import DatasetRole, Derivation, Predicate


class PropertyType(StrEnum):
    """What a property holds; moments are aware datetimes, whole numbers have at most 64 bits."""

    TEXT = "text"
    TEXTS = "texts"
    WHOLE = "whole"
    WHOLES = "wholes"
    NUMBER = "number"
    NUMBERS = "numbers"
    TRUTH = "truth"
    MOMENT = "moment"


Properties: TypeAlias = Mapping[str, PropertyType]


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeShape:
    """The edges of one type between two labels."""

    start: str
    type: str
    end: str
    properties: Properties = field(compare=False)


def _named(property_type: PropertyType, names: str) -> dict[str, PropertyType]:
    return dict.fromkeys(names.split(), property_type)


def _texts(names: str) -> dict[str, PropertyType]:
    return _named(PropertyType.TEXT, names)


def _lists(names: str) -> dict[str, PropertyType]:
    return _named(PropertyType.TEXTS, names)


def _described(prefix: str) -> dict[str, PropertyType]:
    return {
        **_texts(f"{prefix}title {prefix}doi {prefix}arxiv_id"),
        **_lists(f"{prefix}authors"),
        **_named(PropertyType.WHOLE, f"{prefix}year"),
    }


_ENTITY: Final = {
    **_texts("name vocabulary"),
    **_lists("aliases"),
    **_named(PropertyType.MOMENT, "as_of"),
}
_EVIDENCE: Final = {
    **_texts("job quote section kind polarity component surface link_status applied_to setting"),
    **_lists("link_reasons reasons"),
    **_named(PropertyType.WHOLE, "span_start span_end"),
    **_named(PropertyType.WHOLES, "pages"),
    **_named(PropertyType.NUMBER, "confidence link_score"),
    **_named(PropertyType.NUMBERS, "boxes"),
    **_named(PropertyType.TRUTH, "best copied"),
}
_RUN: Final = {
    **_texts("run_name experiment_name status commit url"),
    **_lists("parameter_names parameter_values metric_names tag_names tag_values"),
    **_named(PropertyType.NUMBERS, "metric_values"),
    **_named(PropertyType.MOMENT, "started_at ended_at"),
    **_named(PropertyType.TRUTH, "placeholder deleted"),
}
_MODEL_VERSION: Final = {
    **_texts("model_name version source_uri"),
    **_lists("aliases parameter_names parameter_values tag_names tag_values"),
    **_named(PropertyType.MOMENT, "created_at"),
    **_named(PropertyType.TRUTH, "placeholder deleted"),
}

# By label, what a node may carry beside its id.
NODE_PROPERTIES: Final[Mapping[str, Properties]] = MappingProxyType(
    {
        "Document": {
            **_texts("file_name current_job"),
            **_lists("warnings"),
            **_named(PropertyType.WHOLE, "page_count ocr_page_count"),
            **_described("stated_"),
        },
        "Paper": {**_texts("status"), **_described(""), **_described("noted_")},
        "Fact": {**_texts("predicate"), **_named(PropertyType.NUMBER, "belief")},
        "Evidence": _EVIDENCE,
        RESULT: {**_texts("written"), **_named(PropertyType.NUMBER, "value")},
        "ExtractionJob": {
            **_texts("flow_run_id flow_run_url"),
            **_lists("dropped_reasons"),
            **_named(PropertyType.WHOLE, "mention_count dropped_count"),
            **_named(PropertyType.WHOLES, "dropped_counts"),
            **_named(PropertyType.MOMENT, "started_at ended_at"),
        },
        "PipelineVersion": {
            **_texts("code_version"),
            **_lists("model_names model_hashes vocabulary_names vocabulary_hashes"),
            **_lists("parameter_names parameter_values"),
        },
        "Agent": _texts("operator"),
        "ExperimentRun": _RUN,
        "DatasetVersion": {
            **_texts("dataset_name digest source_uri source_kind"),
            **_lists("tag_names tag_values"),
            **_named(PropertyType.TRUTH, "placeholder"),
        },
        "ModelVersion": _MODEL_VERSION,
        "Artifact": {},
        "LineageSource": {**_texts("kind uri"), **_named(PropertyType.MOMENT, "synced_at swept_at")},
        **dict.fromkeys(ENTITY_LABELS, _ENTITY),
    }
)

# What a node may not lack: stores may make a value up in its place.
MANDATORY: Final[Mapping[str, str]] = MappingProxyType(
    {"Paper": "title", **dict.fromkeys(ENTITY_LABELS, "name")}
)

_SHORTCUT: Final = {**_texts("fact_id"), **_named(PropertyType.NUMBER, "belief")}
_BRIDGE: Final = {
    **_texts("link_id judgement judged_by"),
    **_lists("reasons"),
    **_named(PropertyType.NUMBER, "score"),
    **_named(PropertyType.MOMENT, "judged_at"),
}
_PROPOSAL: Final = {**_BRIDGE, **_texts("relation")}
_VERSIONED: Final = "ExperimentRun DatasetVersion ModelVersion"


def _shapes(
    starts: str, types: str, ends: str, properties: Properties = MappingProxyType({})
) -> list[EdgeShape]:
    return [
        EdgeShape(start=start, type=edge_type, end=end, properties=properties)
        for start, edge_type, end in product(starts.split(), types.split(), ends.split())
    ]


_SHAPES: Final = (
    *_shapes("Document", "MANIFESTATION_OF", "Paper"),
    *_shapes("Paper", "CITES", "Paper"),
    *_shapes("Fact", "SUBJECT", "Paper"),
    *_shapes("Fact", "OBJECT", f"{RESULT} {' '.join(ENTITY_LABELS)}"),
    *(edge for part, label in RESULT_PARTS.items() for edge in _shapes(RESULT, part, label)),
    *_shapes("Evidence", " ".join(STANCES.values()), "Fact"),
    *_shapes("Evidence", "WAS_QUOTED_FROM", "Document"),
    *_shapes("Evidence", "WAS_INVALIDATED_BY", "ExtractionJob"),
    *_shapes("Fact Evidence", "WAS_GENERATED_BY", "ExtractionJob"),
    *_shapes("ExtractionJob", "USED", "Document"),
    *_shapes("ExtractionJob", "HAD_PLAN", "PipelineVersion"),
    *_shapes("ExtractionJob ExperimentRun", "WAS_ASSOCIATED_WITH", "Agent"),
    *_shapes("Paper", " ".join(p for p in Predicate if p.range), " ".join(ENTITY_LABELS), _SHORTCUT),
    *_shapes("Paper", Predicate.REPORTS, RESULT, _SHORTCUT),
    # The lineage that a team has
    *_shapes("ExperimentRun", " ".join(DatasetRole), "DatasetVersion", _texts("context")),
    *_shapes("ModelVersion Artifact", "WAS_GENERATED_BY", "ExperimentRun"),
    *_shapes("ExperimentRun", "PART_OF", "ExperimentRun"),
    *_shapes("ModelVersion", " ".join(Derivation), "ModelVersion"),
    *_shapes("ModelVersion", "ALTERNATE_OF", "ModelVersion"),
    *_shapes(_VERSIONED, "HAD_PRIMARY_SOURCE", "LineageSource", _texts("content_hash")),
    # The bridge between the two
    *_shapes("DatasetVersion", "SPECIALIZATION_OF", "Dataset", _BRIDGE),
    *_shapes("ModelVersion", "SPECIALIZATION_OF", "Method", _BRIDGE),
    *_shapes("ExperimentRun", "APPLIES", "PreprocessingStep", _BRIDGE),
    *_shapes("DatasetVersion", "PROPOSED_AS", "Dataset", _PROPOSAL),
    *_shapes("ModelVersion", "PROPOSED_AS", "Method", _PROPOSAL),
    *_shapes("ExperimentRun", "PROPOSED_AS", "PreprocessingStep", _PROPOSAL),
)
EDGE_SHAPES: Final[Mapping[tuple[str, str, str], EdgeShape]] = MappingProxyType(
    {(shape.start, shape.type, shape.end): shape for shape in _SHAPES}
)
EDGE_TYPES: Final = tuple(sorted({shape.type for shape in _SHAPES}))
