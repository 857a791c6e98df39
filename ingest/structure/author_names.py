"""Names of authors in the ways in which bibliographies write them; lists are checked name by name."""

import re
from enum import StrEnum

_PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le el al bin ibn ter ten zu zur vom st st. y e".split()
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_INITIAL = re.compile(r"[^\W\d_a-z][a-z]?\.(?:-?[^\W\d_]\.)*")
_BARE_INITIALS = re.compile(r"[^\W\d_a-z](?:-?[^\W\d_a-z]){0,3}")
_CAPITALISED = re.compile(
    r"(?:[dDlL][’'])?[^\W\d_a-z][\w’'‐–.-]*|[a-z][’'][^\W\d_a-z]\w+|[Mm]a?c[^\W\d_a-z]\w+"
)
_SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:and|&)\s+|[,;]|\s+(?:and|&|und|et(?!\s+al))\s+)\s*")
_OTHERS = re.compile(
    r"[,;]?\s*(?:and\s+|&\s*)?(?:\bet\.?\s*al\.?|\be\.\s?al\.?|\bothers|\.{3}|…|\(?\beds?\.?\)?|\(?\beditors?\)?)\s*\.?$",
    re.IGNORECASE,
)
_LAST_INITIAL = re.compile(r"(?:^|[\s.-])[^\W\d_a-z]$")
_OTHERS_ENDING = re.compile(r"(?:\bal|\bothers|\.{3}|…|\beds?\.?\)?|\beditors?\)?)\s*\.?$", re.IGNORECASE)
_ENDING = 16  # characters; patterns that look for the end of a long text are slow
_ELLIPSIS = re.compile(r",\s*(?:\.\s?\.\s?\.|…)\s*,?\s*")
_WORDS = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,3}")
MOST_NAMES = 1000


class NameOrder(StrEnum):
    """How names are written: "D. P. Kingma", "Kingma, D. P.", "Kingma DP", or only the first inverted."""

    FORWARD = "forward"
    INVERTED = "inverted"
    VANCOUVER = "vancouver"
    FIRST_INVERTED = "first inverted"


def name_order(text: str) -> NameOrder | None:
    """The order of the names, or None where the text is no list of at least one full name."""
    return _order(text, _parts(text))


def _order(text: str, parts: list[str]) -> NameOrder | None:
    """The same for a text that is cut into parts already."""
    if not parts or len(parts) > MOST_NAMES:
        return None
    if ";" in text and _chunks(text) is not None:
        return NameOrder.INVERTED
    if all(_is_vancouver(part) for part in parts):
        return NameOrder.VANCOUVER
    if _are_full_names(parts):
        return NameOrder.FORWARD
    if _paired(parts) is not None:
        return NameOrder.INVERTED
    if len(parts) > 2 and _is_surname(parts[0]) and _is_given(parts[1]) and all(map(is_full_name, parts[2:])):
        return NameOrder.FIRST_INVERTED
    return None


def _are_full_names(parts: list[str]) -> bool:
    """Whether next to all parts are full names: one of many may be in small letters, or a group."""
    strange = len(parts) // 4
    for part in parts:
        if part.casefold() in _SUFFIXES or is_full_name(part):
            continue
        if strange == 0 or not _WORDS.fullmatch(part):
            return False
        strange -= 1
    return True


def names_in(text: str) -> tuple[str, ...]:
    """The names in an author list, as printed and in order; "Kudo, T." stays one name."""
    names = _names_in(text)
    dotted = "." in text or "," in names[-1] if names else False
    if dotted and ends_with_initial(names[-1]):
        names = (*names[:-1], names[-1] + ".")  # the full stop of the last initial also ended the list
    return names


def _names_in(text: str) -> tuple[str, ...]:
    if ";" in text and (chunks := _chunks(text)):
        return tuple(chunks)
    parts = _parts(text)
    order = _order(text, parts)
    if order is NameOrder.INVERTED or order is NameOrder.FIRST_INVERTED:
        inverted = _paired(parts) if order is NameOrder.INVERTED else None
        return tuple(inverted or (f"{parts[0]}, {parts[1]}", *parts[2:]))
    if order is None and len(parts) > 1 and _is_given(parts[1]) and _is_surname(parts[0]):
        return tuple(_loosely_paired(parts))
    names: list[str] = []
    for part in parts:
        if part.casefold() in _SUFFIXES and names:
            names[-1] += f", {part}"
        else:
            names.append(part)
    return tuple(name for name in names if any(character.isalpha() for character in name))


def ends_with_initial(text: str) -> bool:
    """Whether the last word is one capital letter."""
    return _LAST_INITIAL.search(text[-2:]) is not None


def starts_with_author(text: str) -> bool:
    """Whether the text begins as a bibliography entry does: with a person's name and what may follow one."""
    head = text[:160]
    parts = [part for part in _SEPARATOR.split(head) if part]
    if len(parts) > 1 and (_is_vancouver(parts[0]) or (_is_surname(parts[0]) and _starts_given(parts[1]))):
        return True
    first = re.split(r"(?<=[^\W\d_]{2})[.(]\s|\s\(", parts[0], maxsplit=1)[0] if parts else ""
    return len(first) < 60 and (is_full_name(first) or _is_vancouver(first))


def _chunks(text: str) -> list[str] | None:
    """The names of a list that semicolons part ("Kudo, T.; Mausam; and Ng, A."), or None."""
    bare = _OTHERS.sub("", text.strip(" ,;:"))
    chunks = [
        re.sub(r"^(?:and|&)\s+", "", chunk.strip()) for chunk in re.split(r";|,\s(?=and\s)|\s(?=and\s)", bare)
    ]
    names = [chunk for chunk in chunks if chunk]
    return names if all(_is_chunk(name) for name in names) else None


def _is_chunk(name: str) -> bool:
    surname, _, given = name.partition(",")
    return _is_surname(surname.strip()) and (not given or _is_given(given.strip()))


def _parts(text: str) -> list[str]:
    text = text.strip(" ,;:")
    if _OTHERS_ENDING.search(text[-_ENDING:]):
        text = _OTHERS.sub("", text).strip(" ,;:")
    text = _ELLIPSIS.sub(", ", text)
    return [part for part in (part.strip() for part in _SEPARATOR.split(text)) if part]


def _paired(parts: list[str]) -> list[str] | None:
    """Surname and given names joined in pairs, or None where the parts do not alternate so."""
    names: list[str] = []
    index = 0
    while index < len(parts):
        if names and parts[index].casefold() in _SUFFIXES:
            names[-1] += f", {parts[index]}"
            index += 1
            continue
        if index + 1 >= len(parts) or not (_is_surname(parts[index]) and _is_given(parts[index + 1])):
            return None
        names.append(f"{parts[index]}, {parts[index + 1]}")
        index += 2
    if all(is_full_name(name.split(",")[0]) for name in names):
        return None  # "Taku Kudo, J": whole names, the last of them cut short
    return names


def _loosely_paired(parts: list[str]) -> list[str]:
    names: list[str] = []
    index = 0
    while index < len(parts):
        if index + 1 < len(parts) and _is_surname(parts[index]) and _is_given(parts[index + 1]):
            names.append(f"{parts[index]}, {parts[index + 1]}")
            index += 2
        else:
            names.append(parts[index])
            index += 1
    return names


def is_full_name(part: str) -> bool:
    """Whether it reads like "Ashish Vaswani", "D. P. Kingma" or "Laurens van der Maaten"."""
    words = [word for word in part.split() if word.casefold() not in _SUFFIXES]
    if not 2 <= len(words) <= 7 or _INITIAL.fullmatch(words[-1]):
        return False
    if not _CAPITALISED.fullmatch(words[-1]) or len(words[-1]) < 2 or words[-1].endswith("."):
        return False
    if "." in part and any(
        word.endswith(".") and len(word) > 4 and not _INITIAL.fullmatch(word) for word in words
    ):
        return False  # "A. Brown. Context Threading": a title has begun
    return _is_name_word(words[0]) and all(
        _is_name_word(word) or word.casefold() in _PARTICLES for word in words[1:-1]
    )


def _is_name_word(word: str) -> bool:
    return bool(_INITIAL.fullmatch(word) or _CAPITALISED.fullmatch(word))


def _is_surname(part: str) -> bool:
    """Whether the part reads like "Kingma", "van der Maaten", "Lee-Thorp", "Al Hasan"."""
    words = part.split()
    if len(words) > 1 and words[-1].casefold() in _SUFFIXES:
        words = words[:-1]
    if not 1 <= len(words) <= 5 or len(words[-1]) < 2 or any(_INITIAL.fullmatch(word) for word in words):
        return False
    return all(_CAPITALISED.fullmatch(word) or word.casefold() in _PARTICLES for word in words)


def _is_given(part: str) -> bool:
    """Whether the part reads like "D. P.", "T", "Taku", "Jean-Luc M.", "L. van der"."""
    words = part.split()
    if not 1 <= len(words) <= 5:
        return False
    if not (
        _INITIAL.fullmatch(words[0]) or _BARE_INITIALS.fullmatch(words[0]) or _CAPITALISED.fullmatch(words[0])
    ):
        return False
    if len(words) > 1 and not any(
        _INITIAL.fullmatch(word) or _BARE_INITIALS.fullmatch(word) for word in words
    ):
        return len(words) <= 3 and all(_is_name_word(word) for word in words)
    first_initial = (
        next(i for i, word in enumerate(words) if _INITIAL.fullmatch(word) or _BARE_INITIALS.fullmatch(word))
        if len(words) > 1
        else 0
    )
    if any(
        len(word) > 2 and "." not in word and word[:1].isupper() and not word.isupper()
        for word in words[first_initial + 1 :]
    ):
        return False  # "W.-J. Bleu": a title has begun
    return all(_is_name_word(word) or word.casefold() in _PARTICLES for word in words[1:])


def _starts_given(part: str) -> bool:
    word = part.split(maxsplit=1)[0] if part.split() else ""
    return bool(
        _INITIAL.match(word)
        or _BARE_INITIALS.fullmatch(word)
        or (_CAPITALISED.fullmatch(word) and len(part.split()) <= 2)
    )


def _is_vancouver(part: str) -> bool:
    """Whether the part reads like "Kudo T", "Aho AV", "van der Maaten L"."""
    words = part.split()
    if not 2 <= len(words) <= 5 or not _BARE_INITIALS.fullmatch(words[-1]):
        return False
    return _is_surname(" ".join(words[:-1]))
