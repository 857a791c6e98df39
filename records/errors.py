"""The errors that a caller may have to tell apart.

PaperlineageError
├── RejectedInputError        the input is at fault: quarantine it with the reason, never retry
│   ├── UnreadablePdfError
│   ├── VocabularyError
│   └── InvalidPayloadError
└── UnavailableError          the world is at fault: retry with back-off
    ├── BucketUnavailableError
    ├── GraphUnavailableError
    ├── RecogniserUnavailableError
    └── TrackingUnavailableError
"""


class PaperlineageError(Exception):
    """An error with a message made for the person who has to act on it."""


class RejectedInputError(PaperlineageError):
    """The input is at fault; the same input will fail again."""


class UnreadablePdfError(RejectedInputError):
    """A file from which no text can be had: not a PDF, encrypted, damaged, without pages or over a limit."""


class VocabularyError(RejectedInputError):
    """A vocabulary file that breaks its own rules."""


class InvalidPayloadError(RejectedInputError):
    """Lineage that somebody publishes and that breaks the format; the message names the field."""


class UnavailableError(PaperlineageError):
    """Something outside is missing or busy; the same call may succeed later."""


class GraphUnavailableError(UnavailableError):
    """The graph store cannot be opened, reached or written now."""


class BucketUnavailableError(UnavailableError):
    """A watched folder or object store cannot be listed or read now."""


class TrackingUnavailableError(UnavailableError):
    """An experiment tracking server does not answer, or not as it should."""


class RecogniserUnavailableError(UnavailableError):
    """A recogniser outside this program does not answer, or not as it should."""
