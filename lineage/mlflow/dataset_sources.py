"""Where a dataset version came from and what it was used for, in words that every source shares."""

import json
import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from records import DatasetRole

# What runs say that they do with data, as the words stand in the context of a dataset input.
TRAINING_WORDS: Final = frozenset("train training trained fit fitting finetune finetuning".split())
EVALUATION_WORDS: Final = frozenset(
    "val valid validate validation dev eval evaluate evaluation test testing holdout heldout".split()
)
# The keys under which sources of MLflow keep a place; a table or a query is not one that others know.
PLACE_KEYS: Final = ("uri", "url", "path", "delta_table_name", "table_name")
SECRET_PARAMETER: Final = re.compile(r"(sig|token|key|secret|password|credential)\w*=", re.IGNORECASE)
LONGEST_URI: Final = 2000


def role_of(context: str) -> DatasetRole:
    """What a run did with data, from the first word of the context that says so; USED where none does."""
    for word in re.findall(r"[^\W_]+", context.casefold()):
        if word in TRAINING_WORDS:
            return DatasetRole.TRAINED_ON
        if word in EVALUATION_WORDS:
            return DatasetRole.EVALUATED_ON
    return DatasetRole.USED


def source_uri(source: str, source_type: str) -> str:
    """A readable place, from the JSON that MLflow keeps: "hf://datasets/squad", "s3://bucket/key", a path,
    an http address without credentials; empty where the source names no place, as code does."""
    try:
        said = json.loads(source)
    except (ValueError, RecursionError):
        said = {"uri": source} if _looks_like_place(source) else {}
    if not isinstance(said, dict):
        return ""
    place = next((value for key in PLACE_KEYS if isinstance(value := said.get(key), str) and value), "")
    if not place or len(place) > LONGEST_URI:
        return ""
    if source_type in {"hf", "huggingface", "hugging_face"}:
        return f"hf://datasets/{place.removeprefix('hf://datasets/')}"
    return without_secrets(place)


def without_secrets(uri: str) -> str:
    """The URI without user and password, and without its query where that holds a signature or a token."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    if not parts.scheme or not parts.netloc:
        return uri
    query = "" if SECRET_PARAMETER.search(parts.query) else parts.query
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, place, parts.path, query, parts.fragment))


def _looks_like_place(text: str) -> bool:
    return bool(re.match(r"[\w+.-]+:/|/|\./", text)) and len(text.split()) == 1
