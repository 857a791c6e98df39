"""Waiting for what happens elsewhere."""

import time
from collections.abc import Callable


def comes_true(condition: Callable[[], bool], *, seconds: float = 120) -> bool:
    """Whether the condition holds before the time is over."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()
