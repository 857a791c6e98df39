"""The recognition pipeline: which components run, in which order, and a document's way through them."""

import re
from collections.abc import Sequence

import spacy
from spacy.language import Language

from extract import (
    abbreviations,
    choice,
    citing_sentences,
    introductions,
    names,
    own_claims,
    reading_doubt,
    sentences,
    templates,
    titles,
)
from extract.attributes import (
    entity_relations_of,
    fact_candidates_of,
    mentions_of,
    register_attributes,
    relations_of,
    table_results_of,
)
from extract.candidates import component as candidates
from extract.gazetteer import COMPONENT as GAZETTEER
from extract.gazetteer import Gazetteer
from extract.recognition.components import RECOGNISER, RELATIONS, RecogniserComponent
from extract.recognition.recogniser import Recogniser
from records import Annotations, Document, Entity

MOST_CHARACTERS = 6_000_000
_LONG_RUN = re.compile(r"\S{120,}")
COMPONENTS = (
    sentences.COMPONENT,
    abbreviations.COMPONENT,
    GAZETTEER,
    names.COMPONENT,
    RECOGNISER,
    reading_doubt.COMPONENT,
    choice.COMPONENT,
    RELATIONS,
    titles.COMPONENT,
    templates.COMPONENT,
    introductions.COMPONENT,
    citing_sentences.COMPONENT,
    own_claims.COMPONENT,
    candidates.COMPONENT,
)


def build_nlp(entities: Sequence[Entity], recogniser: Recogniser | None = None) -> Language:
    """The pipeline for papers, knowing the given entities by all their names.

    Without a recogniser rules alone decide what is mentioned. Raises ValueError where a component lacks what
    it requires from those before it.
    """
    register_attributes()
    nlp = spacy.blank("en")
    nlp.max_length = MOST_CHARACTERS
    for component in COMPONENTS:
        nlp.add_pipe(component)
    gazetteer = nlp.get_pipe(GAZETTEER)
    assert isinstance(gazetteer, Gazetteer)  # noqa: S101 (what add_pipe has just made)
    gazetteer.fill(nlp, entities)
    trained = nlp.get_pipe(RECOGNISER)
    assert isinstance(trained, RecogniserComponent)  # noqa: S101 (likewise)
    if recogniser:
        trained.use(recogniser)
    refuse_incomplete(nlp)
    return nlp


def refuse_incomplete(nlp: Language) -> None:
    """Raises ValueError naming the components that lack something that they require."""
    analysis = nlp.analyze_pipes() or {}
    missing = {name: needs for name, needs in analysis.get("problems", {}).items() if needs}
    if missing:
        raise ValueError(f"the pipeline cannot work, these components lack what they require: {missing}")


def with_long_runs_blanked(text: str) -> str:
    """The text with spaces for the characters of every run that is too long to be a word.

    Positions stay. spaCy's tokeniser and the patterns need time in the square of a run's length.
    """
    return _LONG_RUN.sub(lambda run: " " * len(run.group()), text)


def annotate(document: Document, nlp: Language) -> Annotations:
    """All mentions and relations that the pipeline finds in the document."""
    doc = nlp.make_doc(with_long_runs_blanked(document.text))
    doc._.document = document
    for _, component in nlp.pipeline:
        doc = component(doc)
    return Annotations(
        document_id=document.id,
        mentions=tuple(mentions_of(doc)),
        relations=tuple(relations_of(doc)),
        entity_relations=tuple(entity_relations_of(doc)),
        candidates=tuple(fact_candidates_of(doc)),
        results=tuple(table_results_of(doc)),
    )
