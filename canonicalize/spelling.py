"""Words in American spelling and in the singular, where the change is safe without a dictionary."""

import re
from functools import lru_cache

MANY_WORDS = 16_384

FIXED_WORDS = {
    "aging": "ageing",
    "analogue": "analog",
    "analyse": "analyze",
    "analysed": "analyzed",
    "analyser": "analyzer",
    "analysing": "analyzing",
    "artefact": "artifact",
    "catalogue": "catalog",
    "centre": "center",
    "centred": "centered",
    "centring": "centering",
    "dialogue": "dialog",
    "grey": "gray",
    "greyscale": "grayscale",
    "judgement": "judgment",
    "licence": "license",
    "programme": "program",
}
OUR_WORDS = re.compile(r"(behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|rum|tum|vap|vig)our")
DOUBLED_L = re.compile(r"(cancel|channel|label|level|model|signal|travel|tunnel)l(?=ed$|ing|er$)")
ISE = re.compile(r"(?<=\w{3})is(?=e$|ed$|er$|ing$|ation$|ational$|able$)")
NEVER_IZE = re.compile(
    r"(?:no|ra|po|gu|ru|w|v|pr|pr[eo]m|surm|prec|conc|exc|exerc|advert|expert|treat|chast|desp|parad"
    r"|franch|merchand|^dem|^(?:a|sun|up)?r)is(?:e|ed|er|ing|ation|ational|able)$"
)
UNCOUNTED = frozenset(
    {"bayes", "corpora", "indices", "matrices", "news", "physics", "series", "species", "vertices"}
)
IRREGULAR = {"corpora": "corpus", "indices": "index", "matrices": "matrix", "vertices": "vertex"}
ENDING_IN_IE = frozenset({"cookies", "movies", "zombies"})
SINGULAR_ENDINGS = ("ss", "us", "is", "as")
LEAST_PLURAL = 4


@lru_cache(maxsize=MANY_WORDS)
def american(word: str) -> str:
    """The American spelling of a lower-case word: "tokenised" is "tokenized", "noise" stays.

    >>> [american(word) for word in ("normalisation", "supervised", "neighbour", "modelling")]
    ['normalization', 'supervised', 'neighbor', 'modeling']
    """
    if fixed := FIXED_WORDS.get(word):
        return fixed
    word = DOUBLED_L.sub(r"\1", OUR_WORDS.sub(r"\1or", word))
    return word if NEVER_IZE.search(word) else ISE.sub("iz", word)


def singular(word: str) -> str:
    """The singular of a lower-case English word, or the word itself where it seems to be none.

    >>> [singular(word) for word in ("networks", "entities", "losses", "corpora", "bias", "analysis")]
    ['network', 'entity', 'loss', 'corpus', 'bias', 'analysis']
    """
    if word in UNCOUNTED:
        return IRREGULAR.get(word, word)
    if len(word) < LEAST_PLURAL or not word.endswith("s") or word.endswith(SINGULAR_ENDINGS):
        return word
    if word.endswith("ies") and word not in ENDING_IN_IE:
        return word[:-3] + "y"
    if word.endswith("lyses"):
        return word[:-2] + "is"
    if word.endswith(("sses", "shes", "xes", "biases")) or (
        word.endswith("ches") and not word.endswith("caches")
    ):
        return word[:-2]
    return word[:-1]
