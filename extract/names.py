"""Mentions of named things that no vocabulary knows yet, typed by how the document writes of them.

The whole document decides: every place that gives a name's type away casts a vote, and each occurrence
of a name with a clear winner becomes a mention.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import CANDIDATES, DEFINITIONS, candidates_of, definitions_of, document_of
from extract.gazetteer import CONFIDENCE as WHOLE
from extract.name_types import NAME_AT, type_votes
from records import EntityType, Mention, Span

COMPONENT = "names"
DEFINED_CONFIDENCE = 0.8
NAMED_CONFIDENCE = 0.7
_LONG_FORM = re.compile(r"[\w'’&/+-]+(?: [\w'’&/+-]+)+")

NOT_NAMES = frozenset(
    "US USA UK EU UN NLP ML AI DL CV IR IE API APIs URL URLs PDF HTML XML JSON CSV SQL CPU CPUs GPU GPUs "
    "TPU TPUs RAM CUDA "
    "NVIDIA AMD AWS IBM MIT CMU ACL EMNLP NAACL COLING ICML ICLR NeurIPS NIPS CVPR ICCV ECCV AAAI IJCAI LREC "
    "IEEE ACM SIGIR KDD II III IV VI VII VIII IX BOS EOS UNK CLS SEP PAD MASK POS NP VP PP SOTA SoTA OOV "
    "TODO FAQ ID IDs LaTeX GitHub YouTube PyTorch TensorFlow Keras Python Java MATLAB OpenAI DeepMind "
    "PhD CEO TV DNA RNA NSF DARPA BY CC CC-BY OK vs EN DE FR ZH RU RQ1 RQ2 RQ3 H1 H2 H3 T1 T2 S1 S2".split()
)


@Language.factory(COMPONENT, assigns=[CANDIDATES], requires=[CANDIDATES, DEFINITIONS])
class Names:
    """Proposes mentions of names defined, described or claimed in the document."""

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 (spaCy passes it)
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Adds the mentions to the document's candidates."""
        document, text = document_of(doc), doc.text
        known = {
            _folded(candidate.surface) for candidate in candidates_of(doc) if candidate.confidence == WHOLE
        }
        expansions = dict(_definitions(doc))
        votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
        for name, entity_type in type_votes(document, expansions, text=text):
            if _folded(name) not in known and (" " in name or is_name(name)):
                votes[name][entity_type] += 1
        types = {name: winner for name, counts in votes.items() if (winner := _winner(counts))}
        doc._.candidates = [*candidates_of(doc), *_occurrences(text, types, expansions)]
        return doc


def is_name(text: str) -> bool:
    """Whether a word is written as names are ("SQuAD", "ResNet-50"), and neither a plain word nor a code."""
    stem = text.removesuffix("s")
    if text in NOT_NAMES or stem in NOT_NAMES or len(text) < 3 or len(text) > 40:
        return False
    capitals = sum(character.isupper() for character in stem)
    has_digit = any(character.isdigit() for character in text)
    letters = sum(character.isalpha() for character in text)
    inner = any(character.isupper() for character in stem[1:])
    if re.fullmatch(r"\d+(?:\.\d+)?(?:[KMGT]i?[Bb]?|[mck]?m|[KMG]?Hz)", text):
        return False  # a quantity
    if re.fullmatch(r"[A-Z][A-Za-z]+-\d+[A-Za-z]{0,2}", text):
        return text.split("-", maxsplit=1)[0] not in {
            "Table",
            "Figure",
            "Section",
            "Equation",
            "Step",
            "Task",
        }
    parts = text.split("-")
    if len(parts) > 1 and (re.fullmatch(r"[a-z]{3,}", parts[-1]) or not any(map(is_name, parts))):
        return False  # "BERT-based", "English-German"
    return letters >= 2 and ((capitals >= 2 and inner) or (has_digit and letters >= 3 and capitals >= 1))


def _definitions(doc: Doc) -> Iterator[tuple[str, str]]:
    for short, long_form in definitions_of(doc):
        words = " ".join(long_form.split())
        if is_name(short) and len(words) > len(short) and _LONG_FORM.fullmatch(words):
            yield short, words


def _winner(counts: Counter[EntityType]) -> EntityType | None:
    """The type with more than half of the votes, or None."""
    entity_type, most = counts.most_common(1)[0]
    return entity_type if most * 2 > counts.total() else None


def _occurrences(text: str, types: dict[str, EntityType], expansions: dict[str, str]) -> Iterator[Mention]:
    """Yields the places of the names as they are written, and of their long forms and phrases in any case."""
    for match in NAME_AT.finditer(text):
        name = match.group()
        if found := types.get(name) or types.get(name.removesuffix("s")):
            yield _mention(match, found, expansions.get(name, ""))
    for name, found in types.items():
        long_form = name if " " in name else expansions.get(name, "")
        if words := long_form.split():
            phrase = re.compile(r"\b" + r"\s+".join(map(re.escape, words)) + r"\b", re.IGNORECASE)
            for match in phrase.finditer(text):
                yield _mention(match, found, "" if " " in name else long_form)


def _mention(match: re.Match[str], entity_type: EntityType, expansion: str) -> Mention:
    return Mention(
        span=Span(start=match.start(), end=match.end()),
        type=entity_type,
        surface=match.group(),
        expansion=expansion,
        confidence=DEFINED_CONFIDENCE if expansion else NAMED_CONFIDENCE,
        component=COMPONENT,
    )


def _folded(surface: str) -> str:
    return surface.casefold().removesuffix("s")
