"""Papers as works: ingested, or only cited."""

from dataclasses import dataclass
from enum import StrEnum

from records.identity import content_id, normalised_title

TELLING_TITLE_WORDS = 4


class PaperStatus(StrEnum):
    """Whether one of the paper's documents has been read, or others only cite it."""

    INGESTED = "ingested"
    CITED = "cited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A work that documents are manifestations of; `id` comes from `paper_id`."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    arxiv_id: str | None
    status: PaperStatus


def paper_id(
    *, title: str, first_author: str, doi: str | None = None, arxiv_id: str | None = None, otherwise: str
) -> str:
    """The id of a work, the same for all the ways in which a collection cites it.

    The title decides, because it is what nearly every bibliography gives and what preprint and camera-ready
    share; a title of fewer than four words is not telling by itself and takes the first author's surname
    along. Without a title: DOI, else arXiv id, else `otherwise` (any text that stands for the work).
    """
    if key := normalised_title(title):
        surname = surname_of(first_author) if len(title.split()) < TELLING_TITLE_WORDS else ""
        return "paper:" + content_id("title", key, surname)
    if doi:
        return "paper:" + content_id("doi", doi.lower())
    if arxiv_id:
        return "paper:" + content_id("arxiv", arxiv_id.lower())
    return "paper:" + content_id("text", normalised_title(otherwise))


def surname_of(author: str) -> str:
    """The normalised surname: the last word, or what stands before a comma ("Sennrich, R.")."""
    if "," in author:
        author = author.split(",", maxsplit=1)[0]
    words = author.split()
    return normalised_title(words[-1]) if words else ""
