"""Which server, user and database a graph URL names."""

import pytest

from graph import open_store
from graph.neo4j_url import Neo4jAddress
from records import RejectedInputError


@pytest.mark.parametrize(
    ("url", "uri", "user", "database"),
    [
        ("neo4j://localhost", "neo4j://localhost", "neo4j", ""),
        ("neo4j://ada@db.lab:7687", "neo4j://db.lab:7687", "ada", ""),
        ("neo4j://ada@db.lab:7687/", "neo4j://db.lab:7687", "ada", ""),
        ("bolt://ada@db.lab:7687/papers", "bolt://db.lab:7687", "ada", "papers"),
        ("neo4j+s://ada%40lab.org@db.lab", "neo4j+s://db.lab", "ada@lab.org", ""),
        ("neo4j+ssc://ada:@db.lab", "neo4j+ssc://db.lab", "ada", ""),
        ("bolt+s://[::1]:7687/papers-2026.test", "bolt+s://[::1]:7687", "neo4j", "papers-2026.test"),
    ],
)
def test_a_url_is_taken_apart(url: str, uri: str, user: str, database: str) -> None:
    assert Neo4jAddress.parsed(url) == Neo4jAddress(uri=uri, user=user, database=database)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("neo4j://", "not the URL of a Neo4j server"),
        ("neo4j://ada@", "not the URL of a Neo4j server"),
        ("neo4j://:7687", "not the URL of a Neo4j server"),
        ("neo4j://host:port", "not the URL of a Neo4j server"),
        ("neo4j://host:99999", "not the URL of a Neo4j server"),
        ("neo4j://host:0", "not the URL of a Neo4j server"),
        ("neo4j://[::1", "not the URL of a Neo4j server"),
        ("neo4j://ho st", "not the URL of a Neo4j server"),
        ("neo4j://host/a/b", "may name a database"),
        ("neo4j://host/a;b", "may name a database"),
        ("neo4j://host?policy=x", "may name a database"),
        ("neo4j://host#x", "may name a database"),
        ("neo4j://ada:secret@host", "PAPERLINEAGE_GRAPH_PASSWORD"),
        ("neo4j://:secret@host:port", "not the URL of a Neo4j server"),
        ("bolt://ada:secret@host/a/b", "PAPERLINEAGE_GRAPH_PASSWORD"),
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_a_url_that_names_no_server_is_refused_without_repeating_its_password(
    url: str, message: str, read_only: bool
) -> None:
    with pytest.raises(RejectedInputError, match=message) as refused:
        open_store(url, password="other", read_only=read_only)  # noqa: S106
    assert "secret" not in str(refused.value)
    assert "other" not in str(refused.value)
