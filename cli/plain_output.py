"""Output that needs no layout: JSON on stdout, notes on stderr. It is kept apart from rich for speed."""

import sys

from cli.terminal_text import as_json, one_line


def print_json(value: object) -> None:
    """Prints the value as JSON and nothing else."""
    sys.stdout.write(as_json(value) + "\n")


def print_note(text: str) -> None:
    """Prints a line for the person, beside the answer."""
    sys.stderr.write(one_line(text) + "\n")
