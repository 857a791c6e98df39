"""What a folder of files holds, as one hash."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def hash_of_files(folder: Path, files: Iterable[Path]) -> str:
    """SHA-256 of the files' places in the folder and their bytes; where the folder lies does not count."""
    digest = hashlib.sha256()
    for place, file in sorted((file.relative_to(folder).as_posix(), file) for file in files):
        with file.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        digest.update(f"{place}\0{content}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
