"""Lineage records as rows: the properties of each node that a source describes."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias, TypeVar, cast

from graph.nodes import Row
from records import DatasetVersion, ExperimentRun, LineageSource, ModelVersion, content_id

Value = TypeVar("Value", str, float)
Described: TypeAlias = ExperimentRun | DatasetVersion | ModelVersion

PAIRED = ("parameter", "metric", "tag")


def source_properties(source: LineageSource) -> Row:
    """What is stored of a source; an empty URI leaves the one that is known."""
    return {"kind": source.kind, **({"uri": source.uri} if source.uri else {})}


def properties_of(record: Described) -> Row:
    """The properties of what a source describes; a field without content is None, so that it is removed."""
    if isinstance(record, ExperimentRun):
        return _run_properties(record)
    if isinstance(record, DatasetVersion):
        return _dataset_version_properties(record)
    return _model_version_properties(record)


def content_hash(record: Described) -> str:
    """What a description says, as a hash: equal exactly where writing it again would change nothing."""
    return content_id("description", repr(record))


def _run_properties(run: ExperimentRun) -> Row:
    """A run; pairs become parallel lists, for stores hold no maps."""
    return dict(
        placeholder=False,
        run_name=run.run_name or None,
        experiment_name=run.experiment_name or None,
        status=run.status or None,
        commit=run.commit or None,
        url=run.url or None,
        started_at=run.started_at,
        ended_at=run.ended_at,
        deleted=run.deleted,
        **_pairs("parameter", run.parameters),
        **_pairs("metric", [(name, float(value)) for name, value in run.metrics]),
        **_pairs("tag", run.tags),
    )


def _dataset_version_properties(version: DatasetVersion) -> Row:
    """A dataset version."""
    return dict(
        placeholder=False,
        dataset_name=version.dataset_name or None,
        digest=version.digest or None,
        source_uri=version.source_uri or None,
        source_kind=version.source_kind or None,
        **_pairs("tag", version.tags),
    )


def _model_version_properties(version: ModelVersion) -> Row:
    """A model version; its `version` is text, as in "3"."""
    return dict(
        placeholder=False,
        model_name=version.model_name or None,
        version=version.version or None,
        deleted=None,  # what is described is there (again)
        source_uri=version.source_uri or None,
        created_at=version.created_at,
        aliases=list(version.aliases) or None,
        **_pairs("parameter", version.parameters),
        **_pairs("tag", version.tags),
    )


def beside(told: Mapping[str, object] | None, properties: Row) -> Row:
    """The properties where another source told of the same node: what this one leaves open stays as it is,
    and of pairs with the same name this one's value stands."""
    if told is None:
        return properties
    kept = {name: value for name, value in properties.items() if value is not None}
    for kind in PAIRED:
        names, values = f"{kind}_names", f"{kind}_values"
        if names in kept:
            joined = dict(zip(_items(told.get(names)), _items(told.get(values)), strict=True))
            joined.update(zip(_items(kept[names]), _items(kept[values]), strict=True))
            kept |= {names: sorted(joined), values: [joined[name] for name in sorted(joined)]}
    return kept


def _pairs(kind: str, pairs: Iterable[tuple[str, Value]]) -> Row:
    known = list(pairs)
    return {
        f"{kind}_names": [name for name, _ in known] or None,
        f"{kind}_values": [value for _, value in known] or None,
    }


def _items(values: object) -> list[str]:
    """A list as it is; metrics hold floats, which nothing here looks at."""
    return cast("list[str] | None", values) or []
