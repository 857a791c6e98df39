"""Text as every store can hold it."""

import re
from collections.abc import Mapping

from graph.store import GraphTransaction, Rows

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(value: object) -> object:
    """The value with each lone surrogate, in strings however deep, replaced by U+FFFD.

    Lone surrogates are no characters and have no UTF-8 form; they come from damaged fonts and from file
    names in old encodings. One code point stands for one, so that spans into a text still hold. All
    other text, control characters included, stays as it is.
    """
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


class StorableTransaction:
    """A transaction whose parameters are made storable on their way in."""

    def __init__(self, transaction: GraphTransaction) -> None:
        self._transaction = transaction

    def run(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """Runs one statement; see GraphTransaction."""
        storable_parameters = {key: storable(value) for key, value in (parameters or {}).items()}
        return self._transaction.run(cypher, storable_parameters)
