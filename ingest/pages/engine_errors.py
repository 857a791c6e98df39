"""What the PDF engine raises for damage: its own errors are no common Python ones."""


def engine_errors() -> tuple[type[Exception], ...]:
    """The kinds of errors, for an `except` clause."""
    import pymupdf

    return (pymupdf.mupdf.FzErrorBase, pymupdf.FileDataError, RuntimeError, ValueError, IndexError)
