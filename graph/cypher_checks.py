"""What no query may say, whichever store it is for: the stores' own read-only sessions let it through."""

import re
from typing import Final

from records import RejectedInputError

# The checks are deliberately blunt, with no idea of strings and comments that could differ from a store's
# own. LOAD CSV hands out any file of the store's machine.
LOADS_A_FILE: Final = re.compile(r"\bload\b.*\bcsv\b", re.IGNORECASE | re.DOTALL)
ENDS_OTHERS_WORK: Final = re.compile(
    r"\bterminate\b.*\btransactions?\b|\bkill(?:connection|transaction|quer)", re.IGNORECASE | re.DOTALL
)
# Neo4j reads \u004c as L wherever it stands, in keywords too.
ESCAPED: Final = re.compile(r"\\u+([0-9a-fA-F]{4})")


def refuse_more_than_reading(cypher: str) -> None:
    """Raises RejectedInputError for a query that could read files or end the work of others."""
    meant = ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), cypher)
    if LOADS_A_FILE.search(meant):
        raise RejectedInputError("LOAD CSV is not allowed: queries read the graph, not files")
    if ENDS_OTHERS_WORK.search(meant):
        raise RejectedInputError("only reading is allowed here: the query ends what others do")
