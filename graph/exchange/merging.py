"""Joining an exported graph to the one that is there, as if each job had been written into one graph."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, cast

from graph import statements
from graph.believing import refresh_beliefs
from graph.bibliography import UNTITLED, Description
from graph.describing import describe_papers, write_terms
from graph.exchange.batches import BATCH
from graph.exchange.lines import Node
from graph.exchange.merging_edges import EdgeMerge
from graph.exchange.standing import READ_BY, Parts, Standing, readings_of_both
from graph.nodes import Row, node
from graph.quoting import history_of, invalidate
from graph.schema import ENTITY_LABELS, LABELS
from graph.shapes import NODE_PROPERTIES
from graph.store import GraphTransaction
from graph.terms import Term
from records import EntityType

ADD: Final[Mapping[str, str]] = {
    label: f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) ON CREATE SET n += row.props"
    for label in LABELS
}
REPLACE: Final[Mapping[str, str]] = {
    label: f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.props" for label in LABELS
}
LINEAGE: Final = frozenset({"ExperimentRun", "DatasetVersion", "ModelVersion", "LineageSource"})


def merge_parts(transaction: GraphTransaction, parts: Parts) -> None:
    """Writes what the parts of an exported graph add to the graph.

    What jobs wrote comes out as if all jobs of both had been written into one graph: the newest reading of
    a document is current, papers and entities are described by all, beliefs are computed anew. Of runs and
    of dataset and model versions what the file says stands, unless it only refers to them; of two
    judgements of a link a person's stands, and the later one. Nothing that only the graph has goes away.
    """
    standing = Standing(readings_of_both(transaction, parts))
    claims: dict[str, Description] = {}
    documents: list[str] = []
    for label, nodes in _node_batches(parts):
        if label == "Paper":
            claims |= {paper.id: _noted(paper.values) for paper in nodes}
        elif label == "Document":
            documents += [document.id for document in nodes]
        _merge_nodes(transaction, label, nodes, standing=standing)
    left_behind = EdgeMerge(transaction, standing).run(parts)
    for batch in _batches(sorted({*claims, *left_behind})):
        describe_papers(transaction, {paper: [claims[paper]] if paper in claims else [] for paper in batch})
    for document in standing.documents_of_both():
        invalidate(transaction, history_of(transaction, document))
    for document in documents:
        refresh_beliefs(transaction, document)


def _merge_nodes(
    transaction: GraphTransaction, label: str, nodes: Sequence[Node], *, standing: Standing
) -> None:
    if label in ENTITY_LABELS:
        write_terms(transaction, EntityType(label), {one.id: _term(one) for one in nodes})
    elif label in READ_BY:
        rows = [_whole(one) for one in standing.decide(transaction, label, nodes)]
        transaction.run(REPLACE[label], {"rows": rows})
    elif label in LINEAGE:
        told = [one for one in nodes if not one.values.get("placeholder")]
        transaction.run(REPLACE[label], {"rows": [_whole(one) for one in told]})
        referred = [node(one.id, **one.values) for one in nodes if one.values.get("placeholder")]
        transaction.run(ADD[label], {"rows": referred})
    elif label == "Paper":
        titles = [{"id": one.id, "title": one.values.get("title") or UNTITLED} for one in nodes]
        transaction.run(statements.MERGE_PAPERS, {"rows": titles})
    else:  # what its id says whole
        transaction.run(ADD[label], {"rows": [node(one.id, **one.values) for one in nodes]})


def _whole(one: Node) -> Row:
    """All properties of the node, so that those which it lacks are taken away where it replaces another."""
    return node(one.id, **{name: one.values.get(name) for name in NODE_PROPERTIES[one.label]})


def _noted(values: Mapping[str, object]) -> Description:
    return Description(
        title=str(values.get("noted_title") or ""),
        authors=tuple(cast("list[str] | None", values.get("noted_authors")) or ()),
        year=cast("int | None", values.get("noted_year")),
        doi=cast("str | None", values.get("noted_doi")),
        arxiv_id=cast("str | None", values.get("noted_arxiv_id")),
    )


def _term(one: Node) -> Term:
    return Term(
        id=one.id,
        name=str(one.values.get("name") or one.id),
        aliases=tuple(cast("list[str] | None", one.values.get("aliases")) or ()),
        vocabulary=str(one.values.get("vocabulary") or ""),
        as_of=cast("datetime | None", one.values.get("as_of")),
    )


def _node_batches(parts: Parts) -> Iterator[tuple[str, list[Node]]]:
    waiting: dict[str, list[Node]] = defaultdict(list)
    for part in parts():
        if isinstance(part, Node):
            waiting[part.label].append(part)
            if len(waiting[part.label]) >= BATCH:
                yield part.label, waiting.pop(part.label)
    yield from waiting.items()


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
