"""Signals that ask a program which runs until it is told to end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from cli.exit_codes import ExitCode


class Stopping:
    """Whether, and by which signal, the program was asked to end."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.code: ExitCode | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as signals call
        """Takes the signal; the second one does not wait for the work at hand."""
        if self.event.is_set():
            raise KeyboardInterrupt
        self.code = ExitCode.INTERRUPTED if number == signal.SIGINT else ExitCode.DONE
        self.event.set()


@contextmanager
def stopped_by_signals() -> Iterator[Stopping]:
    """SIGINT and SIGTERM set the event while the context lasts."""
    stopping = Stopping()
    earlier = {number: signal.signal(number, stopping) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
