"""From a graph URL to an open store."""

from pathlib import Path

from graph.schema import ensure_schema
from graph.store import GraphStore
from records import RejectedInputError

KGLITE = "kglite://"


def open_store(url: str, *, read_only: bool = False) -> GraphStore:
    """Opens the graph that a URL names: "kglite:///home/me/graph.kgl" is the file /home/me/graph.kgl.

    What follows the scheme is the path as it is, never percent-decoded. Writing makes the graph, its
    folder and its constraints where they are missing. Raises RejectedInputError for a URL that names no
    store, or for reading a graph that does not exist yet, and GraphUnavailableError for one that another
    process writes, that is damaged, or whose folder cannot be written.
    """
    path = _kglite_path(url)
    from graph import kglite_store

    if read_only:
        return kglite_store.open_for_reading(path)
    store = kglite_store.open_for_writing(path)
    try:
        ensure_schema(store)
    except BaseException:
        store.close()
        raise
    return store


def _kglite_path(url: str) -> Path:
    if not url:
        raise RejectedInputError(f"no graph is named: give a URL such as {KGLITE}/home/me/graph.kgl")
    if not url.startswith(KGLITE):
        scheme = url.partition(":")[0]
        raise RejectedInputError(
            f"there is no graph store for {scheme!r}: a graph URL starts with {KGLITE} and an absolute path"
        )
    path = Path(url.removeprefix(KGLITE))
    if not path.is_absolute() or "\0" in url:
        raise RejectedInputError(f"not an absolute path in {url!r}: write {KGLITE}/home/me/graph.kgl")
    return path
