"""Who hears what a watcher does."""

from typing import Protocol

from bucket import LedgerEntry


class WatchListener(Protocol):
    """Hears what a watcher does, in the thread in which it watches."""

    def settled(self, entry: LedgerEntry) -> None:
        """An object is done with, refused, or has failed for now."""

    def noted(self, text: str) -> None:
        """Something that a person may want to know: what is unavailable, and that it is back."""

    def recorded(self, flow_run_url: str) -> None:
        """A Prefect server keeps a record of a batch there."""
