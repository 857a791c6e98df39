"""The component that collects all candidates of a document, and the results in its tables."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import (
    FACT_CANDIDATES,
    MENTIONS,
    RELATIONS,
    TABLE_RESULTS,
    TEMPLATES,
    document_of,
    mentions_of,
    read_spans,
    relations_of,
)
from extract.candidates.cited_names import cited_candidates
from extract.candidates.mentioned import mentioned_candidates
from extract.candidates.phrased_steps import phrased_steps
from extract.candidates.tabled import tabled_candidates
from extract.candidates.told_apart import only_evaluated
from extract.sentences import sentence_spans
from extract.tables.names import TableNames, folded
from extract.tables.results import reported_results
from extract.templates import LONGEST_SENTENCE, templates_of
from records import Predicate, Relation, Span

COMPONENT = "fact_candidates"

_QUALIFIER = re.compile(r"-(?:based|style|like|driven|inspired|related|level)$")
"""How words end that qualify another and name nothing: "SVM-based"."""
_POINTING = re.compile(r"\b(?:it|its|them|they|their|this|these|those)\b")
"""Words that only their sentence explains: "convert it into tokens" is no name."""


@Language.component(
    COMPONENT, assigns=[FACT_CANDIDATES, TABLE_RESULTS], requires=[TEMPLATES, MENTIONS, RELATIONS]
)
def fact_candidates(doc: Doc) -> Doc:
    """Adds what running text, citations and tables may say, and the results that tables report."""
    document = document_of(doc)
    references = {reference.id: reference for reference in document.references}
    found: list[Relation] = []
    for template in templates_of(doc):
        found += mentioned_candidates(template)
        found += cited_candidates(template, references)
    found += phrased_steps(document, _read_sentences(doc), mentions_of(doc))
    names = TableNames(document, mentions_of(doc))
    found += tabled_candidates(document, names)
    apart = only_evaluated(templates_of(doc))
    doc._.fact_candidates = [each for each in found if not _is_ruled_out(each, apart)]
    doc._.table_results = list(reported_results(document, names, _own_names(doc)))
    return doc


def _read_sentences(doc: Doc) -> list[Span]:
    """The sentences of the sections that are read; runs too long to be one are left out."""
    read = read_spans(document_of(doc))
    return [
        sentence
        for sentence in sentence_spans(doc)
        if len(sentence) <= LONGEST_SENTENCE and any(span.contains(sentence) for span in read)
    ]


def _own_names(doc: Doc) -> frozenset[str]:
    """The names, in small letters, of what rules say that the paper introduces."""
    return frozenset(
        folded(each.object.surface)
        for each in relations_of(doc)
        if each.predicate is Predicate.INTRODUCES and each.cited_reference_id is None
    )


def _is_ruled_out(candidate: Relation, only_evaluated: frozenset[str]) -> bool:
    """Whether the name only qualifies another or points at one, or the data is not what was trained on."""
    surface = candidate.object.surface
    if _QUALIFIER.search(surface) or _POINTING.search(surface):
        return True
    return candidate.predicate is Predicate.TRAINS_ON and surface.casefold() in only_evaluated
