"""The error of a recogniser that is chosen and cannot be had."""

from records import PaperlineageError


class RecogniserChoiceError(PaperlineageError):
    """The recogniser that the settings choose cannot be opened; the message says what to correct."""
