"""Which Neo4j server, user and database a graph URL names."""

import re
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import SplitResult, unquote, urlsplit

from records import RejectedInputError

SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DEFAULT_USER: Final = "neo4j"
DATABASE_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9.-]{2,62}")
EXAMPLE: Final = "neo4j://neo4j@localhost:7687"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neo4jAddress:
    """Where a server answers, as whom, and which of its databases; an empty database is the user's own.

    `uri` is what the driver is given, without a user.
    """

    uri: str
    user: str
    database: str = ""

    @classmethod
    def parsed(cls, url: str) -> Self:
        """The address in "neo4j://user@host:port/database"; raises RejectedInputError, which never repeats
        a password."""
        parts = _split(url)
        user, _, password = parts.netloc.rpartition("@")[0].partition(":")
        if password:
            raise RejectedInputError(
                "the graph URL carries a password, which would show in process lists and logs: take it out "
                "and set PAPERLINEAGE_GRAPH_PASSWORD"
            )
        database = parts.path.removeprefix("/")
        if parts.query or parts.fragment or (database and not DATABASE_NAME.fullmatch(database)):
            raise RejectedInputError(
                f"after its host a graph URL may name a database and say nothing else: {EXAMPLE}/neo4j"
            )
        address = parts.netloc.rpartition("@")[2]
        return cls(uri=f"{parts.scheme}://{address}", user=unquote(user) or DEFAULT_USER, database=database)

    def __str__(self) -> str:
        return f"{self.uri}/{self.database}" if self.database else self.uri


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        named = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        named = False
    if not named or re.search(r"\s", url):
        raise RejectedInputError(f"not the URL of a Neo4j server: write it as in {EXAMPLE}")
    return parts
