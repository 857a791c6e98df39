"""The program run for real: in this process, or in one of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CHECKOUT = Path(__file__).parents[1]
SAMPLES = CHECKOUT / "samples"
# One that introduces a step, and one that cites it; neither takes OCR.
PAPERS = (SAMPLES / "gap-tokenization.pdf", SAMPLES / "span-relay.pdf")
PROGRAM = (sys.executable, "-c", "from cli.main import main; main()")


@dataclass(frozen=True, slots=True)
class Finished:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Runs the program: run("ask", "introduced", "BPE", home=...)."""

    def __call__(self, *arguments: str | Path, home: Path | None = None) -> Finished: ...


def own_process(
    *arguments: str | Path, environment: Mapping[str, str], folder: Path
) -> "subprocess.Popen[str]":
    """The program in a process of its own, with nothing of the person's own settings."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PAPERLINEAGE", "PREFECT"))
    }
    return subprocess.Popen(
        [*PROGRAM, *(str(argument) for argument in arguments)],
        env={**kept, "PYTHONPATH": str(CHECKOUT), **environment},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: "subprocess.Popen[str]", *, seconds: float = 120) -> Finished:
    """The end of a process; one that outlives its time is killed, and that is an error."""
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Finished(process.returncode, out, err)
