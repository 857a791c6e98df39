"""Where refused objects lie: keys in the quarantine that fit every file system, and the note beside each."""

import hashlib
import posixpath
from datetime import datetime

from bucket.objects import QUARANTINE, BucketObject, readable

NAME_BYTES = 255  # what file systems allow for one part of a path
KEY_BYTES = 1024  # what S3 allows for a whole key
NOTE_ENDING = ".reason.txt"
DIGITS = 12


def quarantine_key_of(listed: BucketObject, *, taken: bool = False) -> str:
    """Where the object is to lie. Where the plain key is `taken`, by something that was refused earlier,
    the object's version goes into the name."""
    stem, ending = posixpath.splitext(listed.key)
    mark = _mark(f"{listed.key}\n{listed.version}")
    return _fitted(f"{QUARANTINE}/{stem}", mark, ending, marked=taken)


def note_key_of(quarantine_key: str) -> str:
    """Where the note with the reason lies, which is beside the object."""
    return _fitted(quarantine_key, _mark(quarantine_key), NOTE_ENDING, marked=False)


def note_of(key: str, reason: str, *, at: datetime) -> str:
    """What the note says. It holds no more of the key and the reason than a person reads."""
    lines = (
        f"refused: {_one_line(key)}",
        f"reason:  {_one_line(reason)}",
        f"when:    {at:%Y-%m-%d %H:%M:%S %Z}",
        "`paperlineage status` lists what was refused, `paperlineage retry` puts it back.",
    )
    return "\n".join(lines) + "\n"


def _mark(identity: str) -> str:
    digest = hashlib.sha256(identity.encode("utf-8", "surrogateescape"))
    return f"~{digest.hexdigest()[:DIGITS]}"


def _fitted(stem: str, mark: str, ending: str, *, marked: bool) -> str:
    """Stem and ending as they are where that fits, else cut and told apart by the mark."""
    if not marked and _fits(stem + ending):
        return stem + ending
    if len(ending.encode("utf-8", "surrogateescape")) > NAME_BYTES // 2:  # a name that is all ending
        ending = ""
    while not _fits(stem + mark + ending):
        folder, _, name = stem.rpartition("/")
        stem = f"{folder}/{name[:-1]}" if name else f"{QUARANTINE}/"
    return stem + mark + ending


def _fits(key: str) -> bool:
    encoded = key.encode("utf-8", "surrogateescape")
    return len(encoded) <= KEY_BYTES and all(len(part) <= NAME_BYTES for part in encoded.split(b"/"))


def _one_line(text: str) -> str:
    return " ".join(readable(text).split())
