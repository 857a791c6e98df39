"""What the Neo4j driver answers with, as plain values."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone

from neo4j import Record
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.store import Rows


def plain_rows(records: Iterable[Record]) -> Rows:
    """The records as rows of plain values, read to the end."""
    return [{column: plain(value) for column, value in dict(record).items()} for record in records]


def plain(value: object) -> object:
    """The value without the driver's own types; moments are aware datetimes, to the microsecond."""
    match value:
        case list() | tuple() if not isinstance(value, Duration | Point):
            return [plain(item) for item in value]
        case DateTime():
            return _moment(value)
        case Date() | Time():
            return value.to_native()
        case Duration():
            return value.iso_format()
        case Point():
            return {"srid": value.srid, "coordinates": list(value)}
        case Node():
            return {"labels": sorted(value.labels), "properties": _plain_map(value)}
        case Relationship():
            return {"type": value.type, "properties": _plain_map(value)}
        case Path():
            return {"nodes": plain(list(value.nodes)), "relationships": plain(list(value.relationships))}
        case Mapping():
            return _plain_map(value)
        case _:
            return value


def _plain_map(values: Mapping[str, object]) -> dict[str, object]:
    return {key: plain(value) for key, value in values.items()}


def _moment(value: DateTime) -> datetime:
    native = value.to_native()
    offset = native.utcoffset()
    # The driver's time zones are pytz's; what is computed and compared with is the standard library's.
    return native.replace(tzinfo=timezone(offset or timedelta())) if offset is not None else native
