"""Graphs open for writing, one of each in a process, however many of its threads write."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph import GraphStore


@dataclass(slots=True)
class _Opened:
    store: GraphStore
    users: int = 0


@dataclass(slots=True)
class SharedStores:
    """Opens each graph when its first user comes and closes it when the last one has gone.

    An embedded graph has one writer, which is a process: a second opening by the same process would be
    refused. Between users it is closed, so that other processes have their turn.
    """

    _opened: dict[str, _Opened] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def open(self, url: str, opening: Callable[[], GraphStore]) -> Iterator[GraphStore]:
        """The graph of that URL, opened by `opening` unless it is open already."""
        with self._lock:
            opened = self._opened.get(url) or _Opened(opening())
            self._opened[url] = opened
            opened.users += 1
        try:
            yield opened.store
        finally:
            with self._lock:
                opened.users -= 1
                if not opened.users:
                    del self._opened[url]
                    opened.store.__exit__(*sys.exc_info())
