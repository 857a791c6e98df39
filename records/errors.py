"""The errors that a caller may have to tell apart.

PaperlineageError
├── RejectedInputError        the input is at fault: quarantine it with the reason, never retry
│   ├── UnreadablePdfError
│   └── VocabularyError
└── UnavailableError          the world is at fault: retry with back-off
    └── GraphUnavailableError
"""


class PaperlineageError(Exception):
    """An error with a message made for the person who has to act on it."""


class RejectedInputError(PaperlineageError):
    """The input is at fault; the same input will fail again."""


class UnreadablePdfError(RejectedInputError):
    """A file from which no text can be had: not a PDF, encrypted, damaged, without pages or over a limit."""


class VocabularyError(RejectedInputError):
    """A vocabulary file that breaks its own rules."""


class UnavailableError(PaperlineageError):
    """Something outside is missing or busy; the same call may succeed later."""


class GraphUnavailableError(UnavailableError):
    """The graph store cannot be opened, reached or written now."""
