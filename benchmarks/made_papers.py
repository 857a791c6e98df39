"""Papers of ten pages, made for measuring: each proposes a preprocessing step that no other one names."""

from pathlib import Path
from typing import cast

import typst

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SOURCE = SAMPLES / "gap-tokenization.typ"
PAGES = 10
REPEATS = 19  # of the middle of the sample paper, which make it ten pages long
ADJECTIVES = (
    *("hazel", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "islet", "juniper"),
    *("kelp", "larch", "maple", "nectar", "ochre", "pebble", "quartz", "river", "slate", "tundra"),
    *("umber", "valley", "willow", "xenon", "yarrow", "zephyr"),
)


def step_name(number: int) -> str:
    """The name of the step that the paper of that number proposes."""
    return f"{ADJECTIVES[number % len(ADJECTIVES)]}{_suffix(number)}-aware token folding"


def made_paper(number: int) -> bytes:
    """The PDF of the paper of that number, always the same."""
    name = step_name(number)
    word = name.partition("-")[0]
    source = SOURCE.read_text(encoding="utf-8")
    start, end = source.index("= Related Work"), source.index("= Experiments")
    middle = source[start:end]
    source = source[:start] + middle * REPEATS + source[end:]
    source = source.replace("Boundary-Aware", f"{word.capitalize()}-Aware")
    source = source.replace("boundary-aware", f"{word}-aware").replace("BATF", f"{word[0].upper()}ATF")
    typesetter = typst.Compiler(source.encode(), root=str(SAMPLES), font_paths=[], ignore_system_fonts=True)
    return cast("bytes", typesetter.compile())  # a list only for pictures


def _suffix(number: int) -> str:
    return "" if number < len(ADJECTIVES) else chr(ord("a") + number // len(ADJECTIVES) - 1)
