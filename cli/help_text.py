"""How every command explains itself."""

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


def examples(*lines: str) -> str:
    """The example calls as the end of a help text, line by line as given."""
    return "\b\nExamples:\n" + "\n".join(f"  paperlineage {line}" for line in lines)
