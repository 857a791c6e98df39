"""Characters as a reader means them: ligatures opened, accents composed, spaces unified."""

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"

_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0x0132: "IJ",
    0x0133: "ij",
}
_ODD_SPACES = dict.fromkeys(
    [
        0x09,
        0x0A,
        0x0B,
        0x0C,
        0x0D,
        0x85,
        0xA0,
        0x1680,
        *range(0x2000, 0x200B),
        0x2028,
        0x2029,
        0x202F,
        0x205F,
        0x3000,
    ],
    " ",
)
_UNSEEN = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF])
_OTHER_FORMS = {0x2010: "-", 0x2011: "-", 0x02BC: "\u2019", 0xFB29: "+", 0xF0B7: "\u2022", 0xF0A7: "\u2022"}
# Where a font of TeX comes without a table of its meanings, ligatures and dashes keep TeX's own codes.
_TEX_CODES = {
    **dict(zip(range(0x1B, 0x20), ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    **dict(zip(range(0x10, 0x17), "\u201c\u201d\u201e\u00ab\u00bb\u2013\u2014", strict=True)),
}
_TEX_OLD_LIGATURES = dict(zip("\x0b\x0c\x0d\x0e\x0f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True))
_TEX_OLD_LIGATURE = re.compile(r"(?<=[A-Za-z])[\x0b-\x0f](?=[a-z])|(?<![^ ])[\x0b-\x0f](?=[a-z]{2})")
_TABLE = {**_TEX_CODES, **_LIGATURES, **_ODD_SPACES, **_UNSEEN, **_OTHER_FORMS}

# TeX's old fonts draw an accent as a character of its own before its letter (the cedilla after it).
_COMBINING = {
    "\u00b4": "\u0301",
    "\u00a8": "\u0308",
    "\u02c6": "\u0302",
    "\u02c7": "\u030c",
    "\u02dc": "\u0303",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u02da": "\u030a",
    "\u02dd": "\u030b",
    "\u00af": "\u0304",
    "\u02cb": "\u0300",
}
_ACCENT_BEFORE = re.compile(
    r"(?P<gap>(?<=[A-Z]) |(?<=[A-Z][a-z]) |(?<=[A-Z][a-z]{2}) |)"
    r"(?P<accent>[´¨ˆˇ˜˘˙˚˝¯ˋ]) ?(?P<letter>[A-Za-zı])"
)
_CEDILLA_BEFORE = re.compile(r"(?<=[A-Za-z])¸([csCS])")
_CEDILLA_AFTER = re.compile(r"([cCsStTeEaA]) ?([¸˛])")
# Other typesetters put it after its letter; that shows where the next letter cannot bear it.
_ACCENT_AFTER = re.compile(r"(?P<letter>[aeiouıAEOU])(?P<accent>[¨´])(?=[bdfghjkmpqtvwx ,.;)]|$)")
# Their grave is a backtick, which is also a quotation mark, and in careless typing an apostrophe.
_GRAVE_BEFORE = re.compile(r"(?<=[^\W\d_])`[aeiouy]|(?<=[A-Z]{2})`[AEIOU]")
_OPENING_BACKTICK = re.compile(r"(?<![^\W\d_])`")
_LONE_ACCENTS = frozenset({*_COMBINING, "¸", "˛"})
_SPACES = re.compile(r" {2,}")


def clean_characters(text: str) -> str:
    """The text in NFC with ligatures opened, accents on their letters, one kind of space, nothing unseen.

    Soft hyphens stay, because at a line's end they say that the word goes on. Characters without a
    meaning of their own (controls, private use, replacement, surrogates) are left out.
    """
    if text.isascii() and text.isprintable():
        text = _with_graves(text)
        return _SPACES.sub(" ", text) if "  " in text else text
    text = _TEX_OLD_LIGATURE.sub(lambda match: _TEX_OLD_LIGATURES[match[0]], text)
    text = unicodedata.normalize("NFC", text.translate(_TABLE))
    if not text.isprintable() or "\ufffd" in text:
        text = "".join(character for character in text if not is_meaningless(character))
    return _SPACES.sub(" ", with_composed_accents(text))


def ends_with_accent(text: str) -> bool:
    """Whether the last character is an accent that waits for its letter."""
    return text[-1:] in _COMBINING


def is_meaningless(character: str) -> bool:
    """Whether the character says nothing to a reader: control, private use, unassigned, replacement."""
    return character == "\ufffd" or unicodedata.category(character) in {"Cc", "Co", "Cn", "Cs"}


def with_composed_accents(text: str) -> str:
    """The text with accents that stand alone put on the letters that they belong to."""
    text = _with_graves(text)
    if _LONE_ACCENTS.isdisjoint(text):
        return text
    text = _CEDILLA_BEFORE.sub(lambda match: {"c": "ç", "s": "ş", "C": "Ç", "S": "Ş"}[match[1]], text)
    text = _ACCENT_AFTER.sub(_with_accent_after, text)
    text = _CEDILLA_AFTER.sub(_with_hook, text)
    return _ACCENT_BEFORE.sub(_with_accent, text)


def _with_graves(text: str) -> str:
    """The text with backticks within words made graves, unless backticks quote something in it."""
    if "`" not in text or _OPENING_BACKTICK.search(text):
        return text
    return _GRAVE_BEFORE.sub(lambda match: unicodedata.normalize("NFC", match[0][1:] + "\u0300"), text)


def _with_accent(match: re.Match[str]) -> str:
    letter = {"ı": "i"}.get(match["letter"], match["letter"])
    composed = unicodedata.normalize("NFC", letter + _COMBINING[match["accent"]])
    before = match.string[: match.start("accent")].rstrip(" ")
    if len(composed) != 1 or before.endswith("/"):
        return match[0]
    gap = match["gap"] if letter.isupper() else ""
    return gap + composed


def _with_accent_after(match: re.Match[str]) -> str:
    letter = {"ı": "i"}.get(match["letter"], match["letter"])
    composed = unicodedata.normalize("NFC", letter + _COMBINING[match["accent"]])
    return composed if len(composed) == 1 else match[0]


def _with_hook(match: re.Match[str]) -> str:
    composed = unicodedata.normalize("NFC", match[1] + {"¸": "\u0327", "˛": "\u0328"}[match[2]])
    return composed if len(composed) == 1 else match[0]
