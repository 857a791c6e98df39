"""Names that differ from a known one by a slip of the pen, and by nothing that could make another name."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from canonicalize.name_index import NameIndex, Owner
from canonicalize.surface_forms import joined, numbers_in, surface_words
from records import EntityType

SHORTEST_KEY = 8
SHORTEST_WORD = 7
CLOSE_KEYS = 8
_INNER_CAPITAL = re.compile(r"\w*\w[A-Z]\w*")


class Misspellings:
    """Finds the known name that a surface form misspells.

    Two names are one only where a single ordinary word differs, by one letter added, left out, changed or
    swapped with its neighbour. The word has seven letters or more, starts alike, and is used in no known
    name, so "micro-averaged" never becomes "macro-averaged". Numbers agree. Acronyms and names with inner
    capitals are never corrected: BERT and BART, GRU and CRU are different things.
    """

    def __init__(self, index: NameIndex) -> None:
        self._known_words = index.known_words
        self._owners = {entity_type: [*index.keys(entity_type)] for entity_type in EntityType}
        self._keys = {entity_type: [key for key, _ in owners] for entity_type, owners in self._owners.items()}

    def closest(self, surface: str, entity_type: EntityType) -> tuple[Owner, float] | None:
        """The owner of the name meant, and how similar the two are in [0, 1]; None where no name is close."""
        words = surface_words(surface)
        key = joined(words)
        if len(key) < SHORTEST_KEY or (len(words) == 1 and not surface.strip().islower()):
            return None
        styled = frozenset(word.casefold() for word in _INNER_CAPITAL.findall(surface))
        close = process.extract(
            key, self._keys[entity_type], scorer=OSA.distance, score_cutoff=1, limit=CLOSE_KEYS
        )
        for candidate, _, place in close:
            owner = self._owners[entity_type][place][1]
            if self._is_slip(words, surface_words(owner.form), styled):
                return owner, float(OSA.normalized_similarity(key, candidate))
        return None

    def _is_slip(self, written: tuple[str, ...], meant: tuple[str, ...], styled: frozenset[str]) -> bool:
        if len(written) != len(meant) or numbers_in(written) != numbers_in(meant):
            return False
        differing = [pair for pair in zip(written, meant, strict=True) if pair[0] != pair[1]]
        if len(differing) != 1:
            return False
        slip, word = differing[0]
        return (
            min(len(slip), len(word)) >= SHORTEST_WORD
            and slip[0] == word[0]
            and slip.isalpha()
            and slip not in self._known_words
            and slip not in styled
            and OSA.distance(slip, word) == 1
        )
