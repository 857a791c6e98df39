"""Bibliography entries in the form in which callouts name them."""

import re
import unicodedata
from dataclasses import dataclass

from records import Reference

_STROKES = str.maketrans("łŁøØđĐ", "lLoOdD")  # letters that do not decompose
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_BARE_INITIALS = re.compile(r"[^\W\d_a-z](?:-?[^\W\d_a-z]){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """An entry, its printed label, the "a" of its "2016a", and its authors' folded surnames in order.

    `others` tells that the entry names only some of the authors ("et al.").
    """

    reference: Reference
    label: str
    year_letter: str
    surnames: tuple[str, ...]
    others: bool = False


def folded(name: str) -> str:
    """The letters of a surname without particles, accents and case."""
    words = name.replace("’s", "").replace("'s", "").split()
    last = words[-1] if words else ""
    decomposed = unicodedata.normalize("NFKD", last.translate(_STROKES))
    return "".join(character for character in decomposed.casefold() if character.isalpha())


def surname(author: str) -> str:
    """The folded surname of an author as an entry prints it: "Kudo, T.", "T. Kudo", "Kudo T"."""
    if "," in author:
        return folded(author.split(",", maxsplit=1)[0])
    words = [word for word in author.split() if word.rstrip(".") not in _SUFFIXES]
    if len(words) > 1 and _BARE_INITIALS.fullmatch(words[-1]):
        words = words[:-1]
    return folded(words[-1]) if words else ""
