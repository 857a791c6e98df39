"""The works behind a document and behind the entries of its bibliography."""

from records import Document, Paper, PaperStatus, Reference, paper_id


def paper_of_document(document: Document) -> Paper:
    """The work that the document is a manifestation of."""
    return Paper(
        id=paper_id(
            title=document.title,
            first_author=next(iter(document.authors), ""),
            doi=document.doi,
            arxiv_id=document.arxiv_id,
            otherwise=document.id,
        ),
        title=document.title,
        authors=document.authors,
        year=document.year,
        doi=document.doi,
        arxiv_id=document.arxiv_id,
        status=PaperStatus.INGESTED,
    )


def paper_of_reference(reference: Reference, document: Document) -> Paper:
    """The work that an entry of the document's bibliography stands for, known only by being cited."""
    entry = " ".join(document.text[reference.span.start : reference.span.end].split())
    return Paper(
        id=paper_id(
            title=reference.title,
            first_author=next(iter(reference.authors), ""),
            doi=reference.doi,
            arxiv_id=reference.arxiv_id,
            otherwise=entry,
        ),
        title=reference.title or entry[:200],
        authors=reference.authors,
        year=reference.year,
        doi=reference.doi,
        arxiv_id=reference.arxiv_id,
        status=PaperStatus.CITED,
    )


def cited_papers(document: Document) -> dict[str, tuple[Reference, Paper]]:
    """The entries of the document's bibliography by id, with the works that they stand for."""
    return {
        reference.id: (reference, paper_of_reference(reference, document))
        for reference in document.references
    }
