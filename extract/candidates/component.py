"""The component that collects all candidates of a document."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import FACT_CANDIDATES, MENTIONS, TEMPLATES, document_of, mentions_of
from extract.candidates.cited_names import cited_candidates
from extract.candidates.mentioned import mentioned_candidates
from extract.candidates.tabled import tabled_candidates
from extract.templates import templates_of
from records import Relation

COMPONENT = "fact_candidates"

_QUALIFIER = re.compile(r"-(?:based|style|like|driven|inspired|related|level)$")
"""How words end that qualify another and name nothing: "SVM-based"."""


@Language.component(COMPONENT, assigns=[FACT_CANDIDATES], requires=[TEMPLATES, MENTIONS])
def fact_candidates(doc: Doc) -> Doc:
    """Adds what running text, citations and tables may say."""
    document = document_of(doc)
    references = {reference.id: reference for reference in document.references}
    found: list[Relation] = []
    for template in templates_of(doc):
        found += mentioned_candidates(template)
        found += cited_candidates(template, references)
    found += tabled_candidates(document, mentions_of(doc))
    doc._.fact_candidates = [each for each in found if not _QUALIFIER.search(each.object.surface)]
    return doc
