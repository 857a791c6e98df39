"""What several sources say about one paper, joined so that their order does not matter."""

from collections.abc import Iterable
from dataclasses import dataclass

from records import Paper, PaperStatus

UNTITLED = "(untitled)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """Title, authors, year and identifiers as one source gives them; empty or None is not known."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    arxiv_id: str | None = None


def description_of(paper: Paper) -> Description:
    """What a paper record says about its paper."""
    return Description(
        title=paper.title, authors=paper.authors, year=paper.year, doi=paper.doi, arxiv_id=paper.arxiv_id
    )


def joined(descriptions: Iterable[Description]) -> Description:
    """One description from many, field by field; the same for every order and number of repeats.

    Of titles that mean the same paper the shortest is best: what goes wrong in bibliographies (split
    words, trailing venues) makes them longer. Of authors the longest list, for "et al." hides some. Of
    years the first, because a paper is cited by its preprint and by its printed version.
    """
    known = list(descriptions)
    return Description(
        title=min(
            (each.title for each in known if each.title), key=lambda text: (len(text), text), default=""
        ),
        authors=min((each.authors for each in known), key=lambda names: (-len(names), names), default=()),
        year=min((each.year for each in known if each.year is not None), default=None),
        doi=min((each.doi for each in known if each.doi), default=None),
        arxiv_id=min((each.arxiv_id for each in known if each.arxiv_id), default=None),
    )


def shown(own: Iterable[Description], noted: Description) -> tuple[Description, PaperStatus]:
    """What the graph shows of a paper: what its own documents say, and where they are silent what others
    note of it. The title is never empty. A paper with a document of its own is ingested, else cited."""
    documents = list(own)
    said = joined(documents)
    description = Description(
        title=said.title or noted.title or UNTITLED,
        authors=said.authors or noted.authors,
        year=said.year if said.year is not None else noted.year,
        doi=said.doi or noted.doi,
        arxiv_id=said.arxiv_id or noted.arxiv_id,
    )
    return description, PaperStatus.INGESTED if documents else PaperStatus.CITED
