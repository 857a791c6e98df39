"""From a graph URL to an open store."""

from pathlib import Path

from graph.neo4j_url import EXAMPLE, SCHEMES, Neo4jAddress
from graph.schema import ensure_schema
from graph.store import GraphStore
from records import RejectedInputError

KGLITE = "kglite://"


def open_store(url: str, *, password: str = "", read_only: bool = False) -> GraphStore:
    """Opens the graph that a URL names.

    "kglite:///home/me/graph.kgl" is the file /home/me/graph.kgl: what follows the scheme is the path as it
    is, never percent-decoded. "neo4j://user@host:7687/database" is a Neo4j server, which `password` is for;
    bolt:// and the variants with +s work too. Writing makes the graph and its constraints where they are
    missing. Raises RejectedInputError for a URL that names no store, or for reading a file that does not
    exist yet, and GraphUnavailableError for a graph that cannot be opened now.
    """
    store = _opened(url, password=password, read_only=read_only)
    if read_only:
        return store
    try:
        ensure_schema(store)
    except BaseException:
        store.close()
        raise
    return store


def _opened(url: str, *, password: str, read_only: bool) -> GraphStore:
    if url.partition("://")[0] in SCHEMES:
        address = Neo4jAddress.parsed(url)
        from graph import neo4j_store

        return neo4j_store.open_server(address, password=password, writable=not read_only)
    path = _kglite_path(url)
    from graph import kglite_store

    return kglite_store.open_for_reading(path) if read_only else kglite_store.open_for_writing(path)


def _kglite_path(url: str) -> Path:
    if not url:
        raise RejectedInputError(f"no graph is named: give a URL such as {KGLITE}/home/me/graph.kgl")
    if not url.startswith(KGLITE):
        scheme = url.partition(":")[0]
        raise RejectedInputError(
            f"there is no graph store for {scheme!r}: a graph URL starts with {KGLITE} and an absolute path, "
            f"or is that of a Neo4j server, as in {EXAMPLE}"
        )
    path = Path(url.removeprefix(KGLITE))
    if not path.is_absolute() or "\0" in url:
        raise RejectedInputError(f"not an absolute path in {url!r}: write {KGLITE}/home/me/graph.kgl")
    return path
