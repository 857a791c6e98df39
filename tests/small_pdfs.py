"""What tests draw on small PDFs, and readers that go wrong as no small PDF can make them."""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf

from ingest.drafts import Draft
from ingest.limits import ReadingLimits
from ingest.pages.page_text import PageText
from ingest.worker import read_in_worker, recognise_in_worker
from records import Document

Draw = Callable[[pymupdf.Page], None]
MakePdf = Callable[..., Path]
ReadPages = Callable[..., Document]

LEFT, RIGHT, TOP = 54.0, 315.0, 72.0
COLUMN_WIDTH = 243.0


def column(
    page: pymupdf.Page, lines: Sequence[str], *, x: float = LEFT, y: float = TOP, size: float = 10
) -> None:
    """Writes the lines one below the other, 12 points apart."""
    for index, line in enumerate(lines):
        page.insert_text((x, y + 12 * index), line, fontsize=size, fontname="tiro")


def die_on_sick(path: Path, limits: ReadingLimits) -> Document | Draft:
    """Kills its own process on the file "sick.pdf", as the kernel does where memory runs out."""
    if path.name == "sick.pdf":
        os.kill(os.getpid(), signal.SIGKILL)
    return read_in_worker(path, limits)


def die_once(path: Path, limits: ReadingLimits) -> Document | Draft:
    """Kills its own process the first time that it sees the file."""
    seen = path.with_suffix(".seen")
    if not seen.exists():
        seen.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return read_in_worker(path, limits)


def sleep_on_slow(path: Path, limits: ReadingLimits) -> Document | Draft:
    """Takes a minute over the file "slow.pdf"."""
    if path.name == "slow.pdf":
        time.sleep(60)
    return read_in_worker(path, limits)


def hold_with_child(path: Path, limits: ReadingLimits) -> Document | Draft:
    """Takes a minute with a program that it has started; both hold the lock of the file "held" meanwhile."""
    with path.with_name("held").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        path.with_name("begun").touch()
        subprocess.run(["sleep", "60"], pass_fds=[held.fileno()], check=True)
    return read_in_worker(path, limits)


def die_on_sick_pages(
    path: Path, layers: tuple[PageText, ...], limits: ReadingLimits, identity: str
) -> tuple[PageText, ...]:
    """Kills its own process when pages of the file "sick.pdf" are to be recognised."""
    if path.name == "sick.pdf":
        os.kill(os.getpid(), signal.SIGKILL)
    return recognise_in_worker(path, layers, limits, identity)


def take_time_over_pages(
    path: Path, layers: tuple[PageText, ...], limits: ReadingLimits, identity: str
) -> tuple[PageText, ...]:
    """Takes another second over every page."""
    time.sleep(1.05 * len(layers))
    return recognise_in_worker(path, layers, limits, identity)


def stall_over_pages(
    path: Path, layers: tuple[PageText, ...], limits: ReadingLimits, identity: str
) -> tuple[PageText, ...]:
    """Takes a minute over the pages of the file "slow.pdf"."""
    if path.name == "slow.pdf":
        time.sleep(60)
    return recognise_in_worker(path, layers, limits, identity)
