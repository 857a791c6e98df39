"""What the text of a logged parameter or tag says: yes, no, or a list of names."""

import json
import math
import re
from collections.abc import Iterator
from typing import Final

LONGEST_READ: Final = 2_000
LONGEST_ITEM: Final = 60
MOST_ITEMS: Final = 50
DEEPEST: Final = 6

_YES = frozenset("true yes on y enabled enable".split())
_NO = frozenset(["", *"false no off n none null nan nil n/a na disabled disable default".split()])
_EMPTY = re.compile(r"[\[\](){}\s\"',]*")
_PYTHON_WORDS = {"True": "true", "False": "false", "None": "null"}
_CALL = re.compile(r"\b([A-Za-z_]\w*)\s*\(")
_BETWEEN_ITEMS = re.compile(r"[,;|+>\n]|->|→")
_WRAPPERS = frozenset("compose sequential pipeline oneof list tuple dict".split())


def says_no(value: str) -> bool:
    """Whether the value says that a thing was not done: false, none, nothing, zero or less."""
    text = value.strip().casefold()
    if text in _NO or _EMPTY.fullmatch(text[:LONGEST_READ]):
        return True
    number = _number(text)
    return number is not None and not number > 0  # NaN is no either


def says_yes(value: str) -> bool:
    """Whether the value says no more than that a thing was done: true, or a number above zero."""
    text = value.strip().casefold()
    number = _number(text)
    return text in _YES or (number is not None and number > 0)


def listed(value: str) -> tuple[str, ...]:
    """The names in a value: "lowercase,bpe", a list in JSON or as Python prints it, calls in a "Compose(…)".

    Of an object those keys count whose value does not say no. Paths and sentences are no names.
    """
    text = value.strip()[:LONGEST_READ]
    if calls := [name for name in _CALL.findall(text) if name.casefold() not in _WRAPPERS]:
        return tuple(dict.fromkeys(calls))[:MOST_ITEMS]
    parsed = _parsed(text)
    items = _BETWEEN_ITEMS.split(text.strip("[](){}")) if parsed is None else list(_leaves(parsed))
    names = (item.strip().strip("\"'").strip() for item in items)
    return tuple(dict.fromkeys(name for name in names if _is_name(name)))[:MOST_ITEMS]


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else math.nan


def _parsed(text: str) -> object:
    if not text.startswith(("[", "{", "(")):
        return None
    as_json = re.sub(r"\b(True|False|None)\b", lambda word: _PYTHON_WORDS[word[0]], text)
    if text.startswith("(") and text.endswith(")"):
        as_json = f"[{as_json[1:-1].rstrip(', ')}]"
    for tried in (as_json, as_json.replace("'", '"')):
        try:
            return json.loads(tried)
        except (ValueError, RecursionError):
            continue
    return None


def _leaves(parsed: object, depth: int = 0) -> Iterator[str]:
    if depth > DEEPEST:
        return
    if isinstance(parsed, dict):
        for key, value in parsed.items():
            if isinstance(value, dict | list) or not says_no(str(value)):
                yield str(key)
                yield from _leaves(value, depth + 1)
    elif isinstance(parsed, list):
        for item in parsed:
            yield from _leaves(item, depth + 1)
    elif isinstance(parsed, str):
        yield parsed


def _is_name(text: str) -> bool:
    return 0 < len(text) <= LONGEST_ITEM and not any(sign in text for sign in "/\\:") and not says_no(text)
