"""Values of properties as JSON and back: moments, and the numbers that JSON has no words for."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from graph.shapes import PropertyType
from graph.storable_text import LONE_SURROGATE
from records import RejectedInputError

LARGEST_WHOLE: Final = 2**63 - 1
NAN, INFINITY, MINUS_INFINITY = "NaN", "Infinity", "-Infinity"
NO_JSON_NUMBER: Final[Mapping[str, float]] = MappingProxyType(
    {NAN: math.nan, INFINITY: math.inf, MINUS_INFINITY: -math.inf}
)


def encoded(value: object, property_type: PropertyType) -> object:
    """The value as JSON; raises RejectedInputError for one that is not of the type."""
    return _ENCODERS[property_type](value)


def decoded(value: object, property_type: PropertyType) -> object:
    """The value that JSON stands for; raises RejectedInputError for one that is not of the type."""
    return _DECODERS[property_type](value)


def text_of(value: object) -> str:
    """The value, which has to be a text that every store can hold."""
    if not isinstance(value, str):
        raise RejectedInputError(f"{_shown(value)} is no text")
    if LONE_SURROGATE.search(value):
        raise RejectedInputError("a text holds half a character (a lone surrogate)")
    return value


def _whole(value: object) -> int:
    if type(value) is not int:
        raise RejectedInputError(f"{_shown(value)} is no whole number")
    if not -LARGEST_WHOLE - 1 <= value <= LARGEST_WHOLE:
        raise RejectedInputError(f"{_shown(value)} has more than 64 bits")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise RejectedInputError(f"{_shown(value)} is neither true nor false")
    return value


def _encoded_number(value: object) -> object:
    number = _finite(value)
    if math.isnan(number):
        return NAN
    if math.isinf(number):
        return INFINITY if number > 0 else MINUS_INFINITY
    return number


def _decoded_number(value: object) -> float:
    if isinstance(value, str) and value in NO_JSON_NUMBER:
        return NO_JSON_NUMBER[value]
    number = _finite(value)
    if math.isinf(number):  # 1e999
        raise RejectedInputError("a number is too large for 64 bits")
    return number


def _finite(value: object) -> float:
    if type(value) is int or isinstance(value, float):
        try:
            return float(value)
        except OverflowError as error:
            raise RejectedInputError("a number is too large for 64 bits") from error
    raise RejectedInputError(f"{_shown(value)} is no number")


def _encoded_moment(value: object) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise RejectedInputError(f"{_shown(value)} is no moment with a time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _decoded_moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(text_of(value))
    except ValueError as error:
        raise RejectedInputError(f"{_shown(value)} is no moment as in 2026-01-31T12:00:00+00:00") from error
    if moment.tzinfo is None:
        raise RejectedInputError(f"{_shown(value)} has no time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise RejectedInputError(f"{_shown(value)} is no moment in this calendar") from error


def _each(of: Callable[[object], object]) -> Callable[[object], object]:
    def listed(value: object) -> list[object]:
        if not isinstance(value, list):
            raise RejectedInputError(f"{_shown(value)} is no list")
        return [of(item) for item in value]

    return listed


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


_ENCODERS: Final[Mapping[PropertyType, Callable[[object], object]]] = MappingProxyType(
    {
        PropertyType.TEXT: text_of,
        PropertyType.TEXTS: _each(text_of),
        PropertyType.WHOLE: _whole,
        PropertyType.WHOLES: _each(_whole),
        PropertyType.NUMBER: _encoded_number,
        PropertyType.NUMBERS: _each(_encoded_number),
        PropertyType.TRUTH: _truth,
        PropertyType.MOMENT: _encoded_moment,
    }
)
_DECODERS: Final[Mapping[PropertyType, Callable[[object], object]]] = MappingProxyType(
    {
        **_ENCODERS,
        PropertyType.NUMBER: _decoded_number,
        PropertyType.NUMBERS: _each(_decoded_number),
        PropertyType.MOMENT: _decoded_moment,
    }
)
