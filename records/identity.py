"""Ids made from what a thing says, so that saying it again makes nothing new."""

import hashlib
import json
import unicodedata


def content_id(*parts: str | int | None) -> str:
    """The first 32 hex digits of the SHA-256 of the parts.

    The parts are framed as JSON, so that ("a", "bc") and ("ab", "c") differ. 128 bits keep ids short enough
    to type and make an accidental collision among 10^12 things less likely than one in 10^14.
    """
    framed = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(framed.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def normalised_title(title: str) -> str:
    """The letters and digits of a title, case-folded and without accents: what survives line breaks,
    hyphenation, punctuation and the capitalisation habits of bibliographies."""
    decomposed = unicodedata.normalize("NFKD", title).casefold()
    return "".join(character for character in decomposed if character.isalnum())
