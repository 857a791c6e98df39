"""The corpora's files, each known by its SHA-256, so that a model card says what a model has seen."""

import hashlib
from pathlib import Path

CHECKSUMS = Path(__file__).with_name("checksums.txt")


class WrongCorpusError(Exception):
    """A corpus's file is missing or is not the one that the training was made for."""


def checksums() -> dict[str, str]:
    """SHA-256 by path inside the corpora's folder."""
    rows = (line.split() for line in CHECKSUMS.read_text(encoding="utf-8").splitlines())
    return {path: digest for digest, path in rows}


def corpus_file(folder: Path, path: str) -> Path:
    """A corpus's file, once its content is seen to be the expected one; raises WrongCorpusError."""
    found = folder / path
    if not found.is_file():
        raise WrongCorpusError(f"{found} is missing: put the corpora where training/README.md says")
    with found.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != checksums()[path]:
        raise WrongCorpusError(
            f"{found} has SHA-256 {digest[:12]}…, expected {checksums()[path][:12]}…: fetch the release that "
            "training/README.md names"
        )
    return found
