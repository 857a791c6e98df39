"""The attributes that components hand on from one to the next on a spaCy Doc.

A component declares those that it requires and assigns, so that a pipeline that cannot work is refused
before the first document. A trained recogniser takes part by adding to `doc._.candidates`, a trained
relation classifier by adding to `doc._.relations`; nothing else has to know of it.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from records import Document, EntityRelation, Mention, Relation, Section, SectionKind, Span, TableResult

CANDIDATES = "doc._.candidates"
MENTIONS = "doc._.mentions"
TEMPLATES = "doc._.templates"
RELATIONS = "doc._.relations"
ENTITY_RELATIONS = "doc._.entity_relations"
FACT_CANDIDATES = "doc._.fact_candidates"
TABLE_RESULTS = "doc._.table_results"
SENTENCES = "token.is_sent_start"
DEFINITIONS = "doc._.definitions"

UNREAD_SECTIONS = frozenset({SectionKind.REFERENCES, SectionKind.ACKNOWLEDGEMENTS})


def register_attributes() -> None:
    """Makes the attributes known to spaCy; a second call changes nothing."""
    for name in (
        "document",
        "definitions",
        "candidates",
        "mentions",
        "templates",
        "relations",
        "entity_relations",
        "fact_candidates",
        "table_results",
    ):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def document_of(doc: Doc) -> Document:
    """The document whose text the Doc holds."""
    document = doc._.document
    if not isinstance(document, Document):
        raise TypeError("the Doc carries no Document: make it with extract.pipeline.annotate")
    return document


def definitions_of(doc: Doc) -> list[tuple[str, str]]:
    """Short and long form of the abbreviations that the document defines."""
    return doc._.definitions or []


def candidates_of(doc: Doc) -> list[Mention]:
    """The mentions proposed so far, overlapping ones included."""
    return doc._.candidates or []


def mentions_of(doc: Doc) -> list[Mention]:
    """The mentions chosen, in text order, none overlapping another."""
    return doc._.mentions or []


def relations_of(doc: Doc) -> list[Relation]:
    """The relations found so far."""
    return doc._.relations or []


def entity_relations_of(doc: Doc) -> list[EntityRelation]:
    """The relations between mentions found so far."""
    return doc._.entity_relations or []


def fact_candidates_of(doc: Doc) -> list[Relation]:
    """What the document may say of its paper and of works that it cites."""
    return doc._.fact_candidates or []


def table_results_of(doc: Doc) -> list[TableResult]:
    """The results that the document's tables report."""
    return doc._.table_results or []


def read_sections(document: Document) -> Iterator[Section]:
    """Yields the sections in which statements are looked for: all but bibliography and thanks."""
    for section in document.sections:
        if section.kind not in UNREAD_SECTIONS:
            yield section


def read_spans(document: Document) -> tuple[Span, ...]:
    """The parts of the text in which statements are looked for; the whole text where no section is known."""
    if not document.sections:
        return (Span(start=0, end=len(document.text)),)
    return tuple(section.span for section in read_sections(document))
