"""Writing papers and entities, which many jobs describe, so that the order of the jobs does not matter."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from graph import nodes, statements
from graph.bibliography import UNTITLED, Description, description_of, joined, shown
from graph.store import GraphTransaction
from graph.terms import Term, standing, term_of
from records import Entity, EntityType, Paper


def write_papers(
    transaction: GraphTransaction, *, own: Paper, cited: Sequence[Paper], manifested_by: str | None
) -> None:
    """Writes a job's papers; `manifested_by` is the document, unless a newer reading of it stands."""
    rows = [{"id": paper.id, "title": paper.title or UNTITLED} for paper in (own, *cited)]
    transaction.run(statements.MERGE_PAPERS, {"rows": rows})
    left_behind = manifest(transaction, own.id, manifested_by) if manifested_by else set()
    claims: dict[str, list[Description]] = {paper_id: [] for paper_id in left_behind}
    for paper in (own, *cited):
        claims.setdefault(paper.id, []).append(description_of(paper))
    describe_papers(transaction, claims)
    citations = [{"citing": own.id, "cited": paper.id} for paper in cited if paper.id != own.id]
    transaction.run(statements.LINK_CITATIONS, {"rows": citations})


def write_entities(
    transaction: GraphTransaction, entities: Iterable[Entity], *, started_at: datetime
) -> None:
    """Writes the accounts of the entities that stand once the job's own are known."""
    by_type: dict[EntityType, dict[str, Term]] = defaultdict(dict)
    for entity in entities:
        term = term_of(entity, started_at=started_at)
        terms = by_type[entity.type]
        terms[term.id] = standing(terms.get(term.id, term), term)
    for entity_type, terms in by_type.items():
        write_terms(transaction, entity_type, terms)


def write_terms(transaction: GraphTransaction, entity_type: EntityType, terms: Mapping[str, Term]) -> None:
    """Writes, of each of these accounts and the one that the graph has, the one that stands."""
    stands = dict(terms)
    for row in transaction.run(statements.KNOWN_ENTITIES[entity_type], {"ids": list(terms)}):
        known = _known_term(row)
        stands[known.id] = standing(known, terms[known.id])
    rows = [nodes.entity_node(term) for term in stands.values()]
    transaction.run(statements.MERGE_ENTITIES[entity_type], {"rows": rows})


def manifest(transaction: GraphTransaction, paper: str, document: str) -> set[str]:
    """Makes the document a manifestation of the paper alone, and returns the papers that lost it."""
    where = {"document": document, "paper": paper}
    before = {str(row["paper"]) for row in transaction.run(statements.MANIFESTED_PAPERS, where)}
    transaction.run(statements.UNLINK_OTHER_PAPERS, where)
    transaction.run(statements.LINK_PAPER, where)
    return before - {paper}


def describe_papers(transaction: GraphTransaction, claims: Mapping[str, Sequence[Description]]) -> None:
    """Writes what there is to say of these papers, once what is claimed of them here is noted too."""
    papers = {"papers": list(claims)}
    stated: dict[str, list[Description]] = defaultdict(list)
    for row in transaction.run(statements.STATED_BY_DOCUMENTS, papers):
        stated[str(row["paper"])].append(_description(row))
    rows = []
    for row in transaction.run(statements.NOTED_OF_PAPERS, papers):
        paper = str(row["paper"])
        noted = joined([_description(row), *claims[paper]])
        description, status = shown(stated[paper], noted)
        rows.append(nodes.paper_node(paper, description, status, noted=noted))
    transaction.run(statements.DESCRIBE_PAPERS, {"rows": rows})


def _description(row: Mapping[str, object]) -> Description:
    return Description(
        title=cast("str | None", row["title"]) or "",
        authors=tuple(cast("list[str] | None", row["authors"]) or ()),
        year=cast("int | None", row["year"]),
        doi=cast("str | None", row["doi"]),
        arxiv_id=cast("str | None", row["arxiv_id"]),
    )


def _known_term(row: Mapping[str, object]) -> Term:
    return Term(
        id=str(row["id"]),
        name=str(row["name"]),
        aliases=tuple(cast("list[str] | None", row["aliases"]) or ()),
        vocabulary=str(row["vocabulary"]),
        as_of=cast("datetime | None", row["as_of"]),
    )
