"""Text from papers and file names made safe to print: it may hold what a terminal would obey."""

import json
import re
import unicodedata
from dataclasses import asdict, is_dataclass
from datetime import datetime

# Controls, formats (bidirectional overrides, zero widths), lone surrogates, private use, unassigned.
UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
NOT_PLAIN = re.compile(r"[^ -~]")


def one_line(text: str) -> str:
    """The text on one line, without anything that moves the cursor, colours or turns the writing round."""
    return "".join(_visible(character) for character in " ".join(text.split()))


def as_json(value: object) -> str:
    """The value as indented JSON in which unprintable characters are escaped; records become objects."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_jsonable)
    return NOT_PLAIN.sub(_escaped, text)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category not in UNPRINTABLE:
        return character
    return "" if category == "Cf" else REPLACEMENT


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character == "\n" or unicodedata.category(character) not in UNPRINTABLE:
        return character
    # Line ends stand between values only; the encoder has escaped those inside strings.
    return json.dumps(character)[1:-1]


def _jsonable(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
