"""The exit codes, so that scripts can tell a bad input from a world that is not ready."""

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING

from records import PaperlineageError, RejectedInputError, UnavailableError

if TYPE_CHECKING:
    from flows.outcomes import DocumentOutcome


class ExitCode(IntEnum):
    """What the program says to its caller when it ends."""

    DONE = 0
    REJECTED = 1
    USAGE = 2
    UNAVAILABLE = 3
    INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def code_of_error(error: PaperlineageError) -> ExitCode:
    """Whose fault it is: the input's, the world's, or else the call's."""
    if isinstance(error, RejectedInputError):
        return ExitCode.REJECTED
    return ExitCode.UNAVAILABLE if isinstance(error, UnavailableError) else ExitCode.USAGE


def code_of_outcomes(outcomes: Iterable["DocumentOutcome"]) -> ExitCode:
    """The worst that happened: something unavailable is worse than something rejected."""
    states = {str(outcome.state) for outcome in outcomes}
    if "failed" in states:
        return ExitCode.UNAVAILABLE
    return ExitCode.REJECTED if states & {"rejected", "crashed"} else ExitCode.DONE
