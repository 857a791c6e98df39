"""Bringing beliefs and shortcut edges up to date with the evidence that counts."""

from collections import defaultdict
from typing import cast

from graph import statements
from graph.belief import Source, belief
from graph.store import GraphTransaction
from records import Predicate


def refresh_beliefs(transaction: GraphTransaction, document_id: str) -> None:
    """Computes the belief of every fact that the document has or had evidence for.

    What counts is affirmed evidence that its document's current job gave. A fact without any keeps its
    node, with belief 0, and loses its shortcut edge.
    """
    predicates = {
        str(row["fact"]): Predicate(str(row["predicate"]))
        for row in transaction.run(statements.FACTS_OF_DOCUMENT, {"document": document_id})
    }
    beliefs = _beliefs(transaction, list(predicates))
    rows = [{"fact": fact, "belief": value} for fact, value in beliefs.items()]
    transaction.run(statements.SET_BELIEFS, {"rows": rows})
    _refresh_shortcuts(transaction, beliefs, predicates)


def _beliefs(transaction: GraphTransaction, facts: list[str]) -> dict[str, float]:
    sources: dict[str, list[Source]] = {fact: [] for fact in facts}
    for row in transaction.run(statements.LIVE_SUPPORT, {"facts": facts}):
        source = Source(
            paper_id=str(row["paper"]),
            authors=tuple(cast("list[str] | None", row["authors"]) or ()),
            confidence=cast("float", row["confidence"]),
        )
        sources[str(row["fact"])].append(source)
    return {fact: belief(affirming) for fact, affirming in sources.items()}


def _refresh_shortcuts(
    transaction: GraphTransaction, beliefs: dict[str, float], predicates: dict[str, Predicate]
) -> None:
    held: dict[Predicate, list[dict[str, object]]] = defaultdict(list)
    lost: dict[Predicate, list[str]] = defaultdict(list)
    for fact, value in beliefs.items():
        if value > 0:
            held[predicates[fact]].append({"fact": fact, "belief": value})
        else:
            lost[predicates[fact]].append(fact)
    for predicate, rows in held.items():
        transaction.run(statements.SET_SHORTCUTS[predicate], {"rows": rows})
    for predicate, facts in lost.items():
        transaction.run(statements.DROP_SHORTCUTS[predicate], {"facts": facts})
